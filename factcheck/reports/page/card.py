"""One finding as a card: the verdict and how sure it is, then the claim's sentence beside the sentences of its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.reports.check import Positions
from factcheck.reports.page.markup import Markup, element, heard, join, scrolling, sign
from factcheck.reports.page.prose import Found, block_id, is_title, quoted
from factcheck.reports.paragraphs import blocks, sentences_around
from factcheck.reports.phrases import SIGNS, confidence, counted, date, percent
from factcheck.reports.telling import place, why_aside
from factcheck.reports.voice import untold
from factcheck.types import Article, Block, Conflict, Evidence, Relation, Report, Span

#: Passages of each side that are open to view; the others fold away.
MAX_EVIDENCE = 3

#: What a passage does to the claim, and the sign of it.
RELATIONS: dict[Relation, tuple[str, str]] = {"contradicts": ("denies", "✗"), "supports": ("states", "✓")}
_BY: dict[Relation, str] = {"contradicts": "Denied by", "supports": "Stated by"}
#: What a conflict is over, where "the" and the kind's name do not say it.
_OVER: dict[Conflict, str] = {
    "status": "the state of things",
    "negation": "whether it is so at all",
    "attribution": "who said it",
    "modality": "how sure it is",
}


@dataclass(frozen=True, slots=True)
class Cards:
    """What all cards of a report are made from: its articles' blocks and the lines of its files."""

    report: Report
    positions: Positions
    blocks: tuple[tuple[Block, ...], ...]

    @classmethod
    def of(cls, report: Report) -> Cards:
        """The cards of ``report``."""
        return cls(report, Positions(report), tuple(tuple(blocks(checked)) for checked in report.articles))

    def card(self, found: Found, *, verbose: bool) -> Markup:
        """The finding as a details element, open if it is an alarm; verbose: with every passage that was considered."""
        finding = found.finding
        head = element(
            "summary",
            element("span", sign(SIGNS[finding.verdict]), " ", finding.verdict, class_="verdict"),
            element("span", heard("claim "), str(found.index + 1), class_="number"),
            element("span", finding.claim.text, class_="understood"),
        )
        sources = sorted({e.article + 1 for e in finding.evidence} | ({finding.nearest.article + 1} if finding.nearest else set()))
        return element(
            "details", head, element("div", *self._body(found, verbose=verbose), class_="body"), id=f"finding-{found.key}",
            class_=f"finding {finding.verdict}{' aside' if finding.set_aside else ''}", data_sources=" ".join(map(str, sources)),
            tabindex="-1", open=finding.alarming,
        )  # fmt: skip

    def _body(self, found: Found, *, verbose: bool) -> list[Markup | None]:
        finding = found.finding
        sides = [self._side(found, relation) for relation in _BY]
        closest = self._passage(finding.nearest) if finding.nearest else None
        right = element("div", *sides, closest, _missing(found), class_="sources")
        return [
            _confidence(finding.confidence),
            _facts(found),
            element("div", self._own(found), right, class_="sides"),
            self._considered(found) if verbose and finding.considered else None,
            element("p", element("a", "Back to the text", href=f"#claim-{found.key}"), class_="back"),
        ]

    def _own(self, found: Found) -> Markup:
        checked, claim = self.report.articles[found.article], found.finding.claim
        around, block = sentences_around(checked.article, Span(claim.start, claim.end), self.blocks[found.article])
        words = quoted(checked.article, around, [Span(s, e) for s, e in claim.spans], block)
        caption = element("figcaption", element("span", "Claimed by", class_="side"), " ", _source(checked.article))
        at = element("p", place(self.report, self.positions, found.article, claim.start), class_="place")
        return element("figure", caption, element("blockquote", words), at, class_="own")

    def _side(self, found: Found, relation: Relation) -> Markup | None:
        passages = [e for e in found.finding.evidence if e.relation == relation]
        if not passages:
            return None
        figures = [self._passage(e, relation) for e in passages]
        more = element("summary", f"{counted(len(figures) - MAX_EVIDENCE, 'passage')} more")
        rest = element("details", more, *figures[MAX_EVIDENCE:], class_="more") if len(figures) > MAX_EVIDENCE else None
        return join([*figures[:MAX_EVIDENCE], rest])

    def _passage(self, evidence: Evidence, side: Relation | None = None) -> Markup:
        """A passage that settles the claim one way; without a side the closest of those that do not, which is no alarm."""
        article, prose = self.report.articles[evidence.article].article, self.blocks[evidence.article]
        around, block = sentences_around(article, evidence.context or evidence.span, prose)
        verb, shown = RELATIONS[evidence.relation]
        label = [sign(shown), " ", _BY[side]] if side else ["Closest passage:"]
        caption = element("figcaption", element("span", *label, class_="side"), " ", _source(article))
        words = element("blockquote", quoted(article, around, [evidence.span], block))
        at = element("span", place(self.report, self.positions, evidence.article, evidence.span.start), class_="place")
        facts = [element("span", f"{verb}: {percent(evidence.score)}"), at, self._in_context(evidence)]
        reason = element("p", evidence.reason, class_="reason") if evidence.reason else None
        return element(
            "figure", caption, words, reason, element("p", join(facts, " · "), class_="place"), class_=verb if side else "closest"
        )

    def _in_context(self, evidence: Evidence) -> Markup | None:
        """A way to the paragraph that the passage stands in."""
        for index, block in enumerate(self.blocks[evidence.article]):
            if block.span.start <= evidence.span.start < block.span.end:
                title = is_title(block, self.report.articles[evidence.article])
                key = f"article-{evidence.article + 1}" if title else block_id(evidence.article, index)
                return element("a", "in context", href=f"#{key}")
        return None

    def _considered(self, found: Found) -> Markup:
        """Every passage that the claim was compared with, whatever came of it."""
        head = element("tr", *(element("th", h, scope="col") for h in ("Source", "Passage", "States", "Denies", "Barred")))
        rows = [
            element(
                "tr", element("td", self.report.articles[c.article].article.name), element("td", f"“{c.quote}”"),
                element("td", percent(c.support)), element("td", percent(c.contradiction)),
                element("td", "; ".join([*([c.rule] if c.rule else []), *([] if c.may_deny else ["too old to deny"])])),
            )
            for c in found.finding.considered
        ]  # fmt: skip
        summary = element("summary", f"Compared with {counted(len(rows), 'passage')}")
        table = element("table", element("thead", head), element("tbody", *rows))
        return element("details", summary, scrolling(table, "Passages considered"), class_="considered")


