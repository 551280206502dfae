"""Danish words that a host should read first: rules as data, so that people who know can mend them.

Levels as in domain §3.4. The rules help a host to see; they are never the only net ("Sig til" is on
every text) and they decide nothing. How a pattern is written: phrases.py.
"""

from cocreate.text.finds import Level

_SELF = "mig|sig|os"
_WHO = (
    "han|hun|manden|mand|kæreste|kone|konen|far|faren|mor|moren|stedfar|stedmor|plejefar|plejemor|bror|"
    "søn|ekskæreste|forældre|onkel|fætter|morfar|farfar"
)
_WHO_ELSE = "eksmand|samlever|nabo|naboen|nogen|kammerat"
_OTHERS = "ham|hende|dem|jer"
_HIT = (
    "slår|sparker|banker|tæver|kvæler|voldtager|misbruger|truer|"
    "slået|sparket|banket|tævet|kvalt|kvalte|sparkede|tæsket|mishandlet|mishandler"
)
_CHILD = (
    "barn|barnet|børn|børnene|søn|sønnen|datter|datteren|baby|babyen|dreng|drengen|pige|pigen|ungerne|"
    "barnebarn|børnebørn|lillebror|lillesøster|spædbarn*"
)
_KIN = "mor|far|kone|kæreste|mand|søster|bror|lillesøster|lillebror|barn|børn|datter|søn|baby"
_OWN = "min|mit|mine|sin|sit|sine|vores|hans|hendes|deres"
_PILLS = "piller|pillerne|tabletter|tabletterne|sovepiller|panodil*|ipren*|medicin|medicinen"
_TAKEN = "piller|pillerne|tabletter|panodil*|ipren*|sovepiller|medicin|overdosis"
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
    "har ~2 taget|slugt|spist ~4 piller|pillerne|tabletter|sovepiller ~6 fortryder|fortrudt|bange|svimmel|hjælp",
    f"har ~2 taget ~2 mange|masse|håndfuld|æske|pakke|glas|ti|tyve|tredive|halvtreds|hundrede|1*|2*|3* ~2 {_PILLS}",
    # plan, means, place
    f"sidder|står|ligger ~2 med ~5 {_PILLS}|reb*|barberblad*|kniv* ~2 foran|klar|hånden|hænderne",
    "har ~3 samlet|gemt|sparet ~3 piller|pillerne|sovepiller|tabletter",
    f"har ~3 samlet|gemt|sparet ~3 {_PILLS} ~4 dø|ende",
    "ved ~2 godt|præcis|nu|allerede ~2 hvordan|hvor|hvornår jeg ~2 gøre|gør|dø",
    "gøre det ~4 fundet|købt|skaffet|har ~2 reb*|piller|kniv*|våben|gevær*",
    "går|gå|cykler|kører ~4 banen|skinnerne|jernbanen|broen|perronen ~8 slut|forbi|dø|farvel|ende",
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
    "sidste gang ~1 i|du|nogen|man ~2 hører|ser|læser",
    "brev|brevet|breve|besked ~6 når jeg er død|væk|borte",
    "ser mig aldrig mere|igen",
    "ser mig ikke mere|igen",
    # danger to another
    f"slå|slår|slog {_OTHERS} ~1 ihjel",
    f"vil|skal|truer ~5 slå ~2 {_OTHERS}|mig|os ~2 ihjel",
    "han|hun|ekskæreste|eks|mand ~3 slå|slår mig|os ihjel",
    f"dræbe|dræber|myrde|stikke|stikker|skyde|skyder {_OTHERS}|mine|min ~2 ned|ihjel|børn|familie|kone|far|mor",
    f"vil|skal ~3 dræbe|myrde|kvæle {_OTHERS}|mig|os|min|mine",
    "skal ~1 nok få jer|dem|ham|hende ned|ramt|ihjel",
    f"skyder|dræber|myrder|stikker jeg ~1 nogen|en|alle|{_OTHERS}",
    f"voldtager|misbruger|rører ~3 {_CHILD}",
    f"seksuelt|seksuel ~3 {_CHILD} ~6 nu|stadig|bliver",
)

