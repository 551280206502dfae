"""Danish words that a host should read first: rules as data, so that people who know can mend them.

Levels as in domain §3.4. The rules help a host to see; they are never the only net ("Sig til" is on
every text) and they decide nothing. How a pattern is written: phrases.py.
"""

from cocreate.text.finds import Level

_SELF = "mig|sig|os"
_WHO = "han|hun|manden|mand|kæreste|kone|konen|far|faren|mor|moren|stedfar|bror|søn|ekskæreste"
_WHO_ELSE = "eksmand|samlever|nabo|naboen|nogen|kammerat"
_OTHERS = "ham|hende|dem|jer"
_HIT = "slår|sparker|banker|tæver|kvæler|voldtager|misbruger|truer"
_CHILD = "barn|barnet|børn|børnene|søn|sønnen|datter|datteren|baby|babyen|drengen|pigen|ungerne"
_TAKEN = "piller|pillerne|tabletter|panodiler|sovepiller|medicin|overdosis"
_NOW = "aften|nat|dag|morgen|weekenden"
_LIFE = "liv|livet"
_DIE = "dø|dør"

_HIGH = (
    # has taken, is about to
    f"har ~2 taget ~3 alle ~3 {_TAKEN}",
    "har ~2 taget|slugt|spist ~4 overdosis",
    f"har ~2 slugt ~4 {_TAKEN}",
    "har ~2 taget ~3 piller|pillerne|tabletter|sovepiller ~6 dø|farvel|ende|slut|vågne|døden",
    f"tager|tage|taget ~3 alle mine|hendes|hans|de ~1 {_TAKEN}",
    "tager|tage ~2 overdosis",
    "har ~2 skåret ~4 pulsåre*|håndled*|halsen",
    "skære|skærer ~3 pulsåre*|håndled*|halsen",
    # plan, means, place
    "plan ~3 selvmord|dø",
    "plan ~1 for ~1 hvordan|hvor|hvornår jeg ~4 dø|slutte|livet",
    "planlagt ~4 selvmord|dø|død",
    "planlagt ~3 tage ~1 livet|mit",
    f"har købt|fundet|gemt ~6 reb*|piller|sovepiller ~6 dø|ende|slut|{_LIFE}",
    "har|samlet|gemt ~3 piller|pillerne nok|klar",
    "rebet ~5 halsen|klar|hænger|loftet",
    "hænge|hænger|hængt mig|sig selv",
    "hænge mig|sig .",
    "vil hænge mig|sig",
    "skyde|skyder mig|sig selv",
    "hoppe|hopper|springe|springer|kaste|kaster ~2 ud|ned|foran ~2 foran|fra|for ~2 tog*|bro*|tag*|altan*",
    "hoppe|hopper|springe|springer ~2 foran|fra ~2 toget|et|en|broen ~1 tog|bro|toget|broen",
    "lægge|lægger|ligge ~2 på ~1 skinner|skinnerne|togskinner*",
    "står ~3 på broen|kanten|perronen|taget ~8 hoppe*|springe*|dø|farvel|orker|slut|leve",
    "køre|kører ~4 ind i ~3 træ|bropille|modkørende",
    f"i {_NOW} gør jeg det",
    f"i {_NOW} ~3 slutter|stopper|ender ~1 det",
    f"i {_NOW} er det ~1 slut|forbi .",
    f"i {_NOW} ~5 tage|tager|tar ~1 mit ~1 {_LIFE}",
    f"i {_NOW} ~5 livet af mig",
    f"i {_NOW} ~4 skal|vil ~2 dø",
    f"det|alting slutter|stopper|ender i {_NOW}",
    f"tage|tager ~1 mit ~1 {_LIFE} ~2 i {_NOW}",
    f"livet af mig ~2 i {_NOW}",
    f"dø i {_NOW}",
    f"begå|begår selvmord i {_NOW}",
    # farewell
    "afskedsbrev*",
    "selvmordsbrev*",
    "farvel til ~1 jer|alle|alt|verden|livet|alting",
    "farvel verden|alle|allesammen",
    "farvel ~4 tak for alt",
    "tak for alt ~6 farvel",
    "mit sidste indlæg|opslag|brev|ord|besked|farvel",
    "når i|du|nogen ~2 læser ~3 er jeg ~2 væk|død|borte|her",
    "når jeg er død ~6 børn*|hund*|kat*|mor|tak|pas|brev",
    "pas ~1 på ~8 når|hvis jeg ~1 ikke ~2 er|her|længere",
    "pas ~1 på ~6 når jeg er væk|død|borte",
    "ser mig aldrig mere|igen",
    "ser mig ikke mere|igen",
    # danger to another
    f"slå|slår|slog {_OTHERS} ~1 ihjel",
    f"vil|skal|truer ~5 slå ~2 {_OTHERS}|mig|os ~2 ihjel",
    "han|hun|ekskæreste|eks|mand ~3 slå|slår mig|os ihjel",
    f"dræbe|dræber|myrde|stikke|stikker|skyde|skyder {_OTHERS}|mine|min ~2 ned|ihjel|børn|familie|kone|far|mor",
    f"vil|skal ~3 dræbe|myrde|kvæle {_OTHERS}|mig|os|min|mine",
    "skal ~1 nok få jer|dem|ham|hende ned|ramt|ihjel",
    f"voldtager|misbruger|rører ~3 {_CHILD}",
    f"seksuelt|seksuel ~3 {_CHILD} ~6 nu|stadig|bliver",
)

