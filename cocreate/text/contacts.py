"""Mail addresses and street addresses in a folded text."""

import re
from collections.abc import Callable, Sequence

from cocreate.text.finds import Span
from cocreate.text.places import NOT_STREETS, PLACE_ENDINGS, STREET_ENDINGS, TOWNS

_ENDINGS = "dk|com|net|org|eu|nu|se|no|de|info|io|me|fr|nl|fi|is|gl|fo|uk|pl"
_LETTERS = "a-zæøåäöüé"
_AT = re.compile(
    r" ?@ ?| ?[(\[{] ?(?:at|a|snabela|snabel-a|snabel a|krøllealfa) ?[)\]}] ?"
    r"| (?:at|snabela|snabel-a|snabel a|krøllealfa) "
)
_LABEL = "[a-z0-9æøå][a-z0-9æøå-]{0,62}"
_SAID_DOT = r"(?: ?[(\[{] ?(?:dot|punktum|prik|\.) ?[)\]}] ?| (?:dot|punktum|prik) )"
_SAID_DOMAIN = re.compile(rf"(?:{_LABEL}{_SAID_DOT}){{1,4}}(?:{_ENDINGS})(?![a-z0-9æøå])")
# A comma for the full stop is the commonest slip on a phone.
_TYPED_DOMAIN = re.compile(
    rf"{_LABEL}(?:\.{_LABEL}){{1,6}}|{_LABEL},(?:{_ENDINGS})(?![a-z0-9æøå])|{_SAID_DOMAIN.pattern}"
)
_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzæøåäöüé0123456789._%+-'")
_LONGEST_NAME = 64

_HOUSE = re.compile(
    rf"(?<=[{_LETTERS}])[ ,]{{1,2}}(?:nr\.? ?)?[0-9]{{1,3}}(?:-[0-9]{{1,3}})?"
    r"(?: ?[a-zæøå](?![a-zæøå]))?(?![0-9a-zæøå]|[.,:/-][0-9])"
    r"(?:,? ?(?:st|kl|[0-9]{1,2})\.?,? ?(?:sal\.?,? ?)?(?:tv|th|mf)\b|,? ?[0-9]{1,2}\.? ?sal\b)?"
)
_WORD_BEFORE = re.compile(rf"([{_LETTERS}.-]{{1,40}})$")
_COUNTED = re.compile(
    "[ .-]{0,2}(?:gang|time|minut|min[ .]|dag|uge|måned|år|km|meter|kr|euro|menneske|person|borger|"
    "dansker|procent|%|børn|stk|grad|bolig|lejlighed|januar|februar|marts|april|maj|juni|juli|august|"
    "september|oktober|november|december)"
)
_LIVES_AT = re.compile(r"(?:bor|boede|adresse|flyttet til)(?: er)?:?(?: på| i| ved)? $")
_LONGEST_WORD = 40

_POSTCODE = re.compile(
    rf"(?<![0-9{_LETTERS}.,-])(?:dk-?)?([1-9][0-9]{{3}}) {{1,2}}([{_LETTERS}]{{2,}})"
)
# A year before a name with a capital is history, but these towns have such postcodes.
_YEARS = ("19", "20")
_TOWNS_OF_YEARS = frozenset({"frederiksberg", "københavn", "kbh"})

Capital = Callable[[int], bool]


def email_spans(text: str) -> list[Span]:
    spans = []
    for at in _AT.finditer(text):
        start = _name_start(text, at.start())
        if start == at.start():
            continue
        # "at" is also the commonest little word in Danish: then the full stop must be said too.
        domain = _SAID_DOMAIN if at.group() == " at " else _TYPED_DOMAIN
        if found := domain.match(text, at.end()):
            spans.append((start, found.end()))
    return spans


def _name_start(text: str, end: int) -> int:
    start = end
    while start > 0 and end - start < _LONGEST_NAME and text[start - 1] in _NAME_CHARACTERS:
        start -= 1
    return start


def address_spans(text: str, original: str, offsets: Sequence[int]) -> list[Span]:
    """`original` and `offsets` tell a capital letter, which the folded text has lost."""

    def capital(place: int) -> bool:
        return place < len(text) and original[offsets[place]].isupper()

    spans = []
    for house in _HOUSE.finditer(text):
        start = _street_start(text, house.start(), capital)
        if start is not None and not _COUNTED.match(text, house.end()):
            spans.append((start, house.end()))
    spans += [
        place.span()
        for place in _POSTCODE.finditer(text)
        if _is_postcode(place.group(1), place.group(2), capital=capital(place.start(2)))
    ]
    return spans


def _street_start(text: str, end: int, capital: Capital) -> int | None:
    found = _WORD_BEFORE.search(text[max(0, end - _LONGEST_WORD) : end])
    if not found:
        return None
    word = found.group(1)
    start = end - len(word)
    if word in NOT_STREETS:
        return None
    if word in STREET_ENDINGS or word in PLACE_ENDINGS:
        return start if _is_named(text, start, capital) else None
    if word.endswith(STREET_ENDINGS):
        return start if len(word) > 6 or not word.endswith("alle") else None
    return start if word.endswith(PLACE_ENDINGS) and capital(start) else None


def _is_named(text: str, start: int, capital: Capital) -> bool:
    """ "Torvet 1" alone is a street after "bor på", "Kirke Allé 1" after a name with a capital."""
    before = text[max(0, start - _LONGEST_WORD) : start]
    if _LIVES_AT.search(before):
        return True
    previous = _WORD_BEFORE.search(before.rstrip(" "))
    return (
        capital(start)
        and previous is not None
        and before.endswith(" ")
        and capital(start - len(before) + previous.start())
    )


def _is_postcode(number: str, town: str, *, capital: bool) -> bool:
    if number.startswith(_YEARS):
        return town in _TOWNS_OF_YEARS
    return town in TOWNS or (capital and not _COUNTED.match(town))
