"""Seven words that open what somebody has given: made, read back, and forgiven a slip of the pen.

The words are short, everyday, without æ, ø, å, and none should hurt a person who is in trouble. Any
two are so far apart that a word with one letter wrong, missing, too many or swapped is still only one
word. 1,024 words are ten bits each; seven of them are 70 bits.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import ascii_lowercase

WORDS_IN_CODE = 7
BITS_PER_WORD = 10
# Seven words of seven letters with numbering and punctuation are a third of this.
_LONGEST_TYPED = 300
_LONGEST_WORD = 8
_TYPED_WORD = re.compile(r"[^\W\d_]+")

# A word's place in the list is part of every code that was given: never reorder, replace or remove.
_LIST = """
abrikos accent afsnit aften afvaske agurker ahorn akacie akademi akkord aktuel akvarel album
alfabet alkove allegro almanak alpaka alpehue alsidig ambolt ananas andedam anemone anker
ankomst annonce anorak antenne apparat appetit applaus april arena arkade armring armstol
artikel artist asfalt asters atelier atletik aula avenue avis avocado azalea azur bacon badedag
bageovn bager baghave baghjul bagning bagside balance ballade ballet balsal barista baryton
basilik batteri bedding begonia begynde berette berige besked beundre bevare bidrage bikube
billard bilrude biltur bilvask biograf biologi birkes bivoks bjergby blad blender blidhed blink
blomst blyant boble bogcafe bogklub bogorm bogreol bogsalg bogstav boldleg bolero bolsje bomuld
bonbon bonus botanik bremse brev brevdue briller broche brodere brosten brugbar brunch bruser
budskab buket bulder bulldog busk busrute busstop byfest byggeri bykort byliv bymidte bypark
byplan cafe campus cellist cello cement charme chili cirkle citat citron cykel cykling dagblad
dagbog daggry daglige dagregn dagslys dagtur damesko danse debut dej dejlig delfin delta design
dessert diadem diagram dialekt diamant digital digt diplom direkte divan dobbelt domino drama
drible drivhus drue drysse dufte dybde dybvand dykker dynamik dyrebar dyreliv dyrskue eddike
egern ekko ekkolod ekspres ekstra elastik elbil elegant elkedel elleve elmotor emblem empati
energi eng engelsk epilog episode epoke etape etui eventyr fabrik facade fagfolk fagot fair
falafel fanfare fanklub fantasi farmer fasan favorit februar fejring festdag festuge figur filme
filmisk filtpen finregn firben fisker fjedre fjeld fjerpen fjordby flagdag flagre flertal flette
flittig flonel flora flueben flyde fnise fodbold fodnote fodtur folio fondue forlag fornavn
fornem forside forskel forstad fortov frakke fremsyn fremtid fridag frihavn frihjul friland
fristil frisure frokost fromage frugt funkle fysik gaffel galakse galleri galop gangart gangsti
garage garnere gavebod gavmild gazelle gedde gedeost gejser genbo genbrug gengive genial genlyd
gentage genvej gerbera gevir gibbon giraf give glasur glimmer glimt globus gnister gobelin
godnat golf golfsko gondol gouda granit grantop grill grotte grundig grusvej gryn guava guitar
gulasch gulerod gurgle gylden gymnast gynger habit haiku halmhat halvleg hamster handle harmoni
hav havarti havblik havedam havfrue havgus havkat havtorn havvand heldig helhed helium helside
hente hilsen hiphop hjort hjul hobby hockey holdbar honning hotdog hotel humlebi humus hurra
hurtig husdyr husflid hvalp hveps hverdag hvirvel hviske hyacint hyld hyldest hyppig idyl
indblik indbyde indfald indigo indsats indslag indtryk insekt intens intro isbjerg isbod isfri
isfugl iskage istap isvand ivrig januar jazz jeans jetfly jojo jordisk juice jumbo juni juvel
kabale kabinet kagedej kahyt kajak kakadu kakkel kaktus kalde kaleche kalkun kamin kandis kantet
kantine kapers kapitel kaptajn karamel karaoke karklud karry katalog kaviar kebab kegler keramik
kerne ketsjer kikkert kilo kimono kiosk kjole klang klappe klarhed klaver klistre klods klub
klubhus klumme knap knaphul knirke knopper knytte koala kobber kobling kodeord kogebog kolibri
kollega kolonne komedie komet komfur komiker kommode koncert konge kontakt kopi kopiere korende
korsang kosmos kostbar kostume kotelet krabbe kreativ krebs kridt kringle krog krogvej krokus
krydder krystal kuffert kulisse kunstig kupon kuppel kurs kvadrat kvarter kvidre lagkage lagune
lakrids landhus landing landsby langsom larve lasagne lastbil lege legehus legesag leguan
lektier leopard levende libelle ligetil ligeud lilla lineal linned liter lodret loft logik
lokale lommeur ludo luftbro luftrum lukke lydbog lydmur lydspor lyrisk lys lysegul lyskurv
lysning madkurv madras maestro magisk magma magnet majs majsmel makron malebog mammut manchet
maracas marengs marimba marked marsvin maskine maskot medalje meddele medgang medvind megafon
mejeri mekanik melange melodi merino messing mester metal middag mikado million mimik minder
minibus minut mirabel moderne modtage mokka monitor monokel monolog montere moped morsom mosaik
moskus mosrose motto muffin mulig mumle murer museum musiker musvit myldre myretue mysli mystisk
nabo nabohus nabolag natbord natlys natmad natugle nektar nellike netop nips node nordlys
nordpol novelle nuance nutid nuttet nybagt nyhed nylon nymalet nynne nyttig odder oktav oktober
oldtid oliven omdanne omegn omfatte omgang omhu omkreds omkring omsorg omvej onsdag opdele opera
opfinde opgave opkald oplagt oprulle opsamle opstart optegne optog opvarme opvask orange ordrig
ordspil ordvalg oregano orgel origami overall ovn ozonlag palads panel panini paprika paraply
parasol parfume pasform passage passer pasta peber pelikan pels pendul pensle perfekt pergola
petunia pianist piano pickles picnic pingvin pizza pjaske pjat placere plakat plante platin plov
pludre podium poesi poetisk polenta pollen polygon poncho pony popcorn porre portal portion
portner positiv postbud praksis praline prikket primula printer prisme projekt prolog propel
prosa provins puddel pudsig pulsar punktum purpur pyjamas radar radius rally ramme rasp ravioli
redekam regatta reggae regnbue regnhat regnorm relief rensdyr reol replik reserve respekt
retorik ridning rigelig rim ringvej risotto ristet riviera robot rokoko roman rosiner rovfugl
rubin rugby rugmark rugmel rumskib runde rundtur ruskind rustfri rustik rutebil rutefly rutsje
rype rytmisk rytter safari saftig salat salvie samba samling samspil samtale sandal sandhed
sandorm sangleg sardin savanne scanner scene scooter sejlads sejle sejltur sekstet sekund
selskab seminar sennep servere serviet sesam shorts siesta signal sikre silhuet simpel sindsro
sirup skaldyr skammel skarv sketch skifer skildre skilift skistav skitse skjorte skohorn skovle
skovsti skovtur skrive skuffe skum skumbad skyet skyfri skygger slalom slentre slogan sluse smag
smaragd smidig smutte snack snebold snedker snefnug snegl snehare snehvid snelys snemand sneplov
snesko snevejr snorkel snurre sok solbad solist solrig solsejl solskin solsort solur solvogn
sonate sopran spartel spejder spids spinat spindel spontan sportig spotlys sprede spurt stabil
stadion stafet standur statue stavn stearin stemme stenbuk stereo stikord stille stjerne stolt
storby strand strejfe stribet strik struds stryge studere studium stykke styr summer superb
surdej sushi svaje svinge sydpol sydvest sylte symfoni synlig syren taburet tagsten takt talent
tamtam tandem tango taverna tavle teatre tekande tekstil telefon tempo tennis tenor tepotte
termit terning tiara tidlig tidsel tidsrum tilbage tilbud tilnavn timian tirsdag tolke tonart
topas topform tophue torden torv trafik trailer traktor trapez tredje trekant tretten tribune
trikot trilogi trippe triumf trofast trommer tropisk troskab tryghed trylle tube tukan tulipan
tunfisk tunika turbine turkis tusch tusinde tygge udbygge udflugt udfolde udkast udkik udland
udsende udsyn udtale ugedag ukulele uldgarn undring undulat unikum univers urmager urskov
utrolig vandbad vandpyt vandrer vandski vanilje varebil variant varm vartegn vaskeri vegetar
vejbane vejlede velsmag ventil veranda vest vestlig viden vigtig viking vildand vindrue violin
virksom virvar vision visuel vitrine vogntog vogter voksdug vokse volumen vrimmel ymer yoga
yoghurt zebra zenit zigzag zoome
"""
WORDS: tuple[str, ...] = tuple(_LIST.split())


def words_for(number: int) -> tuple[str, ...]:
    """The code of a number below 2**70, first word from the highest bits."""
    if not 0 <= number < 1 << WORDS_IN_CODE * BITS_PER_WORD:
        raise ValueError("A receipt code holds 70 bits.")
    places = range((WORDS_IN_CODE - 1) * BITS_PER_WORD, -1, -BITS_PER_WORD)
    return tuple(WORDS[number >> place & len(WORDS) - 1] for place in places)


def read_code(typed: str) -> tuple[str, ...] | None:
    """The seven words that were meant, or None. Case, numbering and punctuation do not matter."""
    if len(typed) > _LONGEST_TYPED:
        return None
    parts = _TYPED_WORD.findall(unicodedata.normalize("NFKC", typed).casefold())
    if len(parts) != WORDS_IN_CODE:
        return None
    words = tuple(meant for part in parts if (meant := _meant(part)))
    return words if len(words) == WORDS_IN_CODE else None


def canonical(words: Iterable[str]) -> str:
    """The one spelling of a code, for showing and for its HMAC."""
    return "-".join(words)


def _meant(typed: str) -> str | None:
    """The word itself, or the only one within one slip of it."""
    if typed in _known():
        return typed
    if len(typed) > _LONGEST_WORD:
        return None
    near = _known() & set(_slips(typed))
    return next(iter(near)) if len(near) == 1 else None


def _slips(word: str) -> Iterator[str]:
    """Every spelling one letter away: one left out, swapped, changed or put in."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after[1:]
            yield before + letter + after


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(WORDS)