_MEDIUM = (
    # wishes to die; in a subordinate clause "ikke" stands before the verb
    "ikke ~1 vil|ville|ønsker|orker|orkede|gider|magter|kan ~3 leve",
    "ikke ~1 vil|orker|gider|magter|ønsker ~2 være|er her|til ~1 mere|længere",
    "holde|holder ~3 ud ~2 at leve|eksistere",
    "kan ikke ~3 leve ~1 på den|denne",
    "hellere ~2 være død",
    "hvis|om|når jeg ~1 var død",
    "ønsker|ønskede|håber ~4 ikke|aldrig ~1 vågn*",
    "ikke ~4 mening|meningen ~1 med ~3 live|livet|leve",
    "køre|kører|kørt ~2 galt|ned|ud ~3 med vilje",
    "lyst til ~2 dø|død|døden|forsvinde",
    "godt|bedre|helst ~1 være død|borte",
    "vil ikke være i ~1 verden|live ~1 mere|længere",
    "tænker ~4 hvordan|hvornår jeg ~3 dø|forsvinde",
    "ikke ved om|hvordan ~1 jeg ~1 overlever",
    "ved ikke om|hvordan ~1 jeg ~1 overlever",
    "ud under ~1 tog*|bil|lastbil",
    "gøre det forbi",
    "sagt farvel til min|mine|mit|alle|børn*",
    "ville|vil ~2 savne|græde|mærke|opdage ~4 hvis jeg ~1 var|er væk|død|borte|her",
    "hvis jeg ~1 var væk|borte",
    "er jeg ~1 død inden|om|snart",
    "sætte|sætter ~1 ild til mig|sig ~1 selv",
    "sprætte|sprætter ~2 mig|håndled*|arm* ~1 op",
    "forsøgt|forsøgte ~2 selvmord",
    "forsøgt|prøvet ~2 tage ~1 livet|mit|sit",
    "fundet ~1 ud ~1 af ~8 for at dø",
    "ingen|ikke|eneste ~3 grund til ~2 blive|leve|være her|til|i",
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
    "skærer|skære|skåret|skar|cutter|cuttet|ridser|ridset|brændt ~2 i? mig|sig|hende|ham selv",
    "skærer|skære|skåret|ridser|ridset ~2 i min|mine|sin|sine ~1 arm*|lår*|ben*|håndled*|hud*|mave*",
    "gøre|gør ~2 noget ved mig|sig selv",
    "gøre|gør noget ~2 ved mig|sig selv",
    "skærer|skære|cutter|cutte|brænder ~1 i? mig selv",
    "skærer|cutter mig .",
    "skærer|skære mig ~2 arm*|lår*|håndled*",
    "skade|skader ~1 mig selv",
    "skade på mig|sig selv",
    # violence now
    f"{_WHO}|{_WHO_ELSE} ~4 {_HIT} ~1 mig|os|hende|ham|børnene|barnet",
    f"{_WHO}|{_WHO_ELSE} ~3 bliver|er ~2 voldelig*",
    "slår|sparker|banker|tæver|mishandler mor|far|hinanden",
    f"slår|sparker|banker|tæver|kvæler|mishandler ~1 {_OWN} ~1 {_KIN}",
    "banker|tæver|tæsker|mishandler mig|os|hende|ham|børnene",
    "bliver ~2 slået|tævet|tæsket|banket|sparket|voldtaget|mishandlet",
    "tvinger|tvang|tvunget|presser|presset ~2 mig|hende|ham|os ~3 sex|samleje|seksuel*",
    f"{_WHO} ~3 rører|rørt|rørte|tager|tog ~1 ved|på mig|hende|ham",
    "får ~2 tæsk|bank|klø|lussinger",
    "kvælertag|kvælningsforsøg",
    f"{_HIT} ~1 {_WHO} ~2 mig|os|hende|ham|børnene",
    "hænderne|kniv|kniven|pistol ~2 om|for|mod ~1 min|mit|hals|halsen|struben|hovedet",
    f"{_CHILD}|forældre ~4 lader|lod ~2 sulte|fryse",
    "flygtet|flygte|flygter|flygtede|gemmer ~1 fra ~1 min|mine|ham|hende ~1 mand|kæreste|kone|eks*|far|familie*|samlever",
    "kaster|kastede|smider|smed ~1 med ~2 ting|tallerken*|møbler|flasker|stole ~3 mig|os",
    "forfølger|forfulgt|stalker|stalket ~1 mig|os|hende",
    "kommer|kom ~1 ind til mig ~1 om natten",
    "udsættes|udsættelse|udsætter ~1 for ~2 vold",
    "truer|truet|truede ~3 med ~3 slå|dræbe|banke|tæve|skyde|voldtage|kniv|tæsk",
    "tør ~1 ikke ~3 hjem|sove|hjemme",
    "ikke tør ~3 hjem|sove|hjemme",
    "bange for at ~1 gå|komme|tage|være ~1 hjem|hjemme",
    "bange for ~1 min|mine mand|kæreste|kone|eks*|samlever|søn|far|bror",
    "bange for ham|hende .",
    "voldelig mand|kæreste|kone|samlever|far|eks*",
    f"få ~1 ram på ~1 {_OTHERS}",
    "jeg har|tager ~2 kniv|kniven|pistol|gevær|våben",
    f"bange for ~4 gøre ~1 {_OWN} ~1 {_KIN} noget|ondt|fortræd",
    f"til at gøre ~1 {_OWN}|ham|hende|dem ~2 noget|ondt|fortræd",
    # a child at risk
    f"slog|slået|rystede|rystet|ruskede|rusket|sparkede ~1 mit|min|mine|vores|sit|sin|sine ~1 {_CHILD}",
    f"{_CHILD} ~5 får|fik ~1 ikke ~3 mad|spise",
    f"{_CHILD} ~4 ikke ~1 fået ~3 mad|spise",
    f"{_CHILD} ~6 er|bliver ~1 alene ~1 hele|om|flere ~1 nat*|aften*|dage*|døgn*|weekend*",
    f"{_CHILD}|små ~5 alene ~4 om|hele ~1 natten|aftenen",
    f"{_CHILD} ~5 har ~1 blå mærker",
    "mor|far|forældre|forældrene ~2 ligger|lå ~2 fuld|skæv|fulde|skæve",
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
    "låser|låst|låste|spærrer|spærret ~1 mig|os|hende|ham|børnene|barnet inde",
    f"låser|låst|låste|spærrer|spærret ~1 {_OWN} ~1 {_KIN} ~1 inde",
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
    f"har ~2 taget nogle|flere {_PILLS}",
    "skriver ~4 farvel",
    "rører|rørte|rørt ved mig|hende|ham",
    "mor|far|forældre|forældrene ~1 er ~1 skæv|skæve|fuld|fulde|påvirket|påvirkede",
    "blå mærker",
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
    "leve af|med|sammen|sundt|under",
    "leve uden ~2 hund*|kat*|bil*|kaffe|internet|telefon*|musik*|have*|penge",
    "dø sit|hendes|hans|mit ~1 hår|tøj",
    "døden i ~1 litteratur*|kunst*|bøger|historien|film*|digte*|bibelen",
    "leve på kontanthjælp*|dagpenge*|sygedagpenge*|førtidspension*|pension*|su|støtte*|gaden|landet|sultegrænsen",
    "have|finde|fundet|fandt|fået noget|mere at leve for",
    "forebygge|forebygger|forebyggelse|forebyggelsen ~1 af? selvmord*",
    "tæsk|bank|klø|tæskene i ~1 fodbold*|håndbold*|kamp*|kort*|ludo|spil*|bordtennis|dart|petanque|skak",
    "piller|tabletter|medicin mod",
    "slået fast|sammen|op|til|fra|ned|an|ud|igennem",
    "vej ud af byen|huset|landet|parken",
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
    "ikke ~2 fået min|mit|mine ~1 penge|ydelse|kontanthjælp|boligstøtte|pension*|sygedagpenge|udbetaling*|svar",
    "hvor langt ~3 med min|mit|mine ~1 ansøgning|sag|klage",
)

NEVER_A_CASE: tuple[str, ...] = (
    "ikke min sag",
    "min sag at",
)