_MEDIUM = (
    # wishes to die
    "lyst til ~2 dø|forsvinde",
    "vil|ville ~2 gerne|helst|bare ~1 dø",
    "ville|vil ønske ~4 død|født|fandtes|eksisteret|levede",
    "ønsker|ønske ~3 dø|død",
    "vil|ville dø",
    "vil ikke leve ~1 mere|længere",
    "gid|bare jeg ~2 død|var|døde ~1 død",
    "bare jeg kunne ~2 dø|forsvinde|sove",
    "gid jeg ~3 døde|født|vågnede|fandtes",
    "aldrig|ikke ~2 vågne* ~1 op|igen|mere",
    "sove ~2 aldrig|ikke ~3 vågne*",
    "vil|ville|orker|gider|magter|ønsker ~2 ikke ~3 leve",
    "vil|orker|gider|magter|ønsker ~2 ikke ~2 være|er her|til ~1 mere|længere",
    "orker ~1 ikke ~2 livet",
    "kan ikke leve mere|længere|sådan",
    "ikke ~2 lyst til ~1 leve|livet",
    "mistet ~2 lysten|lyst ~2 livet|leve",
    "mistet livslyst*|livsmodet",
    "mere|noget|intet|ikke ~1 at leve for",
    "ingen|ikke ~1 grund til ~1 leve|være",
    "livet ~2 ikke ~1 værd|leves",
    "ikke ~1 værd at leve",
    "livet ~2 ingen mening",
    "træt af ~1 livet|leve",
    "livstræt|livstræthed|dødsønske*|livslede",
    "tanker om ~3 dø|døden|forsvinde|selvmord",
    "tænker ~4 på ~2 dø|døden|selvmord|forsvinde",
    f"tage|tager ~1 livet af {_SELF}",
    "tage|tager ~1 mit|sit eget? ~1 liv",
    "gøre|gør ~2 ende på ~1 livet|mit|hele",
    "gøre|gør ~2 ende på det .",
    "afslutte|slutte|ende det hele|livet",
    "slå|slår mig|sig selv ihjel",
    "dræbe mig|sig selv",
    "begå|begår selvmord",
    "selvmordstruet",
    # would be better without me
    "lettere|bedre|bedst|nemmere for ~1 alle|andre|jer|dem|børnene|familien|familie ~2 hvis|om|at|når ~1 jeg "
    "~1 ikke ~1 var|er|fandtes|levede|eksisterede",
    "lettere|bedre|nemmere for alle|jer|dem|børnene|familien ~2 uden mig",
    "bedre ~2 uden mig",
    "hvis jeg ~1 ikke ~1 var her",
    "hvis jeg ~1 ikke ~1 var|er her mere|længere",
    "hvis jeg ~1 ikke ~1 var født|til .",
    "aldrig ~2 var|blevet født",
    "hvis jeg ~1 ikke ~1 fandtes|levede|eksisterede",
    "hvis jeg ~1 bare ~1 forsvandt|døde",
    "hvis jeg forsvandt|døde",
    "ingen ~2 ville|vil savne mig",
    "jeg ~3 ingen ~1 udvej",
    "jeg ~3 ingen ~1 vej ud",
    "jeg ~3 ikke ~3 udvej",
    "jeg ~3 ikke ~3 vej ud",
    # harm to oneself
    "skærer|skære|cutter|cutte|brænder ~1 i? mig selv",
    "skærer|cutter mig .",
    "skærer|skære mig ~2 arm*|lår*|håndled*",
    "skade|skader ~1 mig selv",
    "skade på mig|sig selv",
    # violence now
    f"{_WHO}|{_WHO_ELSE} ~4 {_HIT} ~1 mig|os|hende|ham|børnene|barnet",
    f"{_WHO}|{_WHO_ELSE} ~3 bliver|er ~2 voldelig*",
    "bliver slået|tævet|sparket|voldtaget|mishandlet",
    "får ~2 tæsk|bank|klø|lussinger",
    "kvælertag|kvælningsforsøg",
    "udsættes|udsættelse|udsætter ~1 for ~2 vold",
    "truer ~3 med ~3 slå|dræbe|banke|tage|kniv",
    "tør ikke ~3 hjem|sove|hjemme",
    "bange for ~1 min|mine mand|kæreste|kone|eks*|samlever|søn|far|bror",
    "bange for ham|hende .",
    "voldelig mand|kæreste|kone|samlever|far|eks*",
    # a child at risk
    f"slår|slå|ryster|rusker|sparker ~2 sit|sine|mit|mine|vores|deres|hendes|hans|min|sin|et ~1 {_CHILD}",
    f"slår {_CHILD}",
    f"{_CHILD} ~4 får ikke ~2 mad",
    f"{_CHILD} ~4 er ~3 alene hjemme ~3 nat*|aften*|timer|dage|dagen",
    f"{_CHILD} ~4 bliver|er ~2 slået|misbrugt|mishandlet|vanrøgtet|forsømt",
    f"{_CHILD} ~4 bange for sin|sine|deres|at ~1 far|mor|forældre|stedfar|hjem",
    f"{_CHILD} ~4 er i fare",
    "børn|barn|baby ~6 forældre* ~3 drikker|fulde|skæve|stoffer",
    f"drikker|fuld|skæv ~5 alene med ~2 {_CHILD}",
    f"rørt|rører ved ~2 {_CHILD}",
    f"lukker|låser ~2 {_CHILD} ~1 inde",
    "vanrøgt*",
    f"vil|skal|truer ~3 skade|slå|tæve|banke ~1 {_OTHERS}|min|mine|barnet|børnene",
    "låser|spærrer ~1 mig|os|hende|ham inde",
)

