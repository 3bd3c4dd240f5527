"""The server itself: what the editor says, what it is told, and when a draft is checked.

An editor that asks for diagnostics (``textDocument/diagnostic``) is answered, any other is sent them: one that got both would show
every finding twice. Checks run in one worker thread, one at a time; a newer version of a draft, or its closing, ends the check of the
older. Documents are sent whole on a change: pygls applies partial changes to lines that it also ends at U+2028 and form feeds.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from factcheck import __version__
from factcheck.errors import FactcheckError
from factcheck.lsp import actions, hover
from factcheck.lsp.checking import Checked, Checker, Draft, SupersededError
from factcheck.lsp.diagnostics import SEVERITIES, diagnostics
from factcheck.lsp.progress import Bar
from factcheck.lsp.view import View
from factcheck.reports.clean import terminal as clean
from factcheck.types import Verdict

#: After a change the editor's user is given so long to go on typing.
DELAY_S = 0.7


@dataclass(slots=True)
class _Desk:
    """An open document. checked: the last check that came to its end; task, stop: the one under way, and what ends its work."""

    path: Path
    checked: Checked | None = None
    task: asyncio.Task[None] | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    error: str | None = None


class Server(LanguageServer):
    """A language server for articles. checker: does the work; delay_s: seconds between a change and its check."""

    def __init__(self, checker: Checker, *, delay_s: float = DELAY_S) -> None:
        super().__init__("factcheck", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.checker, self.delay_s = checker, delay_s
        self.desks: dict[str, _Desk] = {}
        self.shown: tuple[Verdict, ...] = tuple(SEVERITIES)
        self.pulls = self.refreshes = self.closed = False
        self._logged: set[str] = set()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="factcheck")

    # -- the work ------------------------------------------------------------------------------------------------------------------

    def check(self, uri: str, *, delay_s: float = 0.0) -> None:
        """Check a document, in the stead of any check of it under way."""
        desk = self.desks[uri]
        self.drop(desk)
        desk.stop = threading.Event()
        desk.task = asyncio.get_running_loop().create_task(self._check(uri, desk, desk.stop, delay_s))

    def check_all(self) -> None:
        """Check all open documents: one may be another's source."""
        for uri in self.desks:
            self.check(uri)
        if self.pulls and self.refreshes:
            self.workspace_diagnostic_refresh(None)

    def drop(self, desk: _Desk) -> None:
        """End the check of a document that is under way."""
        desk.stop.set()
        if desk.task is not None:
            desk.task.cancel()

    async def newest(self, uri: str) -> Checked | None:
        """What came of the document as it now is; waits for checks under way."""
        while (desk := self.desks.get(uri)) and desk.task is not None and not desk.task.done():
            await asyncio.wait([desk.task])
        return desk.checked if desk else None

    async def _check(self, uri: str, desk: _Desk, stop: threading.Event, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        unsaved = {other.path: self.workspace.get_text_document(name).source for name, other in self.desks.items()}
        draft = Draft(desk.path, unsaved[desk.path], unsaved)
        bar = Bar(self, f"factcheck: {clean(desk.path.name)}", lambda: self.drop(desk))
        try:
            run = asyncio.get_running_loop().run_in_executor
            desk.checked = await run(self._worker, self.checker, draft, desk.checked, stop, bar)
            desk.error = None
        except SupersededError:
            return
        except Exception as error:
            self._fail(desk, error)
        finally:
            bar.end()
        self._log(desk.checked)
        self.publish(uri)

    def _fail(self, desk: _Desk, error: Exception) -> None:
        """Tell of an error, once as long as it lasts."""
        desk.checked = None
        if isinstance(error, FactcheckError):
            text = f"factcheck: {error}"
        else:
            logging.getLogger(__name__).error("check of a document failed", exc_info=error)
            text = f"factcheck: internal error, a bug in factcheck and not in your articles: {type(error).__name__}: {error}"
        if text != desk.error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, clean(text)))
        desk.error = text

    def _log(self, checked: Checked | None) -> None:
        """Sources that could not be read and comments that ignore nothing, each once."""
        if checked is None:
            return
        draft = checked.report.articles[0].article if checked.report else None
        notes = [f"{draft.path}: {note}" for note in draft.notes] if draft else []
        for said in [*map(str, checked.unread), *notes]:
            if said not in self._logged:
                self._logged.add(said)
                self.window_log_message(types.LogMessageParams(types.MessageType.Warning, clean(f"factcheck: {said}")))

    # -- what is told --------------------------------------------------------------------------------------------------------------

    def view(self, uri: str) -> View | None:
        """The document's last report, if it is one of the text as it now is."""
        desk = self.desks.get(uri)
        if desk is None or desk.checked is None or desk.checked.report is None:
            return None
        if desk.checked.text != self.workspace.get_text_document(uri).source:
            return None
        return View(desk.checked, self.workspace.position_codec, {other.path: name for name, other in self.desks.items()})

    def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """The document's findings; none if it was not checked as it now is."""
        view = self.view(uri)
        return diagnostics(view, self.shown) if view else []

    def publish(self, uri: str) -> None:
        """Send the document's diagnostics to an editor that does not ask for them."""
        if not self.pulls:
            version = self.workspace.get_text_document(uri).version
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, self.diagnostics(uri), version))

    def stop(self) -> None:
        """End all work."""
        for desk in self.desks.values():
            self.drop(desk)
        self._worker.shutdown(wait=False, cancel_futures=True)


