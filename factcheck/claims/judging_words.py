"""Words that judge: predicates by which a sentence says what to think of a thing, and nothing that another newsroom could look up.

Drawn up by hand for news prose and kept narrow. Words that can name a state, a measurement or a finding are left out, much as they may
judge elsewhere: 'safe', 'effective', 'successful', 'serious', 'critical', 'wrong', 'illegal', 'unclear', 'strong', 'high'.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Adjectives that judge whatever they are said of.
ADJECTIVES = _words(
    """good better best greatest excellent brilliant superb splendid wonderful marvellous marvelous magnificent fantastic fabulous
    terrific amazing astonishing astounding stunning breathtaking extraordinary remarkable exceptional impressive admirable
    commendable laudable praiseworthy exemplary inspiring uplifting heartening heartwarming encouraging promising reassuring
    delightful charming lovely beautiful gorgeous elegant graceful magical thrilling exciting compelling captivating gripping
    fascinating intriguing memorable unforgettable masterful masterly dazzling spectacular sublime perfect sensible wise prudent
    shrewd clever smart reasonable justified understandable deserved worthwhile worthy noble heroic courageous brave bold ambitious
    visionary ingenious refreshing enjoyable pleasant pleasing satisfying gratifying rewarding priceless invaluable indispensable
    vital crucial important paramount pivotal decisive key historic momentous monumental iconic legendary kind thoughtful generous
    careful useful helpful handy bad worse worst terrible awful horrible dreadful appalling atrocious abysmal disastrous
    catastrophic calamitous lamentable deplorable despicable disgraceful shameful scandalous outrageous shocking horrifying horrific
    sickening disgusting revolting repugnant repulsive vile odious abhorrent monstrous cruel inhumane brutal callous heartless
    cynical hypocritical absurd ridiculous ludicrous laughable farcical preposterous nonsensical senseless pointless futile
    meaningless hopeless pathetic pitiful miserable sad tragic heartbreaking devastating depressing dispiriting disheartening
    discouraging disappointing unacceptable intolerable inexcusable unforgivable indefensible unjustifiable unjust unfair
    unreasonable irresponsible foolish silly stupid idiotic naive short-sighted shortsighted misguided inept clumsy dull boring
    tedious bland mediocre lacklustre lackluster uninspired uninspiring underwhelming overrated underrated ugly hideous tasteless
    vulgar tacky annoying irritating infuriating frustrating maddening embarrassing humiliating awkward worrying worrisome troubling
    disturbing alarming unsettling unnerving frightening scary terrifying chilling ominous sinister grim bleak dire gloomy sobering
    daunting harsh reprehensible clear obvious evident plain unmistakable undeniable indisputable inescapable surprising
    unsurprising striking noteworthy telling revealing interesting curious odd strange weird bizarre puzzling baffling ironic
    paradoxical difficult easy tricky tough challenging complicated complex messy delicate mixed relevant irrelevant profound
    dramatic seismic unthinkable unimaginable incredible unbelievable unfortunate regrettable timeless woeful deafening delicious
    flawed misplaced toothless spineless heavy-handed half-hearted half-baked ill-advised ill-conceived ill-judged ill-timed
    well-judged far-fetched far-sighted overblown overdone unconvincing convincing persuasive implausible unrealistic unworkable
    untenable unhelpful unwise insulting patronising condescending arrogant smug petty timid cowardly shabby sloppy lazy greedy
    selfish shameless brazen tone-deaf inexplicable incomprehensible unfathomable mystifying perverse grotesque surreal hilarious
    funny witty amusing entertaining poignant haunting eerie stylish sleek chic cute cosy cozy sumptuous tasty exquisite stellar
    sensational phenomenal mesmerising mesmerizing riveting irresistible enviable formidable matchless peerless second-rate
    first-rate top-notch soulless heartfelt fatuous inane trite predictable formulaic muddled confusing perilous precarious fraught
    thorny intractable insurmountable unenviable thankless magnanimous gracious classy dignified undignified unseemly unbecoming
    unworthy distasteful sordid evasive""",
)

#: Adjectives that judge only beside a noun: volunteers may be welcome, pay overdue, a permit outstanding and a risk greater.
BESIDE = _words("welcome outstanding overdue useless worthless great greater dangerous")

#: Things of which an adjective tells a state or a finding: a clear road, a bad crop, a decisive vote.
_STATES = {
    adjective: _words(things)
    for adjectives, things in {
        "clear plain grim gloomy": """road street track line runway way path lane sky weather water air skin lung scan test image night day
            morning""",
        "good bad better worse perfect mixed": """road weather water air visibility image sample harvest crop he she condition health
            patient review reaction reception rating grade mark feedback wound
            injury damage cut burn""",
        "complicated complex difficult tough clever smart bold": "surgery operation fracture injury pregnancy meter phone number",
        "decisive crucial key vital": "vote goal penalty ballot ruling set leg game match signature testimony",
        "historic iconic": "building house church town street centre center bridge monument",
    }.items()
    for adjective in adjectives.split()
}

#: Nouns that judge what they are said of.
NOUNS = _words(
    """shame disgrace scandal outrage travesty farce joke mockery insult nightmare disaster catastrophe tragedy fiasco debacle mess
    shambles mistake blunder folly madness nonsense rubbish lunacy absurdity embarrassment humiliation disappointment letdown pity
    betrayal injustice miracle marvel wonder triumph masterpiece masterstroke delight pleasure joy blessing godsend
    privilege inspiration revelation milestone breakthrough gamechanger game-changer no-brainer must-see gamble challenge
    problem headache dilemma puzzle surprise irony paradox testament reminder lesson bliss hell heaven paradise chaos necessity
    understatement hypocrisy coincidence must genius legend coward fool monster villain hero answer eyesore nuisance""",
)

#: Of these things some of the nouns above name a kind.
_KINDS = {noun: _words("play opera film movie book novel drama show") for noun in ("tragedy", "farce")}

#: 'At a crossroads', 'beyond belief': phrases that judge as predicates.
PHRASES = frozenset(
    {
        ("at", "crossroad"), ("at", "crossroads"), ("out", "touch"), ("in", "tatter"), ("in", "tatters"), ("in", "disarray"),
        ("beyond", "belief"), ("beyond", "reproach"), ("beyond", "dispute"), ("beyond", "comparison"), ("beneath", "contempt"),
        ("below", "par"), ("on", "wall"), ("of", "essence"),
    }
)  # fmt: skip

#: Nouns that say little themselves: with a judging word alone beside them they judge ('a bold step', 'a useful drug', 'bad news').
BLAND = _words(
    """thing idea notion question issue matter story tale sign signal step move way case example news message point reality truth picture
    result outcome start end beginning attempt effort approach strategy plan decision choice option argument day evening night morning
    moment time place spot world life experience feeling sight sound view scene spectacle man woman person people guy figure character
    team side player car machine book film movie album song show play performance display game match product design work piece job drug
    medicine tool device service system bargain deal compromise budget policy speech answer reply response shift change transformation
    part blow boost call changer opportunity chance achievement feat contribution lesson reminder gesture moment bit""",
)

#: Of these a superlative is a rank that can be looked up ('their best result').
RANKED = _words("result start year month week day time performance place")

#: What may stand beside a bland noun and adds nothing.
FILLERS = _words(
    """only own other whole real true such same more most less least very main sole single mere sheer so too rather quite truly really
    just simply merely hardly barely always never still now today all one little big small true long""",
)

#: 'A turning point', 'a wake-up call', 'a textbook example': words that make a bland noun judge, as if adjectives.
MAKING = frozenset(
    {
        ("turning", "point"), ("low", "point"), ("high", "point"), ("up", "call"), ("wake-up", "call"), ("game", "changer"),
        ("textbook", "example"), ("textbook", "case"), ("prime", "example"), ("bright", "spot"), ("sore", "point"), ("moot", "point"),
        ("wasted", "opportunity"), ("missed", "opportunity"), ("missed", "chance"), ("open", "question"), ("right", "direction"),
        ("right", "way"), ("wrong", "way"), ("right", "decision"), ("wrong", "decision"), ("right", "choice"), ("wrong", "choice"),
        ("right", "move"), ("wrong", "move"), ("right", "step"), ("big", "deal"), ("hard", "way"), ("right", "thing"), ("wrong", "thing"),
    }
)  # fmt: skip

#: 'Part of the answer', 'a matter of taste': two nouns that judge together.
OF_NOUNS = frozenset(
    {
        ("part", "answer"), ("part", "problem"), ("part", "solution"), ("part", "story"), ("part", "picture"), ("half", "story"),
        ("half", "battle"), ("matter", "taste"), ("matter", "opinion"), ("matter", "time"), ("matter", "pride"), ("matter", "principle"),
        ("question", "time"), ("food", "thought"), ("waste", "time"), ("waste", "money"), ("breath", "air"), ("leap", "faith"),
        ("sign", "time"), ("tip", "iceberg"), ("cause", "concern"), ("cause", "celebration"), ("step", "direction"), ("end", "era"),
    }
)  # fmt: skip

#: Subjects with an adjective that only together judge.
PAIRS = frozenset(
    {
        ("stake", "high"), ("danger", "real"), ("threat", "real"), ("anger", "real"), ("fear", "real"), ("pain", "real"),
        ("bar", "high"), ("lesson", "simple"), ("answer", "simple"), ("message", "simple"), ("reason", "simple"), ("logic", "simple"),
        ("question", "simple"), ("choice", "simple"), ("truth", "simple"), ("patience", "thin"),
    }
)  # fmt: skip

#: Verbs that judge with whatever they take, and verbs that judge without an object: whom a bank disappointed can be looked up.
VERBS = _words("matter deserve suffice")
ALONE = _words("disappoint impress dazzle captivate beckon beguile underwhelm enthral enthrall astonish astound")

#: Verbs that judge with these objects, or words as objects.
VERB_OBJECTS: dict[str, frozenset[str]] = {
    "make": _words("sense mockery"),
    "miss": _words("point mark"),
    "raise": _words("bar eyebrow"),
    "set": _words("tone bar"),
    "defy": _words("belief logic reason description"),
    "beggar": _words("belief"),
    "strike": _words("chord balance"),
    "hit": _words("nail"),
    "speak": _words("volume"),
    "flip": _words("script"),
    "rewrite": _words("rule rulebook"),
    "change": _words("game everything"),
    "give": _words("hope pause"),
    "offer": _words("hope"),
    "take": _words("courage gut nerve"),
    "prove": _words("point"),
    "ring": _words("hollow"),
}

#: Verbs that join a judging adjective or noun to their subject, and verbs whose object says what the subject is.
LINKING = _words("seem appear look feel sound remain become prove")
EQUATING = _words("represent mark constitute remain become prove undergo")

#: 'There is no excuse'; and what one has or leaves: 'they have little choice'.
SCANT = _words("no little much every scant ample")
HELD = _words("excuse denying point sense shame wonder mistake substitute choice patience appetite")
HAD = _words("excuse choice patience appetite shame")

#: 'Worth a visit', 'worth the trouble'.
WORTH = _words("it visit look read reading wait waiting effort trouble try trip journey while remembering repeating noting watching fight")
#: '… cannot be overstated'.
STATED = _words("overstate overestimate exaggerate understate underestimate")
#: 'There is much to admire', 'leaves much to be desired'.
MUCH = _words("much little plenty lot nothing")
LIKED = _words("admire like love enjoy celebrate cheer fear dislike lose gain learn applaud praise criticise criticize regret desire")
#: 'Too early to say', 'too little, too late'.
TOO = _words("early late soon little much long")

#: Who 'should' do what somebody thinks right; what patients or owners should do is advice, and a fact of a notice.
INSTITUTIONS = _words(
    """we government council minister ministry parliament congress senate mayor president chancellor company firm regulator bank party
    club league world politician editor city state country commission union police court board"""
)

#: Verbs that judge with how they are done ('played badly').
DOINGS = _words("play behave act sing dance speak write age handle read")
HOW = _words(
    """brilliantly beautifully superbly wonderfully badly poorly terribly well admirably splendidly perfectly flawlessly impeccably
    magnificently disgracefully shamefully foolishly bravely horribly appallingly dreadfully gracefully wisely"""
)

#: What 'should' foretells rather than asks for.
FORETOLD = _words(
    """arrive reach reopen resume return finish complete last cost take become begin start end open appear land expect receive contain
    include show read weigh face measure ready available able possible""",
)

#: Words for figures and dates that the analysis may not mark as such.
COUNTS = _words(
    """half third quarter dozen dozens hundred hundreds thousand thousands million millions billion billions twice double triple tenfold
    majority percent % $ € £ ¥ yesterday tonight tomorrow ago monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december""",
)


def is_state(subject: str, adjective: str) -> bool:
    """Whether an adjective tells the state of such a thing rather than judges it. Both as lemmas."""
    return subject in _STATES.get(adjective, ())


def is_kind(subject: str, noun: str) -> bool:
    """Whether a noun says which kind of thing such a thing is rather than judges it. Both as lemmas."""
    return subject in _KINDS.get(noun, ())
