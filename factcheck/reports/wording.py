"""A finding in a few sentences of plain text on one line, for formats that show one message for each."""

from __future__ import annotations

from collections.abc import Callable

from factcheck.reports import clean, telling
from factcheck.reports.phrases import confidence, counted, date
from factcheck.reports.voice import untold
from factcheck.types import Article, Evidence, Finding, Report, Verdict

#: What each verdict means, in a line.
MEANING: dict[Verdict, str] = {
    "contradicted": "Another article denies this claim and none states it.",
    "disputed": "Some of the other articles state this claim, others deny it.",
    "unsupported": "No other article settles this claim.",
    "supported": "Another article states this claim and none denies it.",
}
#: What an editor may do about it.
ADVICE: dict[Verdict, str] = {
    "contradicted": "Compare the words on both sides: correct the claim, or say on whose word it rests.",
    "disputed": "Compare the words of all sides and their dates: say who says what, or find out which is right.",
    "unsupported": "The claim may be right and new: make sure that somebody has checked it elsewhere.",
    "supported": "Nothing needs to be done; articles that copy each other count as one source.",
}


def shown(text: str) -> str:
    """An article's words on one line, with nothing in them that acts on a terminal or on reading order."""
    return clean.terminal(clean.one_line(text)).strip()


def quoted(text: str) -> str:
    """:func:`shown`, in quotation marks."""
    return f"“{shown(text)}”"


def source(article: Article) -> str:
    """Outlet and day of an article as they are cited ("Coast Wire, 14 Mar 2026"), cleaned."""
    return ", ".join(shown(part) for part in (article.name, date(article.date)) if part)


def message(
    report: Report,
    finding: Finding,
    *,
    escape: Callable[[str], str] = str,
    cite: Callable[[str, Evidence], str] = lambda label, _: label,
) -> str:
    """Verdict, how sure, the claim, and the strongest words of each side; nothing that a path or a line would say.

    escape: what the format does to literal text (the words of articles come cleaned); cite: makes a reference of the escaped name of
    a source.
    """

    def passage(head: str, evidence: Evidence) -> str:
        named = cite(escape(source(report.articles[evidence.article].article)), evidence)
        reason = f" ({shown(evidence.reason)})" if evidence.reason else ""
        return f"{head} {named}: {escape(_ended(quoted(evidence.quote) + reason))}"

    sentences = [escape(_ended(f"{finding.verdict.capitalize()} ({'; '.join(_facts(finding))}): {quoted(finding.claim.text)}"))]
    for relation, label in telling.SIDES.items():
        side = [e for e in finding.evidence if e.relation == relation]
        if side:
            sentences.append(passage(label.capitalize(), side[0]))
        if len(side) > 1:
            sentences.append(f"And {counted(len(side) - 1, 'more passage')}.")
    if finding.verdict == "unsupported":
        sentences.append(MEANING["unsupported"])
    if finding.nearest is not None:
        sentences.append(passage("Closest:", finding.nearest))
    if finding.missing:
        named = ", ".join(f"{m.kind} {quoted(m.words)}" for m in finding.missing)
        sentences.append(escape(_ended(f"Missing there: {named}")))
    return " ".join(sentences)


def _facts(finding: Finding) -> list[str]:
    facts = [*map(shown, telling.why_aside(finding)), confidence(finding.confidence)]
    if finding.conflict not in (None, "other"):
        facts.append(f"differs in {finding.conflict}")
    if finding.outdated:
        facts.append("outdated")
    return [*facts, *(shown(fact) for fact in (telling.one_origin(finding), untold(finding.claim)) if fact)]


def _ended(sentence: str) -> str:
    """With a full stop, unless its last quote ends in one."""
    return sentence if sentence.endswith((".”", "!”", "?”")) else f"{sentence}."
