"""The made-up people and words of the demonstration. Nobody here exists, and nobody said this."""

from dataclasses import dataclass, field

from cocreate.accounts.models import Role
from cocreate.contributions.models import Scope, VoiceRole
from cocreate.stories.models import About

# key (the address before @demo.example), first name, last name, roles
PEOPLE: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("lene", "Lene", "Krogh", (Role.HOST,)),
    ("farid", "Farid", "Amini", (Role.HOST,)),
    ("jonas", "Jonas", "Vest", (Role.EDITOR, Role.ANALYST)),
    ("rasmus", "Rasmus", "Holt", (Role.STAFF,)),
    ("birgit", "Birgit", "Aagaard", (Role.POLITICIAN,)),
    ("bente", "Bente", "Lund", ()),
    ("kim", "Kim", "", ()),
]

ALL = (Scope.SHOW, Scope.ANALYSE, Scope.READ_ALOUD, Scope.QUOTE)


@dataclass(frozen=True)
class DemoStory:
    key: str
    title: str
    text: str
    codes: tuple[str, ...]
    about: str = About.SELF
    role: str = VoiceRole.CITIZEN
    scopes: tuple[str, ...] = ALL
    then: str = "shown"  # shown, waits, asked, returned, hidden
    message: str = ""


@dataclass(frozen=True)
class DemoPost:
    text: str
    alias: str = ""
    account: str = ""
    role: str = VoiceRole.CITIZEN
    then: str = "shown"
    message: str = ""


@dataclass(frozen=True)
class DemoTopic:
    title: str
    posts: tuple[DemoPost, ...]


@dataclass(frozen=True)
class DemoForum:
    slug: str
    title: str
    description: str
    theme: int
    host: str
    hours: str
    topics: tuple[DemoTopic, ...] = ()
    rules: tuple[str, ...] = field(
        default=(
            "Skriv om det, du selv har oplevet.",
            "Skriv ikke andres navne.",
            "Skriv ikke, hvordan man kan skade sig selv.",
            "Det, du læser her, er privat for den, der skrev det.",
        )
    )


@dataclass(frozen=True)
class DemoProposal:
    """`code` is the guideline it is about; without one it is something new in `theme`."""

    key: str
    words: str
    why: str
    code: str = ""
    theme: int = 0
    role: str = VoiceRole.CITIZEN


# What the papers quote, from stories whose authors allow it.
QUOTED = ("Det værste er ikke et nej. Det værste er at vente.", "Der gik elleve uger.")
# The voice that says something else about waiting, written by one who answers.
COUNTER = (
    "En fast frist kan også give hurtige svar, der ikke er noget værd. Vi vil hellere ringe og sige, "
    "hvor langt vi er."
)
WANTED_BUS = DemoProposal(
    key="P-01",
    words="Den, der ikke har penge, kan køre gratis med bussen til steder, hvor man mødes.",
    why="Jeg har 40 kroner til resten af ugen. Bussen koster 24 hver vej.",
    theme=3,
)
WANTED_PHONE = DemoProposal(
    key="P-02",
    words="",
    why="Skriv, hvem man ringer til. Jeg har fem numre, og de siger alle sammen, at det er et andet.",
    code="4.5",
    role=VoiceRole.RELATIVE,
)


@dataclass(frozen=True)
class DemoSelection:
    title: str
    intro: str
    stories: tuple[str, ...]


SELECTION = DemoSelection(
    title="Steder og mennesker, der gjorde en forskel",
    intro=(
        "Fire mennesker fortæller om noget, der blev bedre. De peger på små ting, som mange kan "
        "gøre.\n\nUdvalget er et eksempel. Både fortællingerne og de, der fortæller, er opfundet."
    ),
    stories=("F-05", "F-03", "F-02", "F-01"),
)
# A host's words for F-08, which wait for the author's yes.
ASKED_WORDS = "Jeg spurgte en ansat på biblioteket. Hun gik med mig hen til døren."

