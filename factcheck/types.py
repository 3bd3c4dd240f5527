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

#: Arithmetic of a model: "mixed", float32 whose matrix products the processor's bf16 units do where it has them (elsewhere float32);
#: "float32", the reference; "bfloat16", all of it in half precision.
PRECISIONS = ("mixed", "float32", "bfloat16")

#: Worst first: the order in which findings are shown.
VERDICTS: tuple[Verdict, ...] = ("contradicted", "disputed", "unsupported", "supported")


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
    (front matter, ads) is not prose. hidden: markup inside blocks (emphasis marks, link targets), sorted, disjoint; such code
    points are part of quotes but not of a claim's words. encoding: of the bytes read; encoding_source: how it was found.
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
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    quote: str
    id: str = ""
    ambiguous: bool = False

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
    ``text[start:end]``. score: the calibrated probability of the relation, 0..1, 3 decimals.
    """

    article: int
    span: Span
    quote: str
    relation: Relation
    score: float
    context: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim's verdict against the other articles.

    support, contradiction: probability that the sources, taken together, support or deny the claim, 0..1, 3 decimals.
    confidence: of the verdict shown, 0..1. evidence: strongest first, contradictions before supports.
    nearest: for an unsupported claim the passage that came closest.
    """

    claim: Claim
    verdict: Verdict
    confidence: float
    support: float
    contradiction: float
    evidence: tuple[Evidence, ...] = ()
    nearest: Evidence | None = None


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
    the run as a whole (copies among the articles, nothing to compare with).
    """

    articles: tuple[CheckedArticle, ...]
    model: ModelInfo
    version: str
    failures: tuple[Failure, ...] = ()
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    settings: dict[str, float | int | str] = field(default_factory=dict)

    def count(self, verdict: Verdict) -> int:
        """How many claims have this verdict, over all articles."""
        return sum(f.verdict == verdict for a in self.articles for f in a.findings)