# With a person in the sentence it is about somebody; without, it may be about a subject.
_MEDIUM_IF_PERSONAL = (
    "selvmord*",
    "selvskade*|cutting",
    "seksuelt|seksuel|seksuelle overgreb*",
)

_LOW = (
    "overgreb*",
    f"tog|taget ~1 livet af {_SELF}",
    "tog|taget ~1 mit|sit eget? ~1 liv",
    "tænkte ~4 på ~2 dø|døden|selvmord|tage",
    "ønskede ~3 dø|død|mig",
    "havde ~3 lyst til ~2 dø|forsvinde",
    "orker|orkede|magter|magtede ~1 ikke mere|længere",
    "kan|kunne ~1 ikke mere .",
    "vil|ville hellere dø",
    "bare forsvinde",
    "vil ikke være her .",
    "er|som|til ~2 byrde",
    "opgivet|mistet|mister ~1 håbet",
    "opgivet livet",
    "skar ~1 i? mig selv",
    "fik ~2 tæsk|bank|klø|lussinger",
    f"{_WHO} ~4 slog|tævede|bankede|voldtog|misbrugte ~1 mig|os|hende",
    "var voldelig*",
    "udsat for ~2 vold|overgreb|mishandling|incest",
    "blev voldtaget|misbrugt|slået|tævet|mishandlet",
    "voldtægt*|incest",
    "seksuelt krænket|krænkelse*",
    "hævne|hævner mig",
    "går amok",
    "drikker mig|sig ~1 ihjel",
)

