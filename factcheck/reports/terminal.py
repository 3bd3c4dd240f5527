"""The report for people: figures first, then the alarms of each article with the words of both sides, then what to do next.

Colour only underlines what signs and words already say. Strings from articles are cleaned and become rich ``Text``, never markup.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.text import Text

from factcheck.reports.check import Positions, check_quotes
from factcheck.reports.layout import Page, Piece
from factcheck.reports.phrases import LABEL, STYLES, confidence, counted, date, percent
from factcheck.reports.summary import Summary, summarise
from factcheck.reports.voice import untold
from factcheck.text import fold, merge, visible_text
from factcheck.types import VERDICTS, Article, CheckedArticle, Claim, Evidence, Failure, Finding, Report, Span

#: Passages shown for each side of a finding unless verbose.
MAX_EVIDENCE = 3
#: Alarms repeated in the closing summary, and the length of report from which they are: a screenful.
MAX_REPEATED, SCREEN_LINES = 12, 40
MAX_WEAK = 6

_SIDES = {"contradicts": "denied by", "supports": "stated by"}


def render(report: Report, *, verbose: bool = False, width: int | None = None, colour: bool | None = None) -> str:
    """The report as text: ``width`` columns (default 80), with ANSI colours only if ``colour`` is true."""
    out = io.StringIO()
    system: Literal["standard"] | None = "standard" if colour else None
    console = Console(
        file=out, width=width or 80, height=25, force_terminal=bool(colour), color_system=system, no_color=not colour,
        legacy_windows=False, markup=False, highlight=False, emoji=False, _environ={},
    )  # fmt: skip
    print_to(console, report, verbose=verbose)
    return out.getvalue()


def print_to(console: Console, report: Report, *, verbose: bool = False) -> None:
    """Print the report on ``console``, in its width, colours and encoding. Raises QuoteMismatch before printing anything."""
    check_quotes(report)
    for line in _Writer(console, report, verbose=verbose).lines():
        console.print(line, end="\n", soft_wrap=True, markup=False, highlight=False, emoji=False)


class _Writer:
    """One report on one page."""

    def __init__(self, console: Console, report: Report, *, verbose: bool) -> None:
        self.report = report
        self.verbose = verbose
        self.page = Page(console)
        self.positions = Positions(report)

    def lines(self) -> list[Text]:
        summary = summarise(self.report)
        self.header(summary)
        self.troubles()
        for number in range(len(self.report.articles)):
            self.article(number)
        self.worth_a_look()
        self.closing(summary)
        return self.page.lines

    # -- what the run as a whole has to say ------------------------------------------------------------------------------------

    def header(self, summary: Summary) -> None:
        page, model = self.page, self.report.model
        judged = page.join("", [Text("model "), page.text(model.name), Text(" "), page.text(f"({model.precision})")])
        page.put_pieces([Piece(page.text(f"factcheck {self.report.version}", "bold")), Piece(_dim(judged))], first=Text(), rest=Text())
        articles = counted(summary.articles - summary.sources_only, "article")
        figures = [f"{articles} checked", f"{counted(summary.claims, 'claim')}", f"{_share(summary.checked)} of the text checked"]
        if summary.sources_only:
            figures.insert(1, f"{summary.sources_only} more as source")
        if 0 < self.report.origins < summary.articles:
            figures.insert(1, counted(self.report.origins, "origin"))
        page.put_pieces([Piece(page.text(f)) for f in figures], first=Text(), rest=Text())
        page.blank()
        self.tally(summary)

    def tally(self, summary: Summary) -> None:
        """Counts by verdict, each with its sign and word; the zeros stay, but dim."""
        page = self.page
        parts = [
            page.join(" ", [page.sign(v, style), Text(f"{count} {v}", style)])
            for v, count in summary.verdicts.items()
            for style in ("dim" if not count else STYLES[v],)
        ]
        if summary.failures:
            parts.append(page.join(" ", [page.sign("failed", "bold red"), Text(f"{summary.failures} failed", "bold red")]))
        room, rows = page.width, [parts[:1]]
        for part in parts[1:]:
            row = rows[-1]
            fits = sum(p.cell_len + 3 for p in row) + part.cell_len <= room
            row.append(part) if fits else rows.append([part])
        for row in rows:
            page.put(page.join("   ", row))

    def troubles(self) -> None:
        """Inputs that failed, notes, and files passed over: before the findings, since they limit what these mean."""
        page, report = self.page, self.report
        if report.failures:
            page.blank()
            page.put(Text(f"{counted(len(report.failures), 'input')} could not be used", "bold red"))
            for failure in report.failures:
                self.failure(failure)
        if report.notes:
            page.blank()
        for note in report.notes:
            page.put(page.text(note), first=Text("note: ", "bold cyan"))
        if report.passed_over:
            page.blank()
            listed = _some(report.passed_over, 1000 if self.verbose else 5, page.signs.more)
            head = f"{counted(len(report.passed_over), 'file')} passed over as no article: "
            page.put(_dim(page.join("", [Text(head), page.text(listed)])), rest=Text("  "))

    def failure(self, failure: Failure) -> None:
        page = self.page
        first = page.join("", [Text("  "), page.sign("failed", "bold red"), Text(" ")])
        rest = Text("    ")
        code = page.text(failure.code, "dim")
        page.put_pieces([Piece(page.text(failure.path, "bold"), whole=True), Piece(code)], first=first, rest=rest)
        page.put(page.text(failure.problem), first=rest)
        page.put(page.text(failure.step), first=page.join("", [rest, page.sign("arrow", "cyan"), Text(" ")]))

    def closing(self, summary: Summary) -> None:
        """What the reader sees at the bottom of the scroll: the verdict of the whole, where the alarms are, and the next step."""
        page = self.page
        repeat = len(page.lines) > SCREEN_LINES and summary.alarms > 0
        page.blank()
        page.heading(Text("summary", "bold"), Text(counted(summary.claims, "claim"), "dim"))
        if repeat:
            self.repeated_alarms(summary)
            page.blank()
        if not summary.claims:
            page.put(Text("No claim was checked: this report clears nothing.", "bold yellow"))
        elif not summary.alarms:
            supported = summary.verdicts["supported"]
            page.put(Text(f"No claim is contradicted or disputed; {supported} of {summary.claims} confirmed by another article."))
        self.tally(summary)
        if summary.claims or any(a.skipped for a in self.report.articles):
            page.blank()
            self.next_steps()

    def worth_a_look(self) -> None:
        """Unsettled claims with some sign of a denial, strongest first: no alarms, but where a person would look next."""
        limit = float(self.report.settings.get("weak", 1.0))
        weak = [
            (f.nearest.score, number, f)
            for number, checked in enumerate(self.report.articles)
            for f in checked.findings
            if f.nearest is not None and f.nearest.relation == "contradicts" and f.nearest.score >= limit
        ]
        if not weak:
            return
        weak.sort(key=lambda item: (-item[0], item[1], item[2].claim.start))
        page = self.page
        page.blank()
        page.heading(Text("worth a look", "bold"), Text("weak signs, not counted as alarms", "dim"))
        for score, number, finding in weak[:MAX_WEAK]:
            page.blank()
            where = page.join(" ", [page.sign("unsupported", "yellow"), self.place(number, finding.claim.start)])
            pieces = [Piece(where, whole=True), Piece(Text(f"{percent(score)} denied", "dim")), *self.voice(finding.claim)]
            page.put_pieces(pieces, first=Text(), rest=Text("  "))
            page.put(page.text(finding.claim.text), first=Text("  "))
            if finding.nearest is not None and not self.verbose:
                self.passage(finding.nearest, "against", "yellow")

    def repeated_alarms(self, summary: Summary) -> None:
        """One line an alarm, cut to the width: the full text stands above."""
        page = self.page
        found = [(n, f) for n, a in enumerate(self.report.articles) for f in a.findings if f.verdict in ("contradicted", "disputed")]
        found.sort(key=lambda pair: VERDICTS.index(pair[1].verdict))
        found = found[:MAX_REPEATED]
        places = [self.place(number, finding.claim.start) for number, finding in found]
        column = min(max(p.cell_len for p in places), page.width // 2)
        for place, (_, finding) in zip(places, found, strict=True):
            sign = page.sign(finding.verdict, STYLES[finding.verdict])
            gap = Text(" " * (2 + max(0, column - place.cell_len)))
            line = page.join("", [sign, Text(" "), place, gap, page.text(finding.claim.text)])
            page.lines.append(_cut(line, page.width, page.signs.more))
        if summary.alarms > MAX_REPEATED:
            page.put(Text(f"{page.signs.more} and {summary.alarms - MAX_REPEATED} more", "dim"), first=Text("  "))

    def next_steps(self) -> None:
        page = self.page
        command = f"factcheck run {page.signs.more} "
        steps = [("-f json=report.json", "all of it, for factcheck explain")]
        if not self.verbose:
            steps.insert(0, ("-v", "also what is supported or skipped"))
        for i, (option, effect) in enumerate(steps):
            first = page.join("", [Text("next: " if not i else "      ", "bold cyan"), Text(command), Text(f"{option:<21}", "bold")])
            if page.width - first.cell_len <= len(effect):
                page.put(first)
                first = Text(" " * 8)
            page.put(Text(effect, "dim"), first=first)

    # -- one article -----------------------------------------------------------------------------------------------------------

    def article(self, number: int) -> None:
        checked = self.report.articles[number]
        if checked.source_only and not self.verbose and not checked.article.notes:
            return
        self.article_heading(checked)
        if checked.source_only:
            return
        for verdict in VERDICTS:
            found = [f for f in checked.findings if f.verdict == verdict]
            if verdict in ("contradicted", "disputed") or self.verbose:
                for finding in found:
                    self.block(number, finding)
            elif verdict == "unsupported" and found:
                self.unsupported(number, found)
        self.article_end(number, checked)

    def article_heading(self, checked: CheckedArticle) -> None:
        page, article = self.page, checked.article
        if checked.source_only:
            right = "source only, not checked"
        else:
            right = f"{counted(len(checked.findings), 'claim')}, {_share(checked.checked)} checked"
        page.blank()
        page.heading(page.text(_path(article), "bold"), Text(right, "dim"))
        facts = [page.text(s) for s in (article.title, article.outlet, date(article.date)) if s]
        if facts:
            page.put_pieces([Piece(_dim(f)) for f in facts], first=Text(), rest=Text())
        for note in article.notes:
            page.put(page.text(note), first=Text("note: ", "cyan"))

    def article_end(self, number: int, checked: CheckedArticle) -> None:
        """What this article's alarms leave out: counted, and listed when verbose."""
        page = self.page
        supported = sum(f.verdict == "supported" for f in checked.findings)
        page.blank()
        if not checked.findings:
            page.put(
                Text("no checkable claim was found in this article"),
                first=page.join("", [page.sign("unsupported", "yellow"), Text(" ")]),
            )
        elif supported and not self.verbose:
            head = page.join("", [page.sign("supported", "green"), Text(" ")])
            page.put(Text(f"{supported} supported", "green"), first=head)
        if checked.skipped:
            counts = Counter(s.reason.replace("_", " ") for s in checked.skipped)
            reasons = ", ".join(f"{n} {reason}" for reason, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
            page.put(Text(f"not checked: {reasons}", "dim"), first=Text("  "))
        for skipped in checked.skipped if self.verbose else ():
            reason = Text(f"{skipped.reason.replace('_', ' ')} ", "dim")
            words = page.join(" ", [self.place(number, skipped.span.start), _dim(page.quoted(skipped.quote))])
            page.put(words, first=Text("    ").append_text(reason), rest=Text("      "))

    # -- one finding -----------------------------------------------------------------------------------------------------------

    def block(self, number: int, finding: Finding) -> None:
        """Verdict, place and claim, then the words of this article and of each side behind a bar."""
        page, claim, style = self.page, finding.claim, STYLES[finding.verdict]
        article = self.report.articles[number].article
        page.blank()
        verdict = page.join(" ", [page.sign(finding.verdict, style), Text(finding.verdict, style)])
        pieces = [Piece(verdict), Piece(Text(confidence(finding.confidence)))]
        if finding.conflict not in (None, "other"):
            pieces.append(Piece(Text(f"{finding.conflict}")))
        if finding.outdated:
            pieces.append(Piece(Text("outdated", "bold")))
        # Where there is no line to name, the heading has said the path, and factcheck explain wants the claim's id.
        pieces.append(Piece(self.place(number, claim.start), whole=True) if article.plain else Piece(page.text(claim.id, "cyan")))
        page.put_pieces([*pieces, *self.voice(claim)], first=Text(), rest=Text("  "))
        if _says_the_same(article, claim):
            page.put(self.own_words(article, claim, "bold"), first=Text("  "))
        else:
            page.put(page.text(claim.text, "bold"), first=Text("  "))
            self.labelled("says", self.own_words(article, claim, ""), style)
        for relation, label in _SIDES.items():
            self.side([e for e in finding.evidence if e.relation == relation], label, style)
        self.one_origin(finding, style)
        if finding.nearest is not None:
            self.passage(finding.nearest, "closest", style)
        if finding.missing:
            named = [page.join(" ", [Text(m.kind, "dim"), page.text(m.words)]) for m in finding.missing]
            self.labelled("missing", page.join(", ", named), style)

    def one_origin(self, finding: Finding, style: str) -> None:
        """Where several articles on one side go back to fewer sources, how many."""
        for origins, relation in zip(finding.origins, ("supports", "contradicts"), strict=True):
            articles = len({e.article for e in finding.evidence if e.relation == relation})
            if 0 < origins < articles:
                self.labelled("", Text(f"{counted(articles, 'article')}, {counted(origins, 'origin')}", "dim"), style)

    def voice(self, claim: Claim) -> list[Piece]:
        """Who says it, if that is not the article itself and the claim's words do not tell."""
        said = untold(claim)
        return [Piece(self.page.text(f"({said})", "dim"))] if said else []

    def own_words(self, article: Article, claim: Claim, style: str) -> Text:
        """The claim's quote; words in it that are not the claim's own are dim."""
        page, at = self.page, claim.start
        parts: list[Text] = []
        for span in merge(Span(s, e) for s, e in claim.spans):
            parts += [page.text(article.text[at : span.start], "dim"), page.text(span.of(article.text), style)]
            at = span.end
        return page.join("", [page.sign("opening"), *parts, page.sign("closing")])

    def side(self, evidence: Sequence[Evidence], label: str, style: str) -> None:
        shown = evidence if self.verbose else evidence[:MAX_EVIDENCE]
        for passage in shown:
            self.passage(passage, label, style)
        hidden = len(evidence) - len(shown)
        if hidden:
            self.labelled("", Text(f"{self.page.signs.more} and {counted(hidden, 'passage')} more", "dim"), style)

    def passage(self, evidence: Evidence, label: str, style: str) -> None:
        """Who says it, when and where; then the exact words."""
        page, article = self.page, self.report.articles[evidence.article].article
        pieces = [
            Piece(page.text(s, "bold" if i == 0 else "")) for i, s in enumerate((article.outlet or article.title, date(article.date))) if s
        ]
        pieces.append(Piece(self.place(evidence.article, evidence.span.start), whole=True))
        if self.verbose:
            pieces.append(Piece(Text(percent(evidence.score), "dim")))
        first, rest = self.gutter(label, style), self.gutter("", style)
        page.put_pieces(pieces, first=first, rest=rest)
        page.put(page.quoted(evidence.quote), first=rest, rest=rest)
        if evidence.reason:
            page.put(_dim(page.text(evidence.reason)), first=rest, rest=rest)
        if self.verbose and evidence.context is not None and evidence.context != evidence.span:
            page.put(_dim(page.join("", [Text("in: "), page.quoted(evidence.context.of(article.text))])), first=rest, rest=rest)

    def labelled(self, label: str, body: Text, style: str) -> None:
        self.page.put(body, first=self.gutter(label, style), rest=self.gutter("", style))

    def gutter(self, label: str, style: str) -> Text:
        return self.page.join("", [Text("  "), self.page.sign("bar", style), Text(f" {label:<{LABEL}}", "dim")])

    def unsupported(self, number: int, found: Sequence[Finding]) -> None:
        """A line each: there are many, and most mean only that no other article speaks of the matter."""
        page = self.page
        page.blank()
        why = "no other article settles " + ("this" if len(found) == 1 else "these")
        head = page.join(" ", [page.sign("unsupported", "yellow"), Text(f"{len(found)} unsupported:", "yellow"), Text(why, "dim")])
        page.put(head, rest=Text("  "))
        places = [self.positions.line_column(number, f.claim.start) for f in found]
        labels = [f"{p[0]}:{p[1]}" if p else page.signs.dot for p in places]
        widest = max(map(len, labels))
        for label, finding in zip(labels, found, strict=True):
            parts = [page.text(finding.claim.text), *(piece.text for piece in self.voice(finding.claim))]
            page.put(page.join(" ", parts), first=Text(f"    {label:<{widest}}  ", "dim"))

    def place(self, number: int, offset: int) -> Text:
        """path:line:col where the article is a plain file, so that terminals make it a link; else its path."""
        at = self.positions.line_column(number, offset)
        path = _path(self.report.articles[number].article)
        return self.page.text(f"{path}:{at[0]}:{at[1]}" if at else path, "cyan")


def _says_the_same(article: Article, claim: Claim) -> bool:
    words = visible_text(article.text, Span(claim.start, claim.end), article.hidden)
    return fold(claim.text).rstrip(".") == fold(words).rstrip(".")


def _path(article: Article) -> str:
    return "standard input" if article.path == "-" else article.path or article.name


def _share(p: float) -> str:
    """Whole per cent, rounded down so that 100% means all."""
    return f"{int(p * 100 + 1e-9)}%"


def _some(items: Sequence[str], limit: int, ellipsis: str) -> str:
    more = f", {ellipsis} and {len(items) - limit} more" if len(items) > limit else ""
    return ", ".join(items[:limit]) + more


def _dim(text: Text) -> Text:
    text.stylize("dim")
    return text


def _cut(line: Text, width: int, ellipsis: str) -> Text:
    if line.cell_len > width:
        line.truncate(width - len(ellipsis))
        line.rstrip()
        line.append(ellipsis)
    return line
