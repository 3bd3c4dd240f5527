"""Lemmas as edits of the written form: a small set of labels that covers the whole language.

"running" -> "run" and "sitting" -> "sit" are both "lower, cut 4 from the end"; "was" -> "be" is "lower, cut 3, add 'be'".
"""

from __future__ import annotations


def lemma_script(form: str, lemma: str) -> str:
    """The edit that makes ``lemma`` of ``form``, as "case:cut:added"; case "l" where the form is lower-cased first, "k" where kept."""
    case, start = ("k", form) if lemma[:1].isupper() else ("l", form.lower())
    same = 0
    while same < min(len(start), len(lemma)) and start[same] == lemma[same]:
        same += 1
    return f"{case}:{len(start) - same}:{lemma[same:]}"


def lemma_of(form: str, script: str) -> str:
    """The lemma that an edit makes of a form, all of it cut where it is shorter than the cut; the form where nothing would be left."""
    case, cut, added = script.split(":", 2)
    start = form if case == "k" else form.lower()
    return (start[: max(0, len(start) - int(cut))] + added) or start