def source_day(article: Article) -> Markup | None:
    """An article's date."""
    return element("time", date(article.date), datetime=article.date.isoformat()) if article.date else None


def _source(article: Article) -> Markup:
    return join([element("b", article.name), source_day(article)], ", ")


def _confidence(p: float) -> Markup:
    """In words and per cent, and as a bar for the eye."""
    full = element("rect", class_="full", width=max(0, min(100, round(p * 100))), height=6, rx=3)
    bar = element(
        "svg", element("rect", class_="track", width=100, height=6, rx=3), full, class_="bar", viewBox="0 0 100 6", aria_hidden="true"
    )
    return element("p", bar, element("span", confidence(p)), class_="confidence")


def _facts(found: Found) -> Markup | None:
    """Why it is set aside, what the conflict is over, whether it is outdated, how many origins there are, and who is reported to say it."""
    finding = found.finding
    facts = [why[0].upper() + why[1:] for why in why_aside(finding)]
    if finding.conflict not in (None, "other"):
        facts.append(f"They differ in {_OVER.get(finding.conflict, f'the {finding.conflict}')}")
    if finding.outdated:
        facts.append("Outdated: what denies it tells a later state of things")
    for origins, relation in zip(reversed(finding.origins), _BY, strict=True):
        if origins:
            facts.append(f"{_BY[relation]} {counted(origins, 'independent source')}")
    said = untold(finding.claim)
    if said:
        facts.append(said[0].upper() + said[1:])
    return element("ul", *(element("li", fact) for fact in facts), class_="facts") if facts else None


def _missing(found: Found) -> Markup | None:
    """What no other article has; that nothing settles the claim, where they have all of it."""
    finding = found.finding
    if finding.verdict != "unsupported":
        return None
    parts: Sequence[Markup] = [join([element("q", m.words), f" ({m.kind})"]) for m in finding.missing]
    told = join(["In no other article: ", join(parts, ", "), "."]) if parts else "No other article settles this claim."
    return element("p", told, class_="missing")
