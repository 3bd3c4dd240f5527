"""Questions answered by yes or no, turned into statements: 'Is X still Y?' 'No. …' says that X is no longer Y.

A wrong statement would put words into the article's mouth, so anything but a plain question with a plain answer stays a question.
"""

from __future__ import annotations

import re

_KINDS = {**dict.fromkeys(("is", "are", "was", "were"), "be"), **dict.fromkeys(("has", "have", "had"), "have")}
_AUXILIARY = r"is|are|was|were|will|can|could|does|do|did|has|have|had|should|would|may|might|must"
_QUESTION = re.compile(rf"^(?:(?:so|and|but|well),? )?({_AUXILIARY}) (.*[^?])\?+$", re.I)
#: A plain yes or no: not 'No. 10', 'Yes, but …', 'Absolutely not', 'No less than'.
_ANSWER = re.compile(
    r"""^(no(?!\.[ ]?\d)|nope|not[ ](?:so[ ]far|yet|at[ ]all|really|any[ ]?more)|never|yes|yep|absolutely|indeed|of[ ]course)
    (?=$|[.!;:,–—])(?![,–—;:][ ]?(?:but|if|and|though|although|unless|except|in[ ]part|partly|not\b|sa(?:y|id)))[.,!;:]?""",
    re.I | re.X,
)
_PRONOUN = re.compile(r"^(it|he|she|they|there|this|that|we|i) ", re.I)
_DETERMINER = r"the|an?|this|that|these|those|my|your|his|her|its|our|their|all|most"
_MIDDLE = r"still|now|really|already|also|ever"
#: What may open a predicate behind each kind of auxiliary. No prepositions: they belong to the subject as often as not.
_OPENS = {
    "be": rf"{_MIDDLE}|an?|the|going|being|[a-z]+(?:ed|ible|able|ous|ful)|made|built|sold|paid|electric|safe|dead|over|legal|true|open",
    "have": rf"{_MIDDLE}|an?|the|been|[a-z]+ed|made|built|sold|paid|won|lost|cut|risen|fallen|left|gone|become|begun",
    "do": rf"{_MIDDLE}|be|have|get|go|cost|take|make|work|run|stay|come|need|include|allow|help|cover|pay|rise|fall|open|close|start"
    "|end|lead|cause|mean|use",
}
_NOUN = r"(?!(?:any\w*|no\w*|of|at|in|on|for|with|to|by|from|who|which|that|and|or|either|both)\b)[\w'’&-]+"
#: A reader's question in an article speaks of the reader.
_READER = {"i": "you", "my": "your", "me": "you", "we": "you", "our": "your"}


def answer_length(text: str) -> int:
    """Characters of the plain yes or no, with its comma or stop, that a sentence starts with; 0 if it does not."""
    match = _ANSWER.match(text)
    return match.end() if match else 0


def answered(question: str, answer: str) -> str | None:
    """The statement that a yes-or-no answer makes of a question, or None where question or answer is of another form.

    'Is the new Freelander still a Land Rover?', 'No.' -> 'The new Freelander is no longer a Land Rover.'
    """
    asked, said = _QUESTION.match(question.strip(' *_"“”')), _ANSWER.match(answer.strip())
    if not asked or not said or re.search(r"\b(you|not|n't|never|no)\b", asked.group(2), re.I):
        return None
    auxiliary = asked.group(1).lower()
    rest = re.sub(r"\b(I|my|me|we|our)\b", lambda m: _READER[m.group(1).lower()], asked.group(2).strip(), flags=re.I)
    subject, predicate = _parts(auxiliary, rest)
    if not subject or not predicate:
        return None
    negative = re.match(r"no|never", said.group(1), re.I) is not None
    # 'Did it rain? Yes.': the plain past would need a lexicon; 'did' stresses it, and stays right.
    verb = "" if auxiliary == "do" and not negative else auxiliary + (" not" if negative else "")
    if negative and predicate.lower().startswith("still "):
        verb, predicate = auxiliary, f"no longer {predicate[6:]}"
    yet = " so far" if said.group(1).lower() in ("not so far", "not yet") else ""
    text = " ".join(f"{subject} {verb} {predicate}{yet}".split()).replace(" can not ", " cannot ")
    return text[0].upper() + text[1:] + "."


def _parts(auxiliary: str, rest: str) -> tuple[str, str]:
    """Subject and predicate of what follows the auxiliary; empty where they cannot be told apart."""
    match = _PRONOUN.match(rest) or re.match(r"^(you) ", rest)
    if match is None:
        opens = _OPENS[_KINDS.get(auxiliary, "do")]
        match = re.match(rf"((?:(?:{_DETERMINER}) )?{_NOUN}(?: {_NOUN}){{0,4}}?) (?=(?:{opens})\b)", rest, re.I)
    if match is None or re.fullmatch(_DETERMINER, match.group(1), re.I):
        return "", ""
    return match.group(1), rest[match.end() :].strip()
