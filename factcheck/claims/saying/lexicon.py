"""Words that report: verbs, adjectives, nouns and adverbs, each with the stance that it gives the speaker.

Drawn up for news prose from the classes of VerbNet (say-37.7, tell-37.2, conjecture-29.5) and of FactBank's source-introducing
predicates, narrowed to words that seldom mean anything else with a clause as their complement.
"""

from __future__ import annotations

from factcheck.types import Stance


def _table(rows: dict[Stance, str]) -> dict[str, Stance]:
    return {word: stance for stance, words in rows.items() for word in words.split()}


#: Verbs with a finite clause ("said that …", "asked whether …") or a quotation.
VERBS = _table(
    {
        "said": (
            "say tell announce confirm admit add warn insist argue write tweet report note state declare explain reveal"
            " disclose acknowledge concede stress emphasise emphasize reply respond answer remark comment observe mention"
            " repeat reiterate assert maintain contend assure inform advise testify conclude find show suggest indicate"
            " agree estimate calculate hint boast complain caution affirm remind notify recall underline highlight clarify"
            " rule proclaim certify confide reassure recount summarise summarize opine"
        ),
        "denied": "deny dispute refute reject",
        "alleged": "allege claim accuse purport",
        "believes": "believe think feel suspect reckon assume doubt",
        "expects": "expect predict forecast anticipate foresee project",
        "plans": "promise pledge vow threaten plan intend propose",
        "hopes": "hope",
        "fears": "fear worry",
        "asked": "ask wonder inquire enquire query question",
    }
)
#: Verbs that report only with their particle.
PARTICLE_VERBS: dict[tuple[str, str], Stance] = {("point", "out"): "said", ("spell", "out"): "said", ("make", "clear"): "said"}
#: Verbs that report only with a quotation.
QUOTING: dict[str, Stance] = _table(
    {"said": "continue joke quip shout yell whisper sigh mutter exclaim cry laugh read post begin", "asked": "demand"}
)
#: Verbs with a bare infinitive of their own subject ("plans to open") and those with a subject of the infinitive ("expects it to fall").
TO_INFINITIVE = frozenset("plan intend aim vow pledge promise threaten propose hope expect claim purport".split())
AIMS: dict[str, Stance] = {"aim": "plans"}
OBJECT_INFINITIVE = frozenset("expect predict forecast project believe anticipate".split())
#: Verbs whose object is what is to come ("expects a loss", "promised a review"), and objects of "deny" that stand for a statement.
OF_THINGS = frozenset("expect predict forecast anticipate foresee promise pledge".split())
DENIED = frozenset(
    "allegation accusation charge claim report rumour rumor suggestion wrongdoing involvement responsibility liability knowledge".split()
)
#: Verbs with a gerund ("denied taking bribes").
GERUND = frozenset("deny admit report recall acknowledge".split())
#: Passives with an infinitive ("is said to have", "are expected to"). "Told to" and "asked to" report nothing.
RAISING = _table(
    {
        "said": "say report understand estimate find rumour rumor calculate",
        "alleged": "allege claim",
        "believes": "believe think suspect assume consider",
        "expects": "expect predict forecast project anticipate",
        "fears": "fear",
    }
)
#: Verbs of evidence: with "this" or "it" as a subject they are the writer's own reasoning.
EVIDENCE = frozenset("show suggest indicate find reveal confirm prove explain underline highlight".split())
ADJECTIVES = _table(
    {
        "said": "adamant",
        "believes": "confident convinced sure certain positive",
        "hopes": "hopeful optimistic",
        "fears": "afraid concerned worried fearful anxious",
    }
)
#: Nouns with a clause ("the claim that"). What unnamed reports say is no more than alleged.
NOUNS = _table(
    {
        "said": (
            "statement announcement assertion warning admission insistence argument conclusion finding revelation confirmation remark"
            " comment assurance testimony declaration contention"
        ),
        "denied": "denial",
        "alleged": "claim allegation accusation charge rumour rumor report speculation suggestion complaint",
        "believes": "belief view opinion suspicion assumption conviction",
        "expects": "prediction forecast expectation projection",
        "plans": "promise pledge vow threat plan intention",
        "hopes": "hope",
        "fears": "fear worry concern",
        "asked": "question",
    }
)
#: Nouns with an infinitive ("its plan to open").
INFINITIVE_NOUNS = frozenset("promise pledge vow threat plan intention proposal".split())
#: Verbs whose subject makes the statement that their object names ("repeated the claim that", "denied reports that").
MAKING = frozenset("make repeat issue publish release express voice reiterate level".split())
REJECTING = frozenset("deny reject dismiss refute dispute rebuff".split())
#: Governing verbs after which a thing is not said.
REFRAINING = frozenset("decline refuse fail avoid neglect omit forget deny".split())
ADVERBS: dict[str, Stance] = {"reportedly": "said", "allegedly": "alleged", "purportedly": "alleged", "supposedly": "alleged"}
#: Nouns in "in the words of X", "in X's view".
PHRASES: dict[str, Stance] = {"word": "said", "view": "believes", "opinion": "believes"}
#: What things go by rather than who says them ("according to plan").
MEASURES = frozenset(
    "plan schedule size age need type height weight order taste ability mean preference order rank number principle wish script rule"
    " circumstance height length colour color severity income gender sex price".split()
)
#: Bodies before which things are said: the speaker is somebody else ("the court heard that").
HEARERS = frozenset("court inquest jury tribunal inquiry hearing trial committee panel".split())
