"""Which words are in force, and which ones somebody answered to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from cocreate.wordings.built_in import BUILT_IN, CONSENTS, FIRST_OF_STAFF
from cocreate.wordings.models import TextRecord, Wording

KNOWN_LANGUAGES = frozenset(dict(settings.LANGUAGES))


@dataclass(frozen=True)
class Said:
    number: int
    text: str
    hint: str = ""


def in_force(keys: Iterable[str], language: str | None = None) -> dict[str, Said]:
    """The words of each key in this language, or in the one of the page. One query.

    A language in which staff have written nothing has the built-in words. Raises KeyError for a key
    that does not exist.
    """
    asked = language or translation.get_language() or ""
    spoken = asked if asked in KNOWN_LANGUAGES else settings.LANGUAGE_CODE
    wanted = list(keys)
    found = {key: built_in(key, spoken) for key in wanted}
    for record in TextRecord.objects.filter(key__in=wanted, language=spoken):
        found[record.key] = Said(record.number, record.text, record.hint)
    return found


def built_in(key: str, language: str) -> Said:
    kept = BUILT_IN[key]
    with translation.override(language):
        return Said(kept.number, str(kept.text), str(kept.hint or ""))


def answered(key: str, number: int) -> Said | None:
    """The words with this number; None when there never were any. A built-in one is said in the
    language of the page, and only as it is now: its number is raised with every change."""
    if number < FIRST_OF_STAFF:
        return built_in(key, translation.get_language() or "") if key in BUILT_IN else None
    row = Wording.objects.filter(key=key, number=number).first()
    return Said(row.number, row.text, row.hint) if row else None


def numbers_of_consents(language: str | None = None) -> dict[str, int]:
    """By scope, the wording in which it is asked for now. One query."""
    said = in_force(CONSENTS.values(), language)
    return {scope: said[key].number for scope, key in CONSENTS.items()}


def asked_in(questions: dict[str, Said]) -> str:
    """What a form carries of the questions it showed, e.g. "show.1 quote.101"."""
    return " ".join(f"{scope}.{questions[key].number}" for scope, key in CONSENTS.items())


def read_asked_in(carried: str) -> dict[str, int]:
    """The wordings that a page says it showed. What never was a wording is left out. One query when
    there is one of staff's among them, else none."""
    said: dict[str, int] = {}
    for part in carried[:200].split():
        scope, _dot, number = part.partition(".")
        if scope in CONSENTS and number.isdecimal() and len(number) <= 5:
            said[scope] = int(number)
    written = {scope: number for scope, number in said.items() if number >= FIRST_OF_STAFF}
    known = {
        scope: number
        for scope, number in said.items()
        if 1 <= number <= BUILT_IN[CONSENTS[scope]].number
    }
    if written:
        keys = [CONSENTS[scope] for scope in written]
        rows = Wording.objects.filter(key__in=keys, number__in=written.values())
        there = set(rows.values_list("key", "number"))
        known |= {scope: no for scope, no in written.items() if (CONSENTS[scope], no) in there}
    return known
