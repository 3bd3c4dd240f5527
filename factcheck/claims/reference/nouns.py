"""What kind of thing a noun or a given name stands for: man, woman, person, body, place. Written for this project.

The lists hold only what is clear: a name given to both (Alex, Jean, Kim, Robin, Andrea) is in neither list of given names.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Given names that are men's in nearly every country where they are common. Folded.
MEN = _set(
    """aaron abdul abdullah abel abraham adam adolf adrian ahmad ahmed alan albert aldo alejandro aleksander alessandro alexander alexandre
    alfonso alfred ali allan allen alistair alonso amir anders andre andreas andres andrew andrzej angus anthony antoine anton antonio
    archie ari aristotle arjun armand armando arnold arthur arturo asif augustus axel barack barry bartholomew basil ben benedict benjamin
    bernard bernardo bert bertrand bilal bill billy bjorn bob bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan
    byron callum calvin carl carlo carlos cedric cesar charles charlie chester chris christian christopher chuck clarence claudio clayton
    clement clifford clint clive colin conor conrad craig curtis cyril damian damien dan daniel danny dario darren dave david dean deepak
    denis dennis derek derrick desmond dick diego dieter dietrich dimitri dirk dmitri dominic don donald doug douglas duncan dustin dwight
    dylan earl eddie edgar edmund eduardo edward edwin elias elijah emil emmanuel enrico enrique eric erich erik ernest ernesto ernst
    ethan eugene evan fabio faisal federico felipe felix ferdinand fernando floyd francesco francisco franco francois frank franklin franz
    fred freddie frederic frederick fritz gabriel gareth gary gaston gavin geoff geoffrey george gerald gerard gerhard giacomo gianni
    gilbert giovanni giuseppe glenn gordon graham grant greg gregory guido guillermo gunther gus gustav guy hamid hamza hank hans harald
    harold harris harry harvey hassan hector heinrich helmut henri henrik henry herbert herman hermann hiroshi homer horace howard hubert
    hugh hugo humphrey hussein ian ibrahim ignacio igor imran isaac isaiah ismail ivan ivo jack jackson jacob jacques jaime jake jakob
    james jamie jan jared jason javier jay jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joachim joao joe joel johan johann
    johannes john johnny jon jonas jonathan jorge jose josef joseph josh joshua juan julian julio julius jurgen justin kareem karl kazuo
    keith ken kenji kenneth kevin khalid kieran klaus kofi konstantin kristian kurt kyle lance lars larry lawrence lee len leo leon leonard
    leonardo leopold leroy leslie lewis liam lloyd lorenzo louis luca lucas lucien luigi luis luke luther magnus malcolm manuel marc marcel
    marco marcos marcus mario mark markus marshall martin marvin mateo matt matteo matthew matthias maurice mauricio max maximilian
    mehmet melvin michael michel miguel mikael mike mikhail miles milton mitch mitchell mohamed mohammad mohammed moses muhammad murray
    mustafa nathan nathaniel neil nelson nicholas nick nicolas nicolo nigel niklas nikolai noah noel norman olaf oleg oliver omar orlando
    oscar osman otto owen pablo paddy paolo pascal patrick paul pavel pedro percy pete peter phil philip philippe phillip pierre pieter
    piotr rafael rahul raj rajesh ralph ramon randall randy raoul raul ravi ray raymond reggie reginald rene ricardo richard rick ricky rob
    robbie robert roberto rodney rodrigo roger roland rolf roman romeo ron ronald ronnie rory ross roy rudolf rudolph rufus rupert russell
    ryan salman salvador sam samir samuel sandro sanjay santiago scott sean sebastian serge sergei sergey sergio seth shane shaun sidney
    siegfried sigmund silvio simon solomon stan stanley stefan stefano stephan stephen steve steven stewart stuart sunil suresh sven tariq
    ted terence terrence terry theo theodor theodore thomas tiago tim timothy tobias toby todd tom tomas tommy tony travis trevor tristan
    tyler ulrich umberto vernon victor viktor vincent vincenzo vinod vitor vladimir wallace walter warren wayne werner wesley wilfred
    wilhelm will willem william willie wolfgang xavier yannick yasser yusuf yuri yves zachary hideo takeshi kenta akira satoshi hiroki
    vikram anil ashok ganesh manoj mahesh kwame kwasi sipho thabo olusegun chinedu emeka babajide nnamdi tunde oluwaseun jomo ngozika
    goran zoran milos dusan slobodan nikola radovan bogdan radek tomasz krzysztof pawel jerzy lech vaclav zdenek laszlo istvan ferenc
    sandor gyorgy janos andriy volodymyr oleksandr mykola petro yevgeny gennady anatoly leonid nikita stepan recep tayyip kemal bulent
    ehud yitzhak shimon benyamin moshe menachem avraham mahmoud bashar saddam hosni muammar nuri haider ayman osama""",
)

#: Given names that are women's in nearly every country where they are common. Folded.
WOMEN = _set(
    """abigail ada adela adele adriana agatha agnes aisha alberta alejandra alessandra alexandra alexandria alice alicia alina alison
    allison alma amanda amber amelia amelie amina amy ana anastasia angela angelica angelina anita anja ann anna annabel anne annette
    annie antonia aoife april ariana arlene ashley astrid audrey aurora ava barbara beatrice beatrix becky belinda bella bernadette
    bernice bertha beryl bess beth bethany betsy betty beverley beverly bianca birgit bonnie brenda bridget brigitte britney brooke camila
    camilla candace carla carmen carol carole carolina caroline carolyn carrie catalina catherine cathy cecilia celeste celia charlene
    charlotte chelsea cherie cheryl chiara chloe christa christiane christina christine cindy claire clara clarissa claudia
    colleen concetta connie constance cora cordelia corinne courtney cristina crystal cynthia daisy daniela danielle daphne dawn deborah
    debra deirdre delia denise diana diane dina dolly dolores donna dora doreen doris dorothea dorothy edith edna eileen elaine eleanor
    elena eleni elisa elisabeth elise eliza elizabeth ella ellen ellie elsa elsie emilia emilie emily emma enid erica erika erin esmeralda
    estelle esther ethel etta eugenie eunice eva eve evelyn faith fatima felicia felicity fiona flora florence frances francesca freda
    frieda gabriela gabriella gabrielle gail gemma genevieve georgia georgina geraldine germaine gertrude gillian gina ginger giovanna
    giulia gladys glenda gloria grace greta gretchen guadalupe gwen gwendolyn hannah harriet hattie hazel heather heidi helen helena
    helene helga henrietta hilary hilda hillary holly hope ida ilse imogen ines ingeborg ingrid irena irene irina iris irma isabel
    isabella isabelle isla ivana ivy jacqueline jana jane janet janice janine jasmine jeanette jeanne jenna jennie jennifer jenny jessica
    jill joan joanna joanne jocelyn johanna josefina josephine joy joyce juanita judith judy julia juliana julianne julie juliet juliette
    june justine karen karin karina kate katerina katharina katharine katherine kathleen kathryn kathy katia katie katja katrina katy
    kayla keira kelly khadija kimberly kirsten kirsty kristen kristin kristina lakshmi lara laura lauren leah leila lena leona leonora
    leticia lidia lila lilian liliana lillian lily linda lisa liz liza lois lola loretta lori lorna lorraine louisa louise lucia
    luciana lucille lucinda lucy luisa lydia lynette lynn mabel madeleine madeline madonna mae magdalena maggie maisie malala mandy
    marcella marcia margaret margarita marge margery margot marguerite maria mariah mariam marian marianne marie marietta marilyn marina
    marisa marjorie marlene marsha marta martha martina mary maryam mathilde matilda maud maude maureen mavis maxine maya megan meghan
    melanie melinda melissa mercedes meredith michelle mildred millicent mina mindy minnie mira miranda miriam mitzi moira mollie molly mona
    monica monika monique muriel myra myrtle nadia nadine nancy naomi natalia natalie natasha nell nellie nicola nicole nina noemi nora
    noreen norma octavia odette olga olive olivia ophelia pam pamela patricia patsy patti paula paulina pauline pearl peggy penelope
    penny petra philippa phoebe phyllis polly portia priscilla priyanka queenie rachel raquel rebecca regina renata rhoda rhonda rita
    roberta rosa rosalie rosalind rosalyn rosamund rosanna rose roseanne rosemary rosie roxanne ruby ruth sabina sabine sabrina sadie sally
    salma samantha sandra sara sarah saskia selena selma serena shannon sharon sheila shelley sheryl shirley sibyl sienna sigrid silvia
    simone siobhan sofia sonia sonja sophia sophie stacey stacy stefania stella stephanie sue susan susanna susannah susanne susie suzanne
    svetlana sybil sylvia sylvie tabitha tamara tamsin tania tanya tara tatiana teresa tess tessa thelma theresa therese tiffany tina
    toni tracy trudy uma una ursula valentina valerie vanessa vera verity veronica vicki vicky victoria viola violet virginia vivian
    vivien vivienne wanda wendy whitney wilhelmina wilma winifred winona xenia yasmin yolanda yoko yuki yvette yvonne zara zelda zoe
    akiko ayako haruka keiko michiko naoko sachiko yumi aditi ananya anjali deepika indira kavita lata meena padma pooja priya radha
    rekha sangeeta shanti sita sunita sushma usha adaeze amara chiamaka chimamanda folake funmilayo ngozi oluchi thandiwe wangari zanele
    agnieszka danuta ewa grazyna halina jadwiga katarzyna malgorzata zofia bozena ludmila milena oksana olena snezana vesna yulia tetiana
    ayse emine fatma hatice zeynep golda tzipi ayelet layla zainab samira nour hanan benazir hina shabana""",
)

_TITLES_OF_MEN = _set("mr mister sir lord king prince duke father pope emperor baron sheikh sultan tsar brother fr count")
_TITLES_OF_WOMEN = _set("mrs ms miss mme madame lady dame queen princess duchess empress baroness sister countess")
_KIN_MEN = _set(
    "father son brother husband uncle nephew grandfather grandson stepfather stepson stepbrother boyfriend widower dad godfather"
)
_KIN_WOMEN = _set(
    "mother daughter sister wife aunt niece grandmother granddaughter stepmother stepdaughter stepsister girlfriend widow mum mom godmother"
)

#: Nouns for relatives. Lemmas.
KIN = _KIN_MEN | _KIN_WOMEN | _set("parent child sibling cousin twin spouse family née")

#: Nouns (and words before a name) that stand for a man, and for a woman. Lemmas.
MALE = (
    _set(
        """man boy gentleman guy lad businessman chairman policeman fireman fisherman salesman spokesman sportsman nobleman clergyman monk
    bridegroom schoolboy cowboy patriarch congressman postman headmaster monsieur senor bachelor
    frenchman englishman irishman dutchman scotsman welshman councilman alderman serviceman archbishop cardinal imam""",
    )
    | _KIN_MEN
    | (_TITLES_OF_MEN - {"count"})
)
FEMALE = (
    _set(
        """woman girl actress waitress heroine heiress businesswoman chairwoman policewoman spokeswoman sportswoman noblewoman nun bride
    schoolgirl goddess midwife congresswoman headmistress ballerina hostess stewardess mistress matriarch councilwoman governess""",
    )
    | _KIN_WOMEN
    | _TITLES_OF_WOMEN
)

#: Titles before a name, without their full stop; the gender of those in two of the sets is clear.
TITLES_MEN, TITLES_WOMEN = _TITLES_OF_MEN, _TITLES_OF_WOMEN
TITLES = (
    _TITLES_OF_MEN
    | _TITLES_OF_WOMEN
    | _set(
        """dr doctor prof professor president minister senator governor mayor judge justice captain capt general gen colonel col major maj
        lieutenant lt sergeant sgt admiral commander detective inspector superintendent constable officer representative rep sen gov
        councillor cllr ambassador secretary chancellor premier chairman reverend rev coach archbishop bishop cardinal imam rabbi
        congressman congresswoman deputy marshal corporal private pastor"""
    )
)

#: Nouns for a person of either gender, besides those with one. Lemmas.
PERSON = _set(
    """person child kid baby toddler teenager adult pensioner resident citizen villager neighbour neighbor friend colleague partner spouse
    parent sibling cousin twin relative victim survivor suspect witness defendant plaintiff prisoner inmate hostage refugee migrant
    actor artist author writer poet novelist playwright composer musician singer songwriter rapper drummer guitarist pianist violinist
    conductor dancer painter sculptor photographer filmmaker director producer screenwriter journalist reporter editor columnist critic
    broadcaster presenter anchor blogger comedian model designer architect engineer scientist researcher physicist chemist biologist
    mathematician astronomer economist historian philosopher psychologist sociologist analyst academic scholar professor lecturer teacher
    student pupil graduate headteacher principal doctor physician surgeon nurse dentist paramedic patient psychiatrist vet pharmacist
    lawyer attorney solicitor barrister judge magistrate prosecutor juror politician president premier minister chancellor senator
    congressman governor mayor councillor lawmaker legislator mp deputy ambassador diplomat envoy commissioner secretary treasurer
    candidate nominee incumbent leader activist campaigner protester demonstrator dissident whistleblower lobbyist spokesperson
    spokesman spokeswoman official officer chief boss head executive ceo cfo chairman chairwoman chairperson chair entrepreneur founder
    co-founder owner investor banker trader broker accountant consultant manager supervisor employee worker labourer farmer fisherman
    builder electrician plumber mechanic driver pilot captain sailor soldier general colonel major lieutenant sergeant commander admiral
    officer policeman detective inspector superintendent constable firefighter ranger guard spy agent hacker thief robber killer murderer
    attacker gunman shooter criminal offender player footballer goalkeeper striker midfielder defender winger coach trainer referee
    athlete runner swimmer cyclist boxer golfer skier sprinter gymnast jockey racer wrestler batsman bowler pitcher quarterback champion
    winner finalist medallist olympian fan supporter volunteer customer passenger tourist traveller visitor guest host tenant landlord
    shopkeeper chef cook baker butcher waiter bartender hairdresser cleaner builder astronaut explorer climber monarch ruler emperor
    aristocrat heir successor predecessor veteran pioneer inventor hero believer priest pastor bishop rabbi imam saint prophet
    cleric preacher theologian protagonist character narrator rival opponent ally aide adviser advisor assistant deputy lieutenant
    applicant recruit apprentice intern expert specialist technician librarian curator archivist clerk mayor-elect president-elect""",
)

#: Nouns for a body of people. Lemmas.
ORGANISATION = _set(
    """company firm business brand carmaker automaker manufacturer maker retailer supermarket chain startup start-up corporation group
    conglomerate subsidiary airline airliner operator utility supplier publisher broadcaster newspaper magazine outlet agency bank lender
    insurer fund brewer drugmaker chipmaker developer studio label bureau ministry department office government administration council
    committee commission parliament senate congress court tribunal party union federation association organisation organization charity
    foundation institute institution university college school hospital trust club team side squad band orchestra army navy force police
    board cabinet regulator watchdog coalition alliance network consortium venture giant cooperative society league authority church
    franchise platform provider exchange body panel""",
)

#: Nouns for a place. Lemmas.
PLACE = _set(
    """country nation state city town village capital island region province county district borough suburb port resort republic kingdom
    territory continent municipality neighbourhood neighborhood metropolis archipelago valley peninsula""",
)

#: Words in a name that make it a body's.
IN_BODIES = ORGANISATION | _set(
    """inc ltd limited plc llc corp co gmbh ag nv motors airlines airways industries holdings partners ventures systems technologies
    records pictures studios press times post tribune herald gazette telegraph guardian united fc afc rovers academy nations ministers
    hospital museum gallery library theatre theater party bureau services labs laboratories pharma pharmaceuticals energy petroleum
    automotive international associates brothers & broadcasting news media telecom rail railways foods""",
)

#: Words in a name that make it a place's.
IN_PLACES = _set(
    """street road avenue square bridge park river lake mount mountain mountains island islands city county state states kingdom republic
    bay beach valley north south east west northern southern eastern western new san los las saint-denis harbour harbor airport
    station castle palace cathedral abbey hall house tower center centre gulf sea ocean peninsula province district""",
) - _set("new san los las house")

#: Places so common in the news that no clue is needed. Folded.
PLACES = _set(
    """america africa asia europe australia canada china france germany italy japan india russia ukraine spain britain england scotland
    wales ireland brazil mexico argentina egypt israel iran iraq syria turkey pakistan afghanistan indonesia korea sweden norway denmark
    finland poland netherlands belgium switzerland austria greece portugal hungary nigeria kenya london paris berlin madrid rome moscow
    beijing shanghai tokyo delhi mumbai sydney melbourne washington brussels vienna warsaw kyiv gaza jerusalem tehran baghdad cairo
    lagos nairobi california texas florida ohio michigan chicago boston philadelphia seattle toronto montreal dublin edinburgh glasgow
    manchester liverpool birmingham oxford cambridge u.s. us u.k. uk usa eu""",
) - _set("washington paris chicago")

#: Titles of works, events and times start with or hold one of these: never a person.
NO_PERSON = _set(
    """award awards prize cup war festival championship championships olympics olympic act treaty season episode album series show day
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november
    december battle league conference tournament marathon election constitution bible grammy oscar emmy nobel""",
)
