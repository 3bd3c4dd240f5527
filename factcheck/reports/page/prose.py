"""An article's text as marked paragraphs: claims by verdict, what is skipped and why; claims may overlap, nest and have gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.reports.page.markup import Markup, element, heard, join, sign
from factcheck.reports.paragraphs import blocks
from factcheck.reports.phrases import SIGNS
from factcheck.text import fold, visible_text
from factcheck.types import VERDICTS, Article, Block, BlockKind, CheckedArticle, Finding, Report, Skipped, Span

#: What stands for a text that a quote leaves out.
_CUT = "… "

_TAGS: dict[BlockKind, str] = {"heading": "h3", "quote": "blockquote"}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and where it stands: the numbers of its article and within it, from 0."""

    article: int
    index: int
    finding: Finding

    @property
    def key(self) -> str:
        """What its parts of the page are called after: never a word of the article."""
        return f"{self.article + 1}-{self.index + 1}"


def numbered(report: Report) -> list[Found]:
    """All findings in the order of the articles and their text."""
    return [Found(a, i, f) for a, checked in enumerate(report.articles) for i, f in enumerate(checked.findings)]


def block_id(number: int, index: int) -> str:
    """The name of a block of article ``number`` in the page."""
    return f"text-{number + 1}-{index + 1}"


def is_title(block: Block, checked: CheckedArticle) -> bool:
    """Whether the block only repeats the article's title, which stands above its text."""
    article = checked.article
    if not article.title or fold(visible_text(article.text, block.span, article.hidden)) != fold(article.title):
        return False
    return not any(start < block.span.end and end > block.span.start for f in checked.findings for start, end in f.claim.spans)


def prose(number: int, checked: CheckedArticle) -> Markup:
    """The whole text of an article; its title is not told twice."""
    told = blocks(checked)
    endings: list[list[_Ending]] = [[] for _ in [*told, None]]  # the last: of claims that are nowhere in the prose
    for ending in _endings(number, checked):
        held = [i for i, b in enumerate(told) if b.span.start < ending.span.end and b.span.end > ending.span.start]
        endings[held[-1] if held else -1].append(ending)
    parts = []
    for index, block in enumerate(told):
        if not is_title(block, checked):
            shown = _marked_block(number, block, checked, endings[index])
            parts.append(element(_TAGS.get(block.kind, "p"), shown, id=block_id(number, index), class_=f"block {block.kind}"))
    if endings[-1]:
        parts.append(element("p", *(e.shown for e in endings[-1]), class_="block paragraph"))
    return join(parts)


def quoted(article: Article, around: Span, marked: Sequence[Span], within: Span | None = None) -> Markup:
    """The words ``around`` with those that are ``marked`` in a mark element; ``within``: the block, to tell whether words were left out."""
    cuts = [offset for s in marked for offset in (s.start, s.end)]
    parts: list[str] = [_CUT] if within is not None and around.start > within.start else []
    for piece in _pieces(around, cuts, article.hidden):
        on = any(s.start <= piece.start and piece.end <= s.end for s in marked)
        parts.append(element("mark", piece.of(article.text)) if on else piece.of(article.text))
    return join([*parts, " …"] if within is not None and around.end < within.end else parts)


@dataclass(frozen=True, slots=True)
class _Ending:
    """What is shown behind the last word of a span."""

    span: Span
    shown: Markup


def _endings(number: int, checked: CheckedArticle) -> list[_Ending]:
    """Of claims and of skipped text, by where they end."""
    skips = [_Ending(s.span, _reason(s)) for s in checked.skipped]
    claims = [Found(number, i, f) for i, f in enumerate(checked.findings)]
    references = [_Ending(Span(f.finding.claim.start, f.finding.claim.end), reference(f)) for f in claims]
    return sorted([*skips, *references], key=lambda e: e.span.end)


def _marked_block(number: int, block: Block, checked: CheckedArticle, endings: Sequence[_Ending]) -> Markup:
    """The block cut wherever a claim, a skipped stretch or markup begins or ends; each piece marked for all claims that it is part of."""
    article, low, high = checked.article, block.span.start, block.span.end
    found = [Found(number, i, f) for i, f in enumerate(checked.findings)]
    claims = [(s, e, f) for f in found for s, e in f.finding.claim.spans if s < high and e > low]
    skipped = [s.span for s in checked.skipped if s.span.start < high and s.span.end > low]
    cuts = [o for s, e, _ in claims for o in (s, e)] + [o for s in skipped for o in (s.start, s.end)]
    waiting = list(endings)
    parts: list[str] = []
    for piece in _pieces(block.span, cuts, article.hidden):
        while waiting and waiting[0].span.end <= piece.start:
            parts.append(waiting.pop(0).shown)
        part_of = list(dict.fromkeys(f for s, e, f in claims if s <= piece.start and piece.end <= e))
        left_out = any(s.start <= piece.start and piece.end <= s.end for s in skipped)
        parts.append(_piece(piece.of(article.text), part_of, skipped=left_out))
    return join([*parts, *(ending.shown for ending in waiting)])


def _piece(words: str, claims: Sequence[Found], *, skipped: bool) -> str:
    if claims:
        verdicts = [v for v in VERDICTS if any(f.finding.verdict == v for f in claims)]
        keys = " ".join(f.key for f in sorted(claims, key=lambda f: (VERDICTS.index(f.finding.verdict), f.index)))
        return element("mark", words, class_=" ".join(["claim", *verdicts]), data_claims=keys)
    return element("span", words, class_="skipped") if skipped else words


def reference(found: Found) -> Markup:
    """The numbered sign behind a claim's last word that leads to its finding."""
    verdict = found.finding.verdict
    number = element("span", sign(SIGNS[verdict]), heard("Claim "), str(found.index + 1), heard(f", {verdict}"))
    # A word joiner: the sign never begins a line.
    leads = element(
        "a", number, id=f"claim-{found.key}", class_=f"reference {verdict}", href=f"#finding-{found.key}", data_claims=found.key
    )
    return Markup("&#8288;" + leads)


def _reason(skipped: Skipped) -> Markup:
    if skipped.reason == "heading":  # its form says so
        return heard(" (not checked: heading)")
    return element("small", heard("not checked: "), skipped.reason.replace("_", " "), class_="reason")


def _pieces(span: Span, cuts: Iterable[int], hidden: Sequence[Span]) -> Iterator[Span]:
    """``span`` cut at offsets and without its markup."""
    inside = [h for h in hidden if h.start < span.end and h.end > span.start]
    marks = {c for c in cuts if span.start < c < span.end} | {o for h in inside for o in (h.start, h.end) if span.start < o < span.end}
    edges = sorted({span.start, span.end, *marks})
    for start, end in pairwise(edges):
        if not any(h.start <= start and end <= h.end for h in inside):
            yield Span(start, end)
