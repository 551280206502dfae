"""The words behind the stems: what Snowball's Danish rules cannot know. Data only."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Forms of one word; the first is the one that is kept. Verbs and nouns that people use about their
# lives, where the sound changes inside the word. Forms that are other common words ("tog", "bar") stay
# out.
ONE_WORD: tuple[str, ...] = (
    "barn børn børnene",
    "bede beder bedt",
    "blive bliver blev blevet",
    "bo bor boede boet boende",
    "bog bøger",
    "bror brødre",
    "bryde brudt",
    "bære bærer båret",
    "datter døtre",
    "drikke drak drukket",
    "dø dør døde døden",
    "falde faldt",
    "far fædre",
    "finde fandt fundet",
    "flyve fløj fløjet",
    "fod fødder",
    "fryse frøs frosset",
    "følge følger fulgte fulgt",
    "få får fik fået",
    "gammel gamle gammelt ældre ældst",
    "give gav givet",
    "god gode godt bedre bedst",
    "gå går gik gået gående",
    "gøre gør gjorde gjort",
    "holde holder holdt",
    "hånd hænder",
    "hjælpe hjælp hjalp hjulpet",
    "knæ knæet knæene",
    "komme kom kommet",
    "kraft kræfter",
    "kø køen køer køerne",
    "lang længere længst",
    "ligge ligger lå ligget",
    "lille mindre mindst små",
    "lyve løj løjet",
    "løbe løb løbet",
    "mand mænd",
    "mange flere flest",
    "mor mødre",
    "nat nætter",
    "psykiatri psykiatrisk psykiatriske",
    "ryge røg røget",
    "se ser set",
    "sidde sad siddet",
    "sige sagde sagt",
    "skrive skrev skrevet",
    "skære skar skåret",
    "slå slår slog slået",
    "sove sov sovet",
    "springe sprang sprunget",
    "spørge spurgte spurgt",
    "stå står stod stået stående",
    "stor større størst",
    "synge sang sunget",
    "sælge solgte solgt",
    "søster søstre",
    "tage tager taget",
    "tand tænder",
    "træffe traf truffet",
    "tå tæer tæerne",
    "ung yngre yngst",
    "vinde vandt vundet",
    "vælge valgte valgt",
    "øje øjne øjnene",
)

# The last part of a long word that people search for alone: "behandler" finds "sagsbehandler".
LAST_PARTS: tuple[str, ...] = (
    "behandler",
    "behandling",
    "center",
    "gruppe",
    "hjem",
    "hjælp",
    "kommune",
    "medarbejder",
    "møde",
    "netværk",
    "ordning",
    "plan",
    "pleje",
    "psykiatri",
    "råd",
    "rådgiver",
    "skole",
    "sted",
    "støtte",
    "terapi",
    "tid",
    "tilbud",
    "uddannelse",
    "vejleder",
    "ydelse",
)

# The first part: "misbrug" finds "misbrugsbehandling".
FIRST_PARTS: tuple[str, ...] = (
    "bolig",
    "borger",
    "hjemløs",
    "kommune",
    "medarbejder",
    "misbrug",
    "netværk",
    "psykiatri",
    "pårørende",
    "strategi",
)

# Left out of a question when it has other words; never out of the index.
SMALL_WORDS = _words(
    """
    af alle alt at blev blive bliver da de dem den denne der deres det dette dig din disse dog
    du efter eller en end er et for fra ham han hans har havde have hende hendes her hos hun
    hvad hvis hvor i ikke ind jeg jer jo kan kunne man med meget men mig min mine mit ned noget
    nogle nu når og også om op os over på selv sig sin sine sit skal skulle som sådan til ud
    under var ved vi vil ville vores være været
    """
)
