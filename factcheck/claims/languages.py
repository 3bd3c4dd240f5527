"""Which language a text is in, as far as it matters here: English or another one.

A sentence alone often does not say ("Il pleut."; "Die Brücke war in der Nacht gesperrt." has two words that English has too), the
article around it does: in English about every fifth word is one of its commonest, which in other languages hardly ever stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

#: English words that no other language's common words are spelled like, and those that some are.
_SURE = frozenset(
    "the and that this these those with from have been were which would could should their they she his him said says who what when where"
    " than then there about into after before between during while because its it's our your first last some one two three new".split()
)
_SHARED = frozenset(
    "a an of to in on at by for or but as is are was be being has had it he her we i my you not no will can may how also more over under"
    " all up out so if do did am".split()
)
#: Common words of French, German, Spanish, Italian, Portuguese, Dutch, the Scandinavian languages, Polish, Czech, Finnish, Hungarian,
#: Romanian and Turkish.
_FOREIGN = frozenset(
    "le la les et est dans pour une un des du que qui il elle ils sur avec pas par au aux ce cette ces son sa ses ont été sont mais ou"
    " où der die das und ist nicht mit den dem ein eine einen von zu im zum zur auf für sich auch wie wurde wird sind nach bei aus um sie"
    " hat haben nur oder vor über durch seit el los las en con del una uno se su sus lo como más pero está han fue este esta entre desde"
    " muy también hay sin por di che della dello dei degli delle per non sono gli nel nella alla dal dalla anche più è si ma come questo"
    " de het een niet voor zijn naar ook bij aan op uit wordt werd heeft door maar dat dit deze nog te er och att det som är på av med"
    " till inte har ett om från vid efter eller blev var sig kan og ikke fra ved være skal mot etter jest nie na w z się od o że jak po"
    " przez dla oraz był była tym je v za pro byl podle ja ei että oli mutta és az nem hogy egy și să nu cu din care ve bir bu için ile"
    " os uma dos não com em nos foi são pelo pela seu sua".split()
)

#: Signs of another language for each English word, and in how many words, that make a text foreign.
_OUTWEIGH, _DENSITY = 2, 9


def other_language(text: str) -> bool:
    """Whether a sentence by itself is surely in another language than English.

    Signs: other letters; or none of English's commonest words in a long sentence that has letters or words of another language.
    """
    letters = [c for c in text if c.isalpha()]
    if letters and sum(ord(c) > 0x24F for c in letters) > len(letters) / 2:
        return True
    found = _words(text)
    if len(found) < 6 or any(w in _SURE or w in _SHARED for w in found):
        return False
    return sum(w in _FOREIGN for w in found) >= 2 or any(not c.isascii() for c in letters)


def foreign(texts: Iterable[str]) -> bool:
    """Whether an article, given by its sentences, is as a whole in another language than English.

    Capitalised words are no sign of one: "Los Angeles" and "São Paulo" stand in English articles too.
    """
    found = [w for text in texts for w in _WORD.findall(text)]
    signs = sum(w.islower() and (w in _FOREIGN or not w.replace("’", "'").isascii()) for w in found)
    return bool(signs >= 2 and signs * _DENSITY >= len(found) and signs > _OUTWEIGH * sum(w.casefold() in _SURE for w in found))


def english(text: str) -> bool:
    """Whether a sentence has a word that only English has; for the English sentences of an article in another language."""
    return any(w in _SURE for w in _words(text))


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]
