"""Civil registration numbers (CPR) in a folded text, in any spelling.

Judged by day and month alone: numbers given since 2007 need not pass modulus 11 (cpr.dk), so that
check would miss them. A false alarm costs a host one look, a missed number cannot be called back.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from cocreate.text.digits import YEAR, Candidate, candidates, is_day, runs
from cocreate.text.finds import Span

# How people split ten digits, as the lengths of the groups; A is ten and C twelve in one piece.
_SHAPES = re.compile(
    "A|C|64|84|444|622|2244|2224|22222|226|424|244|61111|^2221111|^1111114|^1111111111$|(?:11|12|21)[24]4"
)
_WITH_YEAR = ("C", "84", "444", "2244", "1144", "1244", "2144")
_CLEAR = frozenset({"A", "C", "64", "84", "2224", "2244"})
# Typed from paper or by eye: O for 0, l and I for 1. Only in a word that has a real digit too.
_LOOK_ALIKES = re.compile(r"(?<![^\W_])[0-9oil|]+(?![^\W_])")
_TO_DIGITS = str.maketrans("oil|", "0111")
_DIGIT = re.compile("[0-9]")
_ACCOUNT = re.compile(
    r"(?:konto|regnr|reg\.|isbn|ean|cvr|iban|giro|faktura|ordren)[a-zæøå.:\- ]{0,12}"
    r"(?:[0-9]{4}[ -]{1,3})?$"
)
# Administrative numbers, for people without an address in Denmark, have 60 added to the day.
_ADMINISTRATIVE = 60
_CENTURIES = ("18", "19", "20")
_SERIAL_DIGITS = 4


def cpr_spans(text: str) -> list[Span]:
    digits = _LOOK_ALIKES.sub(_as_digits, text)
    return [found.span for run in runs(digits) for found in candidates(run, _SHAPES, _is_cpr)]


def _as_digits(word: re.Match[str]) -> str:
    letters = word.group()
    return letters.translate(_TO_DIGITS) if _DIGIT.search(letters) else letters


def _is_cpr(found: Candidate) -> bool:
    joint = found.joints[-1] if found.joints else ""
    certain = found.shape == "64" and "-" in joint
    return (
        _has_birthday(found)
        and _stands_alone(found)
        and _joined_as_cpr(found.groups, found.joints)
        and not _reads_otherwise(found.shape, found.groups, found.joints)
        and not found.is_part_of_amount()
        and (certain or not _ACCOUNT.search(found.before))
        and ("-" in joint or not found.has_town_after())
    )


def _has_birthday(found: Candidate) -> bool:
    day, month = found.number[:2], found.number[2:4]
    if len(found.shape) == 4 and "1" in found.shape[:2]:
        day, month = found.groups[:2]
    if found.shape in _WITH_YEAR and not found.number[:-4][-4:].startswith(_CENTURIES):
        return False
    return is_day(int(day) - (_ADMINISTRATIVE if int(day) > _ADMINISTRATIVE else 0), int(month))


def _stands_alone(found: Candidate) -> bool:
    """Not a piece of a longer number: its neighbours are joined to it by something else."""
    clear = found.shape in _CLEAR
    if clear and found.run.is_row_of(10, found.first):
        return True
    return not any(
        joint in found.joints and not (clear and len(group) < 3)
        for joint, group in found.neighbours()
    )


def _joined_as_cpr(groups: Sequence[str], joints: Sequence[str]) -> bool:
    """A line may end before the last four digits only, and a sentence not at all."""
    for place, joint in enumerate(joints, start=1):
        if "\n" in joint and len("".join(groups[place:])) != _SERIAL_DIGITS:
            return False
    return not joints or joints[-1] == "." or not joints[-1].startswith(".")


def _reads_otherwise(shape: str, groups: Sequence[str], joints: Sequence[str]) -> bool:
    """As a date with a time, a span of dates or years, or a row of numbers."""
    if shape == "22222":
        steps = {int(after) - int(before) for before, after in pairwise(groups)}
        return len(steps) == 1 or (joints[-1] == "." and len(set(joints)) > 1)
    if shape == "2224" and "-" in joints[0] and "-" not in joints[1]:
        return bool(YEAR.fullmatch(groups[-1]))
    if shape in _WITH_YEAR and YEAR.fullmatch(groups[-1]):
        return True
    if len(shape) == 4 and "1" in shape[:2]:
        return not (set(joints[:2]) <= {"-", ".", "/"} and "-" in joints[2])
    return False