STORIES: list[DemoStory] = [
    DemoStory(
        key="F-08",
        title="",
        text="Jeg spurgte Hanne på biblioteket. Hun gik med mig hen til døren.",
        codes=("1.4",),
        then="asked",
        message="Vi har taget navnet ud. Er det i orden?",
    ),
    DemoStory(
        key="F-01",
        title="En nøgle, der er min",
        text=(
            "Jeg har sovet hos venner i to år. Man er høflig hele tiden. Man vasker op, selv om "
            "man er træt.\n\n"
            "Kommunen tilbød mig et værelse langt fra alle, jeg kender. Jeg sagde nej, og så stod "
            "der i papirerne, at jeg ikke ville have hjælp. Det passer ikke. Jeg ville bare gerne "
            "bo et sted, hvor jeg kan gå ned og drikke kaffe med nogen.\n\n"
            "Nu har jeg fået en lille lejlighed. Den første uge lå jeg bare og lyttede til, at "
            "der var stille."
        ),
        codes=("3.1", "3.2", "1.9"),
    ),
    DemoStory(
        key="F-02",
        title="Jeg er mor hele døgnet",
        text=(
            "Min søn er voksen. Derfor må ingen fortælle mig noget. Det forstår jeg godt. Men det "
            "er mig, han ringer til om natten.\n\n"
            "Jeg beder ikke om at læse hans papirer. Jeg beder om, at nogen spørger: Hvad kan du "
            "holde til, og hvem ringer du til, når du ikke kan mere? Sidste år var jeg til ét "
            "møde, hvor vi skrev ned, hvem der gør hvad. Det papir hænger stadig på mit køleskab."
        ),
        codes=("4.3", "4.4", "4.5"),
        about=About.RELATIVE,
        role=VoiceRole.RELATIVE,
        scopes=(Scope.SHOW, Scope.ANALYSE),
    ),
    DemoStory(
        key="F-05",
        title="Onsdag er min dag",
        text=(
            "Jeg er ikke så god til mennesker. Men om onsdagen spiser vi sammen i det gamle "
            "bibliotek.\n\n"
            "De første tre gange blev jeg stående ved døren. Der var ingen, der sagde noget om "
            "det. Fjerde gang fik jeg en kniv og et bundt gulerødder. Nu er det mig, der viser de "
            "nye, hvor knivene ligger."
        ),
        codes=("1.6", "3.4", "3.6"),
    ),
    DemoStory(
        key="F-03",
        title="Hun ringede på fredag",
        text=(
            "Det værste er ikke et nej. Det værste er at vente. Jeg skrev i marts. I maj ringede "
            "jeg for fjerde gang. Hver gang var det en ny, der skulle sætte sig ind i det. Jeg "
            "begyndte at tro, at jeg havde gjort noget forkert.\n\n"
            "Så fik jeg en ny medarbejder. Hun sagde: Jeg ved det ikke endnu, men jeg ringer på "
            "fredag. Og så ringede hun på fredag."
        ),
        codes=("2.3",),
    ),
    DemoStory(
        key="F-06",
        title="Brevet",
        text=(
            "Der kom et brev på fire sider. Jeg læste det tre gange. Til sidst ringede jeg til "
            "40 12 34 56 og spurgte, hvad der stod. Damen sagde det på to minutter. Kunne de to "
            "minutter ikke have stået i brevet?"
        ),
        codes=("2.5",),
        then="waits",
    ),
    DemoStory(
        key="F-07",
        title="",
        text="Jeg vil gerne have et sted at gå hen om søndagen. Alt er lukket om søndagen.",
        codes=(),
        then="waits",
    ),
    DemoStory(
        key="F-09",
        title="Torsdag",
        text=(
            "Jeg fik at vide, at der kom svar på torsdag. Resten af ugen kunne jeg tænke på noget "
            "andet. Det var første gang i et halvt år, at jeg sov om natten."
        ),
        codes=("2.3",),
    ),
    DemoStory(
        key="F-10",
        title="Elleve uger",
        text=(
            "Der gik elleve uger. Til sidst holdt jeg op med at åbne min post, for der stod "
            "alligevel ikke noget om det."
        ),
        codes=("2.3",),
    ),
    DemoStory(
        key="F-08",
        title="Nogen at ringe til",
        text=(
            "Min bror har været syg i mange år. Jeg vidste ikke, at der fandtes en gruppe for "
            "søskende. Det var Mette i receptionen, der sagde det. Det burde ikke være et "
            "tilfælde."
        ),
        codes=("4.6",),
        about=About.RELATIVE,
        role=VoiceRole.RELATIVE,
        then="returned",
        message=(
            "Vi har læst din fortælling, og vi vil gerne vise den. Der står et fornavn på en "
            "medarbejder. Hun kan ikke svare for sig selv her. Vil du skrive det uden navnet?"
        ),
    ),
]