RULES: tuple[tuple[str, Level], ...] = (
    *((pattern, Level.HIGH) for pattern in _HIGH),
    *((pattern, Level.MEDIUM) for pattern in (*_MEDIUM, *_MEDIUM_IF_PERSONAL)),
    *((pattern, Level.LOW) for pattern in _LOW),
)

NEEDS_A_PERSON: frozenset[str] = frozenset(_MEDIUM_IF_PERSONAL)

# Figures of speech and subjects: words here are never part of an alarm.
NEVER: tuple[str, ...] = (
    f"{_DIE}|døde|død|døden af|over grin|latter|skam|kedsomhed|nysgerrighed|varme|kulde|forlegenhed",
    f"{_DIE} af|over ~1 grin|latter|skam|kedsomhed|nysgerrighed|varme|kulde|forlegenhed|sult|spænding",
    "til at dø af|for|over",
    "dø hjemme|derhjemme|naturligt|med|som|for|ud|på",
    "dø af ~1 alderdom|kræft|sygdom*",
    "dø i ~2 fred|hjemmet|seng|armene",
    "vil|ville|skal ~1 ikke dø .",
    "vil|ville ikke dø af|for|som",
    "skal ~2 alle ~2 dø",
    "køen|kø|ventetid*|ventetiden|systemet|reglerne|papir*|arbejdet|varmen|stress*|bureaukrati* ~5 ihjel",
    "ventetid*|køen|systemet|kommunen|arbejdet|larmen|trapperne ~4 livet af mig|os|en|folk",
    "slå|slår|slog tiden ihjel",
    "skyde|skyder|skød mig|sig selv i ~1 fod*",
    "hænge|hænger mig|sig ~1 i|op|fast",
    "selvmordslinj*|selvmordsforebyg*|selvmordsstatistik*",
    "leve af|med|på|sammen|sundt|under",
    "slået fast|sammen|op|til|fra|ned|an|ud|igennem",
    "mit|sit liv tilbage|op|alvorligt",
    "vold* kommune|vej|gade",
)

# Long ago: an ongoing wish becomes a past one, unless the same sentence says that it goes on.
PAST: tuple[str, ...] = (
    "dengang",
    "tidligere",
    "engang",
    "før i tiden",
    "som barn|ung|teenager|dreng|pige|lille",
    "i min|mit ungdom|barndom|barndomshjem",
    "år|måneder siden|tilbage",
    "sidste år",
    "i 19*|20*",
    "da jeg var",
    "havde|haft ~2 selvmord*",
)
ONGOING: tuple[str, ...] = (
    "stadig|stadigvæk|igen|nu|tit|ofte|altid|hver",
    "i dag|nat|aften|morgen",
    "for tiden",
    "er begyndt",
    "vender tilbage",
)

PERSONS: tuple[str, ...] = ("jeg|mig|min|mit|mine|han|hun|ham|hende|hans|hendes",)

INDIVIDUAL_CASE: tuple[str, ...] = (
    "min sag",
    "mine sager",
    "sagsnr|sagsnummer*|sagsnumre",
    "sags nr|nummer",
    "journalnr|journalnummer*",
    "i sagen om min|mit|mine",
    "klage|klager|klaget|anke|anker ~3 afgørelse*|afslag*",
    "klage over min ~1 sagsbehandler",
    "afgørelsen|afgørelse om min|mit|mine",
    "afslag|afslaget på min|mit|mine ~1 ansøgning|førtidspension|bolig|kontanthjælp|hjælp",
    "hvornår ~1 får|kan jeg ~4 svar",
    "hvornår ~2 svar på min|mit",
    "min|mit ansøgning|klage|afslag",
    "mine ansøgninger|papirer ligger",
    "behandle|behandler|behandlet min|mit",
    "se|kigge|kig på min ~1 sag",
    "mit cpr*",
    "genoptage*|genoptaget ~2 sag|sagen",
)

NEVER_A_CASE: tuple[str, ...] = (
    "ikke min sag",
    "min sag at",
)
