"""Questions answered by yes or no, turned into statements: 'Is X still Y?' 'No. …' says that X is no longer Y."""

from __future__ import annotations

import re

_AUXILIARY = r"is|are|was|were|will|can|could|does|do|did|has|have|had|should|would|may|might|must"
_QUESTION = re.compile(rf"^(?:(?:so|and|but|well),? )?({_AUXILIARY}) (.+?)\?+$", re.I)
_ANSWER = re.compile(r"^(no|nope|not (?:so far|yet|at all|really|any ?more)|never|yes|yep|absolutely|indeed|of course)\b[.,!;:]?", re.I)

_PRONOUN = re.compile(r"^(it|he|she|they|we|you|i|there|this|that) ", re.I)
#: Where another subject ends and its predicate starts.
_SUBJECT = re.compile(
    r"""^((?:(?:the|a|an|this|that|these|those|my|your|his|her|its|our|their|any|all)[ ])?(?:[\w'’&-]+[ ])*?[\w'’&-]+)[ ]
    (?=(?:a|an|the|still|now|not|really|already|also|ever|any|one|in|on|at|of|from|to|by|for|with|like|under|over|going|be|been|being
    |have|get|go|cost|take|make|work|run|stay|come|need|include|allow|help|cover|pay|cut|rise|fall|open|close|start|end|lead
    |[a-z]+(?:ed|ing|ible|able|ive|ous|ful|ic|al|ant|ent))\b)""",
    re.I | re.X,
)
#: A reader's question in an article speaks of the reader.
_READER = {"i": "you", "my": "your", "me": "you", "we": "you", "our": "your"}


def is_answer_word(text: str) -> bool:
    """Whether a sentence is nothing but the yes or no of an answer ('Not so far.')."""
    match = _ANSWER.match(text.strip())
    return match is not None and match.end() == len(text.strip())


def answered(question: str, answer: str) -> str | None:
    """The statement that a yes-or-no answer makes of a question, or None where question or answer is of another form.

    'Is the new Freelander still a Land Rover?', 'No.' -> 'The new Freelander is no longer a Land Rover.'
    """
    asked, said = _QUESTION.match(question.strip(' *_"“”')), _ANSWER.match(answer.strip())
    if not asked or not said:
        return None
    auxiliary, rest = asked.group(1).lower(), asked.group(2).strip()
    rest = re.sub(r"\b(I|my|me|we|our)\b", lambda m: _READER[m.group(1).lower()], rest, flags=re.I)
    subject = _PRONOUN.match(rest) or _SUBJECT.match(rest)
    if subject is None:
        return None
    predicate = rest[subject.end() :].strip()
    negative = re.match(r"no|never", said.group(1), re.I) is not None
    yet = " so far" if said.group(1).lower() in ("not so far", "not yet") else ""
    verb = "cannot" if (auxiliary, negative) == ("can", True) else auxiliary + (" not" if negative else "")
    if auxiliary == "do" and not negative:
        verb = ""
    if auxiliary in ("does", "did") and not negative:
        # 'Did it rain? Yes.': the plain past or third person would need a lexicon; 'did' and 'does' stress it, and stay right.
        verb = auxiliary
    if negative and predicate.lower().startswith("still "):
        verb, predicate = auxiliary, f"no longer {predicate[6:]}"
    text = " ".join(f"{subject.group(1)} {verb} {predicate}{yet}".split())
    return text[0].upper() + text[1:] + "."
