"""A language client in a few lines: JSON-RPC over the pipes of a server process, nothing of pygls in it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

#: Seconds that anything may take: the first check reads the models of syntax.
PATIENCE_S = 120

Message = dict[str, Any]


class Client:
    """Starts a server and speaks with it. requests: what the server asked of the editor; it gets all it asks for."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder)
        self.requests: list[Message] = []
        self.notes: list[Message] = []
        self.errors: list[str] = []
        self._answers: dict[int, Message] = {}
        self._inbox: queue.Queue[Message | None] = queue.Queue()
        self._last = 0
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._listen, self._overhear)]
        for thread in self._threads:
            thread.start()

    def send(self, method: str, params: object = None, **more: object) -> None:
        self._write({"method": method, "params": params, **more})

    def begin(self, method: str, params: object = None) -> int:
        """Send a request; its number."""
        self._last += 1
        self.send(method, params, id=self._last)
        return self._last

    def answer(self, number: int) -> Message:
        """The whole answer to a request, result or error."""
        self.wait_for(lambda: number in self._answers)
        return self._answers.pop(number)

    def ask(self, method: str, params: object = None) -> Any:
        return self.answer(self.begin(method, params))["result"]

    def note(self, method: str, fits: Callable[[Message], object] = bool) -> Message:
        """The parameters of the next notification of this kind that fits; it and those before it are taken off the list."""
        found: list[Message] = []

        def taken() -> bool:
            while self.notes and not found:
                note = self.notes.pop(0)
                if note["method"] == method and fits(note["params"]):
                    found.append(note["params"])
            return bool(found)

        self.wait_for(taken)
        return found[0]

    def wait_for(self, done: Callable[[], bool]) -> None:
        while not done():
            message = self._inbox.get(timeout=PATIENCE_S)
            assert message is not None, f"the server went away: {''.join(self.errors)}"
            if "method" not in message:
                self._answers[message["id"]] = message
            elif "id" in message:
                self.requests.append(message)
                self._reply(message)
            else:
                self.notes.append(message)

    def leave(self) -> int:
        """Shut the server down; its exit code."""
        self.ask("shutdown")
        self.send("exit")
        return self.close()

    def close(self) -> int:
        """Hang up; the server's exit code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.process.stdin.close()
        code = self.process.wait(timeout=PATIENCE_S)
        for thread in self._threads:
            thread.join()
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def _reply(self, request: Message) -> None:
        self._write({"id": request["id"], "result": {"success": True} if request["method"] == "window/showDocument" else None})

    def _write(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _listen(self) -> None:
        out = self.process.stdout
        assert out is not None
        while (header := out.readline()).startswith(b"Content-Length: "):
            size = int(header.split()[1])
            while out.readline().strip():
                pass
            self._inbox.put(json.loads(out.read(size)))
        self._inbox.put(None)

    def _overhear(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors.append(line.decode(errors="replace"))
