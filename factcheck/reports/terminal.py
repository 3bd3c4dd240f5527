"""The report for people: figures first, then the alarms of each article with the words of both sides, then what to do next.

Colour only underlines what signs and words already say. Strings from articles are cleaned and become rich ``Text``, never markup.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.text import Text

from factcheck.reports import telling
from factcheck.reports.check import Positions, check_quotes
from factcheck.reports.excerpt import Excerpts
from factcheck.reports.layout import Page, Piece
from factcheck.reports.phrases import LABEL, OVER, STYLES, confidence, counted, date, percent, unchecked
from factcheck.reports.summary import Summary, summarise
from factcheck.reports.voice import untold
from factcheck.types import ALARMS, VERDICTS, CheckedArticle, Claim, Evidence, Failure, Finding, Report, Span

#: Passages shown for each side of a finding, and unsupported claims of an article, unless verbose.
MAX_EVIDENCE, MAX_UNSUPPORTED = 2, 6
#: Alarms repeated in the closing summary, and the length of report from which they are: a screenful.
MAX_REPEATED, SCREEN_LINES = 12, 40
MAX_WEAK = 6


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
        self.excerpts = Excerpts(report)

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
        page.put_pieces([Piece(page.text(f)) for f in telling.scope(self.report, summary)], first=Text(), rest=Text())
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
        if aside := telling.set_aside(summary):
            parts.append(Text(", ".join(aside) + ("" if self.verbose else ", not shown"), "dim"))
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
            page.put(Text(f"{telling.all_clear(summary)}; {supported} of {summary.claims} confirmed by another article."))
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
            if not f.set_aside and f.nearest is not None and f.nearest.relation == "contradicts" and f.nearest.score >= limit
        ]
        if not weak:
            return
        weak.sort(key=lambda item: (-item[0], item[1], item[2].claim.start))
        page = self.page
        page.blank()
        page.heading(Text("worth a look", "bold"), Text("weak signs, not counted as alarms", "dim"))
        for score, number, finding in weak[:MAX_WEAK]:
            page.blank()
            where = page.join(" ", [page.sign("unsupported", "yellow"), self.claim_place(number, finding.claim)])
            pieces = [Piece(where, whole=True), Piece(Text(f"{percent(score)} denied", "dim")), *self.voice(finding.claim)]
            page.put_pieces(pieces, first=Text(), rest=Text("  "))
            page.put(page.text(finding.claim.text), first=Text("  "))
            if finding.nearest is not None and not self.verbose:
                self.passage(finding.nearest, "against", "yellow")

    def repeated_alarms(self, summary: Summary) -> None:
        """One line an alarm, the surest first, cut to the width: the full text stands above."""
        page = self.page
        found = self.alarms()[:MAX_REPEATED]
        places = [self.claim_place(number, finding.claim) for number, finding in found]
        column = min(max(p.cell_len for p in places), page.width // 2)
        for place, (_, finding) in zip(places, found, strict=True):
            style = STYLES[finding.verdict]
            head = page.join(" ", [page.sign(finding.verdict, style), Text(f"{percent(finding.confidence):>4}", style), place])
            gap = Text(" " * (2 + max(0, column - place.cell_len)))
            line = page.join("", [head, gap, page.text(finding.claim.text)])
            page.lines.append(_cut(line, page.width, page.signs.more))
        if summary.alarms > MAX_REPEATED:
            page.put(Text(f"{page.signs.more} and {summary.alarms - MAX_REPEATED} more", "dim"), first=Text("  "))

    def alarms(self) -> list[tuple[int, Finding]]:
        """As :func:`telling.worst_first` has them."""
        return [(number, finding) for number, finding in telling.worst_first(self.report) if finding.alarming]

    def next_steps(self) -> None:
        page = self.page
        run = f"factcheck run {page.signs.more}"
        steps = [
            (f"{run} -f html=report.html", "the articles with claims marked"),
            (f"{run} -f json=report.json", "all of it, for factcheck explain"),
        ]
        if not self.verbose:
            steps.insert(0, (f"{run} -v", "also what is supported or skipped"))
        if alarms := self.alarms():
            number, finding = alarms[0]
            # No path: it may hold anything, and this line is to be copied into a shell.
            if re.fullmatch(r"\w+", finding.claim.id, re.ASCII):
                steps.append((f"factcheck explain report.json {number + 1}:{finding.claim.id}", "what the surest alarm rests on"))
        widest = max(len(command) for command, _ in steps)
        fits = 8 + widest + max(len(effect) for _, effect in steps) <= page.width
        for i, (command, effect) in enumerate(steps):
            first = page.join("", [Text("      " if i else "next: ", "bold cyan"), Text(f"{command:<{widest}}  ")])
            if fits:
                page.put(Text(effect, "dim"), first=first)
            else:
                page.put(first)
                page.put(Text(effect, "dim"), first=Text(" " * 8))

    # -- one article -----------------------------------------------------------------------------------------------------------

    def article(self, number: int) -> None:
        checked = self.report.articles[number]
        if checked.source_only and not self.verbose and not checked.article.notes:
            return
        self.article_heading(checked)
        if checked.source_only:
            return
        for verdict in VERDICTS:
            found = [f for f in checked.findings if f.verdict == verdict and (self.verbose or not f.set_aside)]
            if verdict in ALARMS or self.verbose:
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
            right = f"{counted(len(checked.findings), 'claim')}, {telling.share(checked.checked)} checked"
        page.blank()
        page.heading(page.text(telling.path(article), "bold"), Text(right, "dim"))
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
        aside = sum(f.set_aside for f in checked.findings)
        if aside and not self.verbose:
            page.put(Text(f"not shown: {aside} known or ignored", "dim"), first=Text("  "))
        if checked.skipped:
            counts = Counter(s.reason for s in checked.skipped)
            reasons = ", ".join(unchecked(reason, n) for reason, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
            page.put(Text(f"not checked: {reasons}", "dim"), first=Text("  "))
        for skipped in checked.skipped if self.verbose else ():
            reason = Text(f"{skipped.reason.replace('_', ' ')} ", "dim")
            words = page.join(" ", [self.place(number, skipped.span.start), _dim(page.quoted(skipped.quote))])
            page.put(words, first=Text("    ").append_text(reason), rest=Text("      "))

    # -- one finding -----------------------------------------------------------------------------------------------------------

    def block(self, number: int, finding: Finding) -> None:
        """Verdict, place and claim, then the words of this article and of each side behind a bar."""
        page, claim, style = self.page, finding.claim, "dim" if finding.set_aside else STYLES[finding.verdict]
        article = self.report.articles[number].article
        page.blank()
        verdict = page.join(" ", [page.sign(finding.verdict, style), Text(finding.verdict, style)])
        aside = [Piece(page.text(why, "bold")) for why in telling.why_aside(finding)]
        sure = [page.meter(finding.confidence, style), Text(confidence(finding.confidence))]
        pieces = [*aside, Piece(page.join(" ", [verdict, *sure]))]
        if finding.conflict in OVER:
            pieces.append(Piece(Text(OVER[finding.conflict])))
        if finding.outdated:
            pieces.append(Piece(Text("outdated", "bold")))
        pieces.append(Piece(self.claim_place(number, claim), whole=True))
        page.put_pieces([*pieces, *self.voice(claim)], first=Text(), rest=Text("  "))
        words = [Span(start, end) for start, end in claim.spans]
        if telling.says_the_same(article, claim):
            page.put(self.in_sentence(number, words, style="bold", marks=style), first=Text("  "))
        else:
            page.put(page.text(claim.text, "bold"), first=Text("  "))
            self.labelled("says", self.in_sentence(number, words, marks=style), style)
        for relation in telling.SIDES:
            self.side([e for e in finding.evidence if e.relation == relation], style)
        if told := telling.one_origin(finding):
            self.labelled("", Text(told, "dim"), style)
        if finding.outdated:
            self.labelled("", Text("denied by later news: perhaps true when written", "dim"), style)
        if finding.nearest is not None:
            self.passage(finding.nearest, "closest", style)
        if finding.missing:
            named = [page.join(" ", [Text(m.kind, "dim"), page.text(m.words)]) for m in finding.missing]
            self.labelled("missing", page.join(", ", named), style)

    def voice(self, claim: Claim) -> list[Piece]:
        """Who says it, if that is not the article itself and the claim's words do not tell."""
        said = untold(claim)
        return [Piece(self.page.text(f"({said})", "dim"))] if said else []

    def in_sentence(self, number: int, words: Sequence[Span], *, wider: Span | None = None, style: str = "", marks: str = "") -> Text:
        """Words of an article in quotation marks, in their sentence, or in all that ``wider`` has too; they are marked if it has more."""
        page, found = self.page, self.excerpts.around(number, words, wider)
        parts: list[Text] = []
        for text, marked in found.parts:
            shown = page.text(text, style if marked or found.whole else "dim")
            parts += [page.sign("marked", marks), shown, page.sign("unmarked", marks)] if marked and not found.whole else [shown]
        before, after = (page.sign("more", "dim") if cut else Text() for cut in found.cut)
        return page.join("", [page.sign("opening"), before, *parts, after, page.sign("closing")])

    def side(self, evidence: Sequence[Evidence], style: str) -> None:
        """The passages that speak for one side; of many one of each article before a second of any."""
        shown = evidence if self.verbose else _spread(evidence)[:MAX_EVIDENCE]
        for passage in shown:
            self.passage(passage, telling.SIDES[passage.relation], style, weak=self.weak(passage))
        hidden = len(evidence) - len(shown)
        if hidden:
            self.labelled("", Text(f"{self.page.signs.more} and {counted(hidden, 'passage')} more", "dim"), style)

    def passage(self, evidence: Evidence, label: str, style: str, *, weak: bool = False) -> None:
        """Who says it, when and where; then the exact words."""
        page, article = self.page, self.report.articles[evidence.article].article
        pieces = [
            Piece(page.text(s, "bold" if i == 0 else "")) for i, s in enumerate((article.outlet or article.title, date(article.date))) if s
        ]
        pieces.append(Piece(self.place(evidence.article, evidence.span.start), whole=True))
        if weak:
            pieces.append(Piece(Text(f"weak sign, {percent(evidence.score)}", "yellow")))
        elif self.verbose:
            pieces.append(Piece(Text(percent(evidence.score), "dim")))
        first, rest = self.gutter(label, style), self.gutter("", style)
        page.put_pieces(pieces, first=first, rest=rest)
        wider = evidence.context if self.verbose else None
        page.put(self.in_sentence(evidence.article, [evidence.span], wider=wider, marks=style), first=rest, rest=rest)
        if evidence.reason:
            page.put(_dim(page.text(evidence.reason)), first=rest, rest=rest)

    def weak(self, evidence: Evidence) -> bool:
        """Whether the passage alone would not have settled the claim."""
        limit = self.report.settings.get("contradiction" if evidence.relation == "contradicts" else "support")
        return isinstance(limit, (int, float)) and evidence.score < limit

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
        shown = found if len(found) <= MAX_UNSUPPORTED + 1 else found[:MAX_UNSUPPORTED]  # "1 more" would take the line that it saves
        for label, finding in zip(labels, shown, strict=False):
            parts = [page.text(finding.claim.text), *(piece.text for piece in self.voice(finding.claim))]
            page.put(page.join(" ", parts), first=Text(f"    {label:<{widest}}  ", "dim"))
        if len(shown) < len(found):
            page.put(Text(f"{page.signs.more} and {len(found) - len(shown)} more", "dim"), first=Text("    "))

    def claim_place(self, number: int, claim: Claim) -> Text:
        """:meth:`place`; where there is no line to name, the path with the claim's id, which factcheck explain takes as well."""
        named = bool(claim.id) and not self.report.articles[number].article.plain
        place = self.place(number, claim.start)
        return place.append_text(self.page.text(f":{claim.id}")) if named else place

    def place(self, number: int, offset: int) -> Text:
        """path:line:col where the article is a plain file, so that terminals make it a link; else its path."""
        return self.page.text(telling.place(self.report, self.positions, number, offset), "cyan")


def _spread(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first passage of each article, then the others."""
    first = {e.article: e for e in reversed(evidence)}
    return sorted(evidence, key=lambda e: first[e.article] is not e)


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
