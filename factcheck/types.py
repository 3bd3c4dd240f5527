"""The values that travel through the tool: frozen, and every quote a view into one article's text.

Offsets are Unicode code points of :attr:`Article.text`, half-open: ``text[start:end]``. The text is never edited after reading.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["supported", "contradicted", "disputed", "unsupported"]
Relation = Literal["supports", "contradicts"]
BlockKind = Literal["heading", "paragraph", "item", "quote", "caption", "byline", "boilerplate"]
SkipReason = Literal[
    "opinion",
    "question",
    "prediction",
    "call_to_action",
    "boilerplate",
    "caption",
    "byline",
    "heading",
    "other_language",
    "too_short",
    "too_long",
]
#: How a speaker stands to what is said. said: neutral report of a statement or finding; denied: the speaker says that it is not so;
#: alleged: a charge or claim that the report does not vouch for; believes, expects, plans, hopes, fears: a state of mind, what is
#: planned or expected need not come; asked: a question, nothing is stated.
Stance = Literal["said", "denied", "alleged", "believes", "expects", "plans", "hopes", "fears", "asked"]

#: Arithmetic of a model: "mixed", float32 whose matrix products the processor's bf16 units do where it has them (elsewhere float32);
#: "float32", the reference; "bfloat16", all of it in half precision.
PRECISIONS = ("mixed", "float32", "bfloat16")

#: What a conflict is over.
Conflict = Literal["number", "date", "name", "place", "status", "role", "negation", "attribution", "modality", "other"]

#: Why a passage cannot support a claim: it is no source of its own, says less than the claim, or speaks of something else.
Rule = Literal[
    "carries the same text with changes",
    "quotes the same words",
    "cites the claim's article",
    "quotes it with other words",
    "gives the words to another speaker",
    "says only that it may be or is planned",
    "only reports what somebody says",
    "says it of some of them only",
    "has another figure",
    "speaks of another time",
]

#: Rules by which a passage cannot deny a claim either.
NO_DENIAL: frozenset[Rule] = frozenset({"speaks of another time"})

#: The stages of a run, as its progress is told by name, in words for people.
STAGES = {
    "load": "loading the model",
    "read": "reading articles",
    "split": "finding claims",
    "scout": "comparing claims",
    "judge": "judging claims",
}

#: Worst first: the order in which findings are shown.
VERDICTS: tuple[Verdict, ...] = ("contradicted", "disputed", "unsupported", "supported")
#: Those that an editor must look at.
ALARMS: tuple[Verdict, ...] = ("contradicted", "disputed")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of one article's text, in code points. Raises ValueError unless 0 <= start < end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like part of an article, as its reader saw it: one run of prose that no sentence crosses."""

    span: Span
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read.

    text: the one copy of its text; for plain text and Markdown the decoded file itself, so offsets are offsets into the file.
    path: where it came from, as the user wrote it ("-" for standard input). blocks: its prose in order; text outside all blocks
    (front matter, ads) is not prose. hidden: markup inside blocks (emphasis marks, link targets), and comments anywhere, sorted,
    disjoint; such code points are part of quotes but not of a claim's words. encoding: of the bytes read; encoding_source: how it was
    found.
    """

    text: str
    path: str = ""
    title: str | None = None
    outlet: str | None = None
    date: dt.date | None = None
    url: str | None = None
    kind: str = "text"
    blocks: tuple[Block, ...] = ()
    hidden: tuple[Span, ...] = ()
    encoding: str = "utf-8"
    encoding_source: Literal["given", "bom", "declared", "utf-8", "guessed"] = "given"
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a person calls it: outlet, else title, else path."""
        return self.outlet or self.title or self.path or "untitled article"

    @property
    def plain(self) -> bool:
        """Whether offsets are offsets into the file, so that line and column mean something to a text editor."""
        return self.kind in ("text", "markdown")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article's prose. text: its words without markup, white space collapsed. kind: of the block it stands in."""

    span: Span
    text: str
    kind: BlockKind = "paragraph"

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.text.rstrip(" \"'”’)]*_").endswith("?")


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement of an article.

    text: a standalone sentence. spans: the code-point ranges of the article's words it is made of, sorted.
    quote: the smallest stretch of the article that holds them all. ambiguous: whether it is left open of whom or what it speaks
    ("They have not said so"), so that nothing in another article can deny it unless it has a figure.
    stance: how a speaker is reported to stand to what the claim tells; None where the article says it in its own voice. The claim is
    either what was said, told alone ("The ferry is safe."), or that it was said, which then is in its text ("The mayor denied that the
    ferry is safe."). speaker: who that is, by the fullest name that the article surely has for them, else in the article's words ("two
    people familiar with the matter", "he"); None where nobody is named ("is alleged to have").
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    quote: str
    id: str = ""
    ambiguous: bool = False
    speaker: str | None = None
    stance: Stance | None = None

    @property
    def start(self) -> int:
        """First code point of the quote."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """One past the last code point of the quote."""
        return max(end for _, end in self.spans)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch of prose that is not checked, and why."""

    span: Span
    quote: str
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of another article that settles a claim one way.

    article: its number in :attr:`Report.articles` or, from 0, in the sources given to ``verify``. quote equals that article's
    ``text[start:end]``. score: the calibrated probability of the relation, 0..1, 3 decimals. reason: what a comparison of their figures
    says, in a line, where there is one, or that the passage settles the claim only together with another of its article.
    """

    article: int
    span: Span
    quote: str
    relation: Relation
    score: float
    context: Span | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Considered:
    """A passage that a claim was compared with, whatever came of it.

    article, span, quote: where it stands. support, contradiction: probabilities, 0..1, 3 decimals, with which it states and denies the
    claim. read_by: "model", or "scout" where a small model saw that the large one need not read it. may_deny: False where its article is
    too old to deny the claim. rule: why it cannot support the claim, if anything forbids it.
    """

    article: int
    span: Span
    quote: str
    support: float
    contradiction: float
    read_by: Literal["model", "scout"] = "model"
    may_deny: bool = True
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a claim that no passage has. words: as the claim writes it; of a missing subject its names, or its main words."""

    kind: Literal["subject", "figure", "actor", "date", "place"]
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim's verdict against the other articles.

    support, contradiction: probability that the sources, taken together, support or deny the claim, 0..1, 3 decimals.
    confidence: of the verdict shown, 0..1. evidence: strongest first, contradictions before supports.
    nearest: for an unsupported claim the passage that came closest. outdated: whether what denies the claim tells a later state of
    things. conflict: what a denied claim and its strongest denial differ in. missing: for an unsupported claim what no passage has; nothing
    if the sources speak of all of it and settle it neither way. origins: how many independent sources the evidence on each side goes back
    to, supports first. considered: all passages that the claim was compared with, those with most to say first.
    known: whether the baseline has it. ignored: the reason for which an editor ignores it.
    """

    claim: Claim
    verdict: Verdict
    confidence: float
    support: float
    contradiction: float
    evidence: tuple[Evidence, ...] = ()
    nearest: Evidence | None = None
    outdated: bool = False
    conflict: Conflict | None = None
    missing: tuple[Missing, ...] = ()
    origins: tuple[int, int] = (0, 0)
    considered: tuple[Considered, ...] = ()
    known: bool = False
    ignored: str | None = None

    @property
    def set_aside(self) -> bool:
        """Whether an editor has dealt with it: it is known or ignored. Such a finding is no alarm and gives no exit code."""
        return self.known or self.ignored is not None

    @property
    def alarming(self) -> bool:
        """Whether an editor must look at it: contradicted or disputed, and not set aside."""
        return self.verdict in ALARMS and not self.set_aside


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """One article with its findings in text order and what was skipped. checked: share of its prose that was checked, 0..1.

    A source given with ``--against`` is read but not checked: ``source_only``.
    """

    article: Article
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    checked: float = 0.0
    source_only: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be used: its path and the error's code, problem and next step."""

    path: str
    code: str
    problem: str
    step: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model judged: its name, the sha256 of its weights, and the precision it ran in."""

    name: str
    sha256: str
    precision: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run.

    failures: inputs that could not be used; passed_over: files in a folder that are no articles; notes: what a reader must know about
    the run as a whole (copies among the articles, nothing to compare with). origins: independent sources among all articles, a text and
    its copies counting once.
    """

    articles: tuple[CheckedArticle, ...]
    model: ModelInfo
    version: str
    failures: tuple[Failure, ...] = ()
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    settings: dict[str, float | int | str] = field(default_factory=dict)
    origins: int = 0

    def count(self, verdict: Verdict) -> int:
        """How many claims have this verdict, over all articles."""
        return sum(f.verdict == verdict for a in self.articles for f in a.findings)