HOURS = "Hverdage kl. 9–15"

FORUMS: list[DemoForum] = [
    DemoForum(
        slug="min-hverdag",
        title="Min hverdag",
        description="Om det, der gør en dag god eller svær.",
        theme=1,
        host="lene",
        hours=HOURS,
        topics=(
            DemoTopic(
                "Hvad får jer ud af døren?",
                (
                    DemoPost(
                        "Jeg bor alene. Nogle dage kommer jeg slet ikke ud. Hvad får jer ud?",
                        alias="Blåmejse",
                    ),
                    DemoPost("Jeg har lånt en hund to gange om ugen.", alias="Egeblad"),
                ),
            ),
        ),
    ),
    DemoForum(
        slug="naar-man-venter-paa-svar",
        title="Når man venter på svar",
        description="Om breve, telefontid og dage, der går.",
        theme=2,
        host="lene",
        hours=HOURS,
        topics=(
            DemoTopic(
                "Hvad gør I, mens I venter?",
                (
                    DemoPost(
                        "Jeg har ventet på svar om bostøtte i ni uger. Jeg tjekker post tre gange "
                        "om dagen. Hvad gør I andre for ikke at gå i stå?",
                        alias="Musvit",
                    ),
                    DemoPost(
                        "Min søn og jeg har aftalt, at vi kun ringer om mandagen. De andre dage "
                        "er fri. Det hjalp mere, end jeg troede.",
                        alias="Hyldetræ",
                        role=VoiceRole.RELATIVE,
                    ),
                    DemoPost(
                        "Godmorgen. Jeg har læst med. Man må gerne ringe og spørge, hvor langt "
                        "sagen er. Får I ikke svar, kan borgerrådgiveren hjælpe.",
                        account="lene",
                    ),
                    DemoPost(
                        "Det er Kurt på kontoret, der er den langsomme.",
                        alias="Solsort",
                        then="hidden",
                        message=(
                            "Du nævner en medarbejder ved navn, og han kan ikke svare for sig "
                            "selv her. Du må gerne skrive det samme uden navnet. Er du uenig, kan "
                            "du bede en anden om at se på det."
                        ),
                    ),
                    DemoPost(
                        "Jeg ringede. Der kommer svar i uge 21. Bare at vide det gjorde en "
                        "forskel.",
                        alias="Musvit",
                    ),
                    DemoPost("Tak. Jeg prøver det med mandagene.", alias="Kastanje", then="waits"),
                    DemoPost(COUNTER, account="rasmus"),
                ),
            ),
        ),
    ),
    DemoForum(
        slug="et-sted-at-bo",
        title="Et sted at bo",
        description="Om værelser, nøgler og naboer.",
        theme=3,
        host="farid",
        hours=HOURS,
        topics=(
            DemoTopic(
                "Hvad er en god nabo?",
                (
                    DemoPost(
                        "Jeg skal flytte ind i en opgang, hvor jeg ikke kender nogen. Hvad gjorde "
                        "I den første uge?",
                        alias="Stær",
                    ),
                    DemoPost(
                        "Vi i bostøtten kan gå med rundt og sige goddag. Man skal bare bede om "
                        "det.",
                        account="rasmus",
                    ),
                ),
            ),
        ),
    ),
    DemoForum(
        slug="paaroerende",
        title="Pårørende i hverdagen",
        description="Om at være der for en anden og for sig selv.",
        theme=4,
        host="farid",
        hours=HOURS,
    ),
]
