"""What is not checked, and why: questions, calls to action, boilerplate, opinions, predictions, fragments, other languages.

A rule fires only on plain signs. What it misses is checked in vain; what it wrongly takes would be lost unseen, so doubt means check.
"""

from __future__ import annotations

import re

from factcheck.claims.languages import english, other_language
from factcheck.types import Sentence, SkipReason

#: A longer sentence is a table or a slip of the reader.
MOST_CHARACTERS = 1200

_BLOCK_REASONS: dict[str, SkipReason] = {"heading": "heading", "byline": "byline", "caption": "caption", "boilerplate": "boilerplate"}

_CALL = re.compile(
    r"""^(?:(?:and[ ])?please[ ]|so[ ]|then[ ])?
    (sign[ ]up|subscribe[ ](to|now|here|for)|share[ ](your|this)|tell[ ]us|follow[ ]us|send[ ](us|me|your)|join[ ](us|the[ ]conversation)
    |(click|download|register|donate)[ ](now|here|the|our|your|to|at|for)|let[ ]us[ ]know|write[ ]to|get[ ]in[ ]touch|read[ ](more|also|on)
    |support[ ]our|buy[ ](me|us|your)|check[ ]out|stay[ ]tuned|watch[ ](our|this)|listen[ ]to[ ](our|the[ ]podcast)|contact[ ](us|the)
    |call[ ]us|visit[ ](our|us|www)|e-?mail[ ]us|leave[ ]a[ ]comment|find[ ]out[ ]more|do[ ]not[ ]stop|don['’]t[ ]miss
    |was[ ]this[ ](useful|helpful)|if[ ]you[ ](found|liked|enjoyed)|have[ ]your[ ]say|vote[ ]in[ ]our|see[ ]also|more[ ]on[ ]this
    |to[ ]book)\b""",
    re.I | re.X,
)
_CALL_ANYWHERE = re.compile(r"\b(in the comments below|our newsletter|follow us on|on our channels)\b", re.I)
_BOILERPLATE = re.compile(
    r"""^\W{0,10}(advertisement\W*$|sponsored([ ](content|post))?\W*$|copyright[ ]?(©|\(c\)|\d{4})
    |©|\(c\)[ ]?\d{4}
    |all[ ]rights[ ]reserved|related([ ]articles?)?:|also[ ]read|read[ ]more
    |this[ ](post|article)[ ](may[ ]|might[ ])?contains?[ ](affiliate|advert|sponsored)
    |we[ ]and[ ]our[ ]\d+[ ]partners|(we|this[ ]site)[ ]uses?[ ]cookies
    |(this|the)[ ](article|post|story)[ ](was[ ])?first[ ](appeared|published)
    |terms[ ](of[ ]use|and[ ]conditions)\W*$|privacy[ ]policy\W*$|subscribers[ ]can[ ](download|read)|about[ ]the[ ]author
    |(additional[ ])?(reporting|editing)[ ]by[ ](?-i:[A-Z])[\w ,;.'’-]{0,60}$|notes[ ]to[ ]editors|for[ ](further|more)[ ]information
    |press[ ]contact|media[ ]contact|-+[ ]?ends?[ ]?-+)""",
    re.I | re.X,
)
_REPUBLISHED = re.compile(r"\bmay not be (reproduced|republished|redistributed)\b|\ball rights reserved\b", re.I)
_OPINION = re.compile(
    r"""\b(i|we)([ ]\w+)?[ ](think|believe|feel|suspect|hope|wonder|doubt|love|loved|hate|hated|like|liked|prefer|adore|admire|enjoyed
    |fear)\b
    |\b(to[ ]our[ ]eyes|in[ ](my|our)[ ](view|opinion|book|eyes)|if[ ]you[ ]ask[ ](me|us)|to[ ]my[ ]mind|i[ ]call[ ]it|let[ ]me[ ]start
    |shame[ ]on)\b
    |\bour[ ](hearts|thoughts|prayers|condolences|sympath(y|ies))[ ](is|are|go|goes|were|went)\b
    |\bthis[ ](news)?paper[ ](thinks|believes|hopes|suspects|doubts|regrets|applauds|welcomes|salutes|(will|shall)[ ]miss)\b
    |\bcould(n['’]t|[ ]not)[ ]be[ ](happier|prouder|better|worse|clearer|further|sharper|starker|simpler
    |bleaker|brighter|timelier|more[ ][a-z]+(?![ ]than))\b
    |^(and[ ])?what[ ]an?[ ][^.?!]+!|\b(my|our)[ ](verdict|advice|favou?rite|guess|hunch)\b|\bwe[ ]would[ ]not[ ]expect\b""",
    re.I | re.X,
)
_PREDICTION = re.compile(
    r"""\b(i|we|i['’]d|we['’]d)([ ]would)?[ ](bet|predict|wager|reckon)\b|^(?:[\w -]{1,40}:[ ])?expect[ ](more|to[ ]see)\b
    |\byou[ ](read|heard)[ ]it[ ]here[ ]first\b|\bmark[ ]my[ ]words\b|\bonly[ ]time[ ]will[ ]tell\b|^my[ ](bet|prediction)[ ]""",
    re.I | re.X,
)
_QUOTED = re.compile(r"[“\"«][^”\"»]*[”\"»]?")
_REPORTED = re.compile(r"\b(said|says|told|according to)\b", re.I)
_FIRST_PERSON = re.compile(r"^(?:(?:yes|no|so|well|and|but|then),? )?(i|i['’](m|ve|d|ll)|we all)\b", re.I)
#: What can be checked in what somebody tells of themselves: figures in words, and names.
_FIGURE = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen|(twen|thir|for|fif|six|seven"
    r"|eigh|nine)ty|(dozen|hundred|thousand|million|billion)s?)\b",
    re.I,
)
_NAME = re.compile(r"(?<=[a-z,;:] )(?!I\b)[A-Z]\w")
#: "He died.", but not "She did." and "They said."
_TOLD_IN_TWO_WORDS = re.compile(
    r"(he|she|they|it)[ ](?!(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|says?|said)\b)[a-z]+\W*$",
    re.I,
)


