"""What is not checked, and why: questions, calls to action, boilerplate, opinions, predictions, fragments, other languages.

A rule fires only on plain signs. What it misses is checked in vain; what it wrongly takes would be lost unseen, so doubt means check.
"""

from __future__ import annotations

import re

from factcheck.types import Sentence, SkipReason

_BLOCK_REASONS: dict[str, SkipReason] = {"heading": "heading", "byline": "byline", "caption": "caption", "boilerplate": "boilerplate"}

_CALL = re.compile(
    r"""^(?:(?:and[ ])?please[ ]|so[ ]|then[ ])?
    (sign[ ]up|subscribe|share[ ](your|this)|tell[ ]us|follow[ ]us|send[ ](us|me|your)|click|join[ ](us|the[ ]conversation)|let[ ]us[ ]know
    |write[ ]to|get[ ]in[ ]touch|read[ ](more|also|on)|download|register|donate|support[ ]our|buy[ ](me|us|your)
    |check[ ]out|stay[ ]tuned
    |watch[ ](the|our|this)|listen[ ]to|contact[ ](us|the)|call[ ]us|visit[ ](our|us|www)|e-?mail[ ]us|leave[ ]a[ ]comment|find[ ]out[ ]more
    |do[ ]not[ ]stop|don['’]t[ ]miss
    |was[ ]this[ ](useful|helpful)|if[ ]you[ ](found|liked|enjoyed)|have[ ]your[ ]say|vote[ ]in[ ]our
    |see[ ]also|more[ ]on[ ]this|to[ ]book)\b""",
    re.I | re.X,
)
_CALL_ANYWHERE = re.compile(r"\b(in the comments|our newsletter|follow us on|sign up for|subscribe to|on our channels)\b", re.I)
_BOILERPLATE = re.compile(
    r"""^\W*(advertisement|sponsored|copyright|©|\(c\)[ ]?\d{4}|all[ ]rights[ ]reserved|related([ ]articles?)?:|also[ ]read|read[ ]more
    |this[ ](post|article)[ ](may|might|contains?|includes?)\b.*(affiliate|links?|advert)|we[ ]and[ ]our[ ]\d+[ ]partners
    |.*\buse[ ]cookies\b
    |.*\bmay[ ]not[ ]be[ ](reproduced|republished)\b|terms[ ](of[ ]use|and[ ]conditions)|privacy[ ]policy|subscribers[ ]can
    |about[ ]the[ ]author|editing[ ]by|reporting[ ]by|.*\bfirst[ ]appeared[ ](in|on)\b|additional[ ]reporting|notes[ ]to[ ]editors
    |for[ ](further|more)[ ]information|press[ ]contact|media[ ]contact|-+[ ]?ends?[ ]?-+)""",
    re.I | re.X,
)
_OPINION = re.compile(
    r"""\b(i|we)([ ]\w+)?[ ](think|believe|feel|suspect|hope|wonder|doubt|love|loved|hate|hated|like|liked|prefer|adore
    |admire|enjoyed|fear)\b
    |\b(to[ ]our[ ]eyes|in[ ](my|our)[ ](view|opinion|book|eyes)|if[ ]you[ ]ask[ ](me|us)|to[ ]my[ ]mind|frankly|sadly|thankfully
    |i[ ]call[ ]it
    |let[ ]me[ ]start|shame[ ]on)\b
    |^(and[ ])?what[ ]an?[ ][a-z]+|\b(my|our)[ ](verdict|advice|favou?rite|guess|hunch)\b|\bquite[ ]right[ ]too\b|\bimpressed[ ]by\b
    |\bwe[ ]would[ ]not[ ]expect\b""",
    re.I | re.X,
)
_PREDICTION = re.compile(
    r"""\b(i|we|i['’]d|we['’]d)([ ]would)?[ ](bet|predict|expect|wager|reckon)\b|^(?:[\w -]{1,40}:[ ])?expect[ ](more|to[ ]see|a|an|the)\b
    |\byou[ ](read|heard)[ ]it[ ]here[ ]first\b|\bmark[ ]my[ ]words\b|\bonly[ ]time[ ]will[ ]tell\b|^my[ ](bet|prediction)[ ]""",
    re.I | re.X,
)
_FIRST_PERSON = re.compile(r"^(?:(?:yes|no|so|well|and|but|then),? )?(i|i['’](m|ve|d|ll)|my|we all)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENGLISH = frozenset(
    "the a an of to in on at by for with from and or but as is are was were be been being has have had it its this that these those he she"
    " they his her their we our you your i my not no will would can could may which who what when where than then there also more about"
    " into after before over under between during all some one two three said says new first last up out so if"
    " how".split()
)


def skip_reason(sentence: Sentence) -> SkipReason | None:
    """Why a sentence is not checked, or None if it is."""
    if sentence.kind in _BLOCK_REASONS:
        return _BLOCK_REASONS[sentence.kind]
    text = sentence.text.strip(" \"'“”‘’()[]*_-–—•")
    if not text or _BOILERPLATE.match(text):
        return "boilerplate"
    if sentence.text.rstrip(" \"'”’)]").endswith("?"):
        return "question"
    if _CALL.match(text) or _CALL_ANYWHERE.search(text):
        return "call_to_action"
    if other_language(text):
        return "other_language"
    if len(_WORD.findall(text)) < 3:
        return "too_short"
    if _PREDICTION.search(text):
        return "prediction"
    quoted = sentence.text.lstrip().startswith(("“", '"', "‘", "«"))
    if not quoted and (_OPINION.search(text) or (_FIRST_PERSON.match(text) and not re.search(r"\d", text))):
        return "opinion"
    if len(text) > 1200:
        return "too_long"
    return None


def other_language(text: str) -> bool:
    """Whether a sentence is in another language than English: other letters, or none of English's commonest words in a long one."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum(ord(c) > 0x24F for c in letters) > len(letters) / 2:
        return True
    found = [w.casefold() for w in _WORD.findall(text)]
    return len(found) >= 8 and not any(w in _ENGLISH for w in found)