# -- what the editor says ----------------------------------------------------------------------------------------------------------


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    root = to_fs_path(params.root_uri) if params.root_uri else params.root_path
    ls.checker.shelf.root = Path(root) if root else None
    able = params.capabilities
    ls.pulls = bool(able.text_document and able.text_document.diagnostic)
    ls.refreshes = bool(able.workspace and able.workspace.diagnostics and able.workspace.diagnostics.refresh_support)
    options = params.initialization_options
    if isinstance(options, dict) and options.get("unsupported") is False:
        ls.shown = tuple(verdict for verdict in SEVERITIES if verdict != "unsupported")


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    path = to_fs_path(params.text_document.uri)
    if path is not None:
        ls.desks[params.text_document.uri] = _Desk(Path(path))
        ls.check_all()


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    if params.text_document.uri in ls.desks:
        ls.check(params.text_document.uri, delay_s=ls.delay_s)


def _saved(ls: Server, _: types.DidSaveTextDocumentParams) -> None:
    ls.check_all()


def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    desk = ls.desks.pop(params.text_document.uri, None)
    if desk is not None:
        ls.drop(desk)
        ls.publish(params.text_document.uri)
        ls.check_all()


async def _diagnostic(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    uri = params.text_document.uri
    desk = ls.desks.get(uri)
    if desk is not None and (desk.task is None or desk.task.done()):
        ls.check(uri)  # a source may have changed
    await ls.newest(uri)
    items = ls.diagnostics(uri)
    result = hashlib.sha256(repr(items).encode("utf-8", "replace")).hexdigest()
    if result == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=result)
    return types.RelatedFullDocumentDiagnosticReport(items=items, result_id=result)


def _code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    wanted = params.context.only
    view = ls.view(params.text_document.uri)
    if view is None or (wanted is not None and types.CodeActionKind.QuickFix not in wanted):
        return []
    return actions.actions(view, params.range, ls.shown)


def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    view = ls.view(params.text_document.uri)
    documents = ls.client_capabilities.text_document
    formats = documents.hover.content_format if documents and documents.hover else None
    return hover.hover(view, params.position, markdown=types.MarkupKind.Markdown in (formats or ())) if view else None


def _show(ls: Server, location: types.Location) -> None:
    window = ls.client_capabilities.window
    if window and window.show_document and window.show_document.support:
        ls.window_show_document(types.ShowDocumentParams(location.uri, take_focus=True, selection=location.range))
    else:
        place = f"{to_fs_path(location.uri) or location.uri}:{location.range.start.line + 1}"
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, clean(place)))


def _shut_down(ls: Server, _: None) -> None:
    ls.closed = True
    ls.stop()


_PULLED = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="factcheck")
_FEATURES: tuple[tuple[str, Callable[..., object], object], ...] = (
    (types.INITIALIZE, _initialize, None),
    (types.TEXT_DOCUMENT_DID_OPEN, _opened, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
    (types.TEXT_DOCUMENT_DID_SAVE, _saved, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
    (types.TEXT_DOCUMENT_DIAGNOSTIC, _diagnostic, _PULLED),
    (types.TEXT_DOCUMENT_CODE_ACTION, _code_action, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])),
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (types.SHUTDOWN, _shut_down, None),
)


def serve(checker: Checker, stdin: BinaryIO, stdout: BinaryIO, *, delay_s: float = DELAY_S) -> bool:
    """Speak with one editor until it leaves; whether it took its leave as the protocol wants."""
    server = Server(checker, delay_s=delay_s)
    for name, handler, options in _FEATURES:
        server.feature(name, options)(handler)
    server.command(actions.SHOW)(_show)
    try:
        server.start_io(stdin, stdout)
    finally:
        server.stop()
    return server.closed
