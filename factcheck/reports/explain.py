"""One finding for a person who doubts it: the claim, the verdict and what it rests on, and what became of every passage considered.

Strings from articles enter through :class:`factcheck.reports.layout.Page`, which cleans them, as in the terminal report.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

from rich.console import Console
from rich.text import Text

from factcheck.reports.layout import Page, Piece
from factcheck.reports.phrases import LABEL, STYLES, confidence, counted, date, percent
from factcheck.reports.trail import Passage, Trail
from factcheck.reports.voice import voice
from factcheck.types import NO_DENIAL, Relation, Verdict

#: denies, states: it counts; near miss: it nearly does; ruled out: strong enough, but something else keeps it from counting.
Standing = Literal["denies", "states", "near miss", "ruled out", "too weak"]

#: How far above its threshold a probability must be to count: :data:`factcheck.verdicts.decide.DEAD_BAND`.
MARGIN = 0.002
#: Share of the threshold from which a passage that confirms too little is a near miss. Of denials the run's setting "weak" tells it.
NEAR = 0.5

_MEANING: dict[Verdict, str] = {
    "contradicted": "another article denies it, and none states it",
    "disputed": "one other article states it, another denies it",
    "unsupported": "no other article settles it",
    "supported": "another article states it, and none denies it",
}
_NOUN: dict[Relation, str] = {"contradicts": "denial", "supports": "confirmation"}
_COUNTS: dict[Relation, Standing] = {"contradicts": "denies", "supports": "states"}
_PLURAL: dict[Relation, str] = {"contradicts": "deny", "supports": "state"}
#: A standing counted: of one passage and of several.
_TALLY: dict[Standing, tuple[str, str]] = {
    "denies": ("denial", "denials"),
    "states": ("confirmation", "confirmations"),
    "near miss": ("near miss", "near misses"),
    "ruled out": ("ruled out", "ruled out"),
    "too weak": ("too weak", "too weak"),
}
#: What a conflict is over, where "the" and the kind's name do not say it.
_OVER = {
    "status": "the state of things",
    "negation": "whether it is so at all",
    "attribution": "who said it",
    "modality": "how sure it is",
    "other": "what no rule has a name for",
}


def print_to(console: Console, trail: Trail) -> None:
    """Print the trail on ``console``, in its width, colours and encoding."""
    for line in _Writer(console, trail).lines():
        console.print(line, end="\n", soft_wrap=True, markup=False, highlight=False, emoji=False)


def fate(trail: Trail, passage: Passage) -> str:
    """What became of a passage, in plain words: that it counts, or all that kept it from counting."""
    limit, noun = trail.setting("together") if passage.together else _limit(trail, passage.leaning), _NOUN[passage.leaning]
    if passage.counts is None:
        return "does not count: " + "; ".join(_against(trail, passage, limit))
    if limit is None:
        return f"counts as a {noun}"
    if passage.together:
        return f"counts as a {noun} with the other passage of its article: together {_compared(passage.score, limit, 'is above')}"
    less = ", less than by itself since another article states the claim" if passage.score < passage.contradiction else ""
    if _reached(passage, limit):
        return f"counts as a {noun}: {_compared(passage.score, limit, 'is above')}{less}"
    return f"counts as a further {noun}: {percent(passage.score)} is enough beside a stronger one{less}"


def standing(trail: Trail, passage: Passage) -> Standing:
    """What became of a passage, in a word. One nearly counts as a denial from "weak" on, as a confirmation from half the threshold."""
    if passage.counts:
        return _COUNTS[passage.counts]
    denies, limit = passage.leaning == "contradicts", _limit(trail, passage.leaning)
    near = trail.setting("weak") if denies else None if limit is None else limit * NEAR
    if near is None or passage.score < near:
        return "too weak"
    barred = not passage.may_deny or passage.rule in NO_DENIAL if denies else passage.rule is not None
    return "ruled out" if barred or _reached(passage, limit) else "near miss"


def _limit(trail: Trail, relation: Relation) -> float | None:
    return trail.setting("contradiction" if relation == "contradicts" else "support")


def _reached(passage: Passage, limit: float | None) -> bool:
    return limit is not None and passage.score >= limit + MARGIN


def _against(trail: Trail, passage: Passage, limit: float | None) -> list[str]:
    """All that kept a passage from counting, the plainest first."""
    denies = passage.leaning == "contradicts"
    reasons = []
    if passage.rule and (not denies or passage.rule in NO_DENIAL):
        reasons.append(f"it {passage.rule}, and so cannot {'deny' if denies else 'confirm'} the claim")
    if denies and not passage.may_deny:
        days = trail.setting("stale_days")
        reasons.append("too old to deny" + ("" if days is None else f" (over {counted(int(days), 'day')} older than the claim)"))
    if limit is not None and not _reached(passage, limit):
        close = passage.score >= limit
        reasons.append(f"too close to the threshold of {limit:.1%}" if close else _compared(passage.score, limit, "is below"))
    if not reasons:
        reasons.append(_outweighed(trail, passage, limit))
    if passage.read_by == "scout":
        reasons.append("read by the scout only")
    return reasons


def _outweighed(trail: Trail, passage: Passage, limit: float | None) -> str:
    """Why a passage past the threshold does not count: what is known of the claim, or of the other passages, speaks against it."""
    counting = [p.counts for p in trail.passages if p.counts]
    if passage.leaning in counting:
        return f"{percent(passage.score)}, but {counted(counting.count(passage.leaning), 'passage')} with more to say"
    if passage.leaning == "contradicts" and limit is not None and trail.contradiction < limit + MARGIN:
        return f"{percent(passage.score)}, but a denial is less believed where another article states the claim"
    if passage.leaning == "contradicts" and trail.claim.ambiguous:
        return "the claim leaves open of whom or what it speaks, so that nothing denies it for sure"
    return "the report does not say why"


def _compared(score: float, limit: float, how: str) -> str:
    """Both in whole per cent, or finer where that would make them the same."""
    same = f"{score:.0%}" == f"{limit:.0%}"
    return f"{score:.1%} {how} the threshold of {limit:.1%}" if same else f"{percent(score)} {how} the threshold of {limit:.0%}"


class _Writer:
    """One trail on one page."""

    def __init__(self, console: Console, trail: Trail) -> None:
        self.page = Page(console)
        self.trail = trail
        self.style = STYLES[trail.verdict]

    def lines(self) -> list[Text]:
        self.claim()
        self.grounds()
        self.passages()
        return self.page.lines

    def claim(self) -> None:
        """Where the claim stands, its verdict, and who says it in what words."""
        page, trail, claim = self.page, self.trail, self.trail.claim
        page.put_pieces([Piece(page.text(trail.name, "bold")), *self.source(trail)], first=Text(), rest=Text())
        page.blank()
        verdict = page.join(" ", [page.sign(trail.verdict, self.style), Text(trail.verdict, self.style)])
        meaning = Text(_MEANING[trail.verdict], "dim")
        page.put_pieces([Piece(verdict), Piece(Text(confidence(trail.confidence))), Piece(meaning)], first=Text(), rest=Text("  "))
        page.put(page.text(claim.text, "bold"), first=Text("  "))
        self.labelled("says", page.quoted(claim.quote))
        if said := voice(claim):
            self.labelled("speaker", page.text(said))
        if claim.ambiguous:
            self.labelled("open", Text("it does not say of whom or what it speaks: only a figure in it can be denied"))
        if trail.ignored is not None:
            self.labelled("ignored", page.text(trail.ignored))
        if trail.known:
            self.labelled("known", Text("the baseline of the run has it: no alarm"))

    def grounds(self) -> None:
        """The figures behind the verdict, with the thresholds in force."""
        page, trail = self.page, self.trail
        page.blank()
        page.heading(Text("grounds", "bold"), Text("what the passages say, taken together", "dim"))
        self.labelled("denied", Text(percent(trail.contradiction) + self.threshold("contradicts")))
        self.labelled("stated", Text(percent(trail.support) + self.threshold("supports")))
        if trail.conflict:
            self.labelled("conflict", page.text(f"over {_OVER.get(trail.conflict, f'the {trail.conflict}')}"))
        if trail.outdated:
            self.labelled("outdated", Text("what denies it tells a later state of things"))
        if any(trail.origins.values()):
            sides = [f"{n} that {_COUNTS[r] if n == 1 else _PLURAL[r]} it" for r, n in trail.origins.items() if n]
            self.labelled("origins", Text("independent sources: " + ", ".join(sides)))
        for kind, words in trail.missing or ():
            self.labelled("missing", page.join(" ", [page.text(f"no passage has the {kind}"), page.quoted(words)]))
        if trail.verdict == "unsupported" and trail.missing == () and trail.passages:
            self.labelled("missing", Text("nothing: the passages have all that it speaks of, and settle it neither way"))
        settings = page.join(", ", [page.text(f"{name} {value}") for name, value in sorted(trail.settings.items())])
        self.labelled("settings", settings)

    def threshold(self, relation: Relation) -> str:
        limit, weak = _limit(self.trail, relation), self.trail.setting("weak")
        if limit is None:
            return ""
        look = f", is worth a look from {weak:.0%}" if relation == "contradicts" and weak is not None else ""
        together = self.trail.setting("together") if relation == "supports" else None
        both = f", two of one article together from {together:.0%}" if together is not None else ""
        return f"; a passage counts as a {_NOUN[relation]} from {limit:.0%}{look}{both}"

    def passages(self) -> None:
        page, found = self.page, self.trail.passages
        counts = Counter(standing(self.trail, p) for p in found)
        page.blank()
        figures = ", ".join(f"{n} {words[n > 1]}" for what, words in _TALLY.items() if (n := counts[what]))
        page.heading(Text(f"{counted(len(found), 'passage')} considered", "bold"), Text(figures, "dim"))
        if not found:
            page.put(Text("No other article has a passage that could settle the claim."))
        for passage in found:
            self.passage(passage)

    def passage(self, passage: Passage) -> None:
        """Which way it speaks, where it stands, its words, and what became of it."""
        page = self.page
        label = standing(self.trail, passage)
        scores = Text(f"denies {percent(passage.contradiction)}, states {percent(passage.support)}", "dim")
        page.blank()
        page.put_pieces([*self.source(passage), Piece(scores)], first=self.gutter(label), rest=self.gutter(""))
        self.labelled("", page.quoted(passage.quote))
        if passage.reason and not passage.together:
            self.labelled("", page.join(" ", [Text("figures:"), page.text(passage.reason)]))
        if passage.rule and passage.leaning == "contradicts":
            self.labelled("", page.text(f"it {passage.rule}"))
        became = page.join(" ", [page.sign("arrow", "cyan"), page.text(fate(self.trail, passage))])
        if passage.closest:
            became.append("; no passage came closer")
        self.labelled("", became)

    def source(self, of: Trail | Passage) -> list[Piece]:
        page = self.page
        facts = [Piece(page.text(s, "bold" if i == 0 else "")) for i, s in enumerate((of.outlet, date(of.date))) if s]
        return [*facts, Piece(page.text(of.place, "cyan"), whole=True)]

    def labelled(self, label: str, body: Text) -> None:
        self.page.put(body, first=self.gutter(label), rest=self.gutter(""))

    def gutter(self, label: str) -> Text:
        return self.page.join("", [Text("  "), self.page.sign("bar", self.style), Text(f" {label:<{LABEL}}", "dim")])