def skip_reason(sentence: Sentence, *, abroad: bool = False) -> SkipReason | None:
    """Why a sentence is not checked, or None if it is. abroad: whether its article is in another language than English."""
    long = len(sentence.text) > MOST_CHARACTERS
    if sentence.kind in _BLOCK_REASONS and not (long and sentence.kind == "heading"):  # headings are analysed, and so must be short
        return _BLOCK_REASONS[sentence.kind]
    if long:
        return "too_long"
    text = sentence.text.strip(" \"'“”‘’()[]*_-–—•·")
    if not text or _BOILERPLATE.match(text) or _REPUBLISHED.search(text):
        return "boilerplate"
    if sentence.asks:
        return "question"
    if _CALL.match(text) or _CALL_ANYWHERE.search(text):
        return "call_to_action"
    if other_language(text) or (abroad and not english(text)):
        return "other_language"
    if len(re.findall(r"[\w.,:%-]*\w", text)) < 3 and not _TOLD_IN_TWO_WORDS.match(text):
        return "too_short"
    return _personal(text, _QUOTED.sub(" ", sentence.text).strip(" ()"))


def _personal(text: str, own: str) -> SkipReason | None:
    """Prediction or opinion in the article's ``own`` words (quotations taken out); what somebody said is a fact of its own."""
    if _REPORTED.search(text):
        return None
    if _PREDICTION.search(own):
        return "prediction"
    if _OPINION.search(own) and not re.search(r"\d", own):
        return "opinion"
    telling = re.search(r"\d", own) or _FIGURE.search(own) or _NAME.search(own)
    return "opinion" if _FIRST_PERSON.match(own) and not telling else None
