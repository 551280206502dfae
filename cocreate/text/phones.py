"""Telephone numbers in a folded text: eight Danish digits as people group them, or foreign."""

import re
from collections.abc import Sequence

from cocreate.text.digits import YEAR, Candidate, candidates, is_day, runs
from cocreate.text.finds import Span

_SHAPES = re.compile("8|A|44|2222|233|323|332|224|242|422|26|62|^11111111$")
_JOINTS = (set[str](), {" "}, {"-"}, {"."}, {"/"})
_PREFIX = re.compile(r"(?:\+|(?<![0-9])00)\s?45")
_COUNTRY = "45"
_DIGITS = 8
_FOREIGN_DIGITS = range(8, 16)
_OTHER_NUMBER = re.compile(
    r"(?:cvr|p-?nr|ean|isbn|iban|konto|reg\.|regnr|fakturan|ordren|kunden|medlemsn|sagsn|journaln"
    r"|j\.|kr|dkk|eur|€|\$)[a-zæøå.:\- ]{0,8}$"
)
_AMOUNT = re.compile(r"\s?(?:kr\b|kroner|dkk|mio|mia|euro?\b|€|,-|%|procent|m2\b|kvm|km\b)")
_PHONE_WORD = re.compile("(?:tlf|telefon|mobil|nr|nummer|ring|sms)$")


def phone_spans(text: str, known: frozenset[str]) -> list[Span]:
    """`known` holds digits that are nobody's own number: help lines, the town hall."""
    bare = _PREFIX.sub(lambda prefix: " " * len(prefix.group()), text)
    spans = []
    for run in runs(bare):
        if bare[run.starts[0] - 1 : run.starts[0]] == "+":
            if run.digits_before[-1] in _FOREIGN_DIGITS:
                spans.append((run.starts[0], run.starts[-1] + len(run.groups[-1])))
        else:
            spans += [
                found.span
                for found in candidates(run, _SHAPES, _is_phone)
                if found.number[-_DIGITS:] not in known
            ]
    return spans


def _is_phone(found: Candidate) -> bool:
    return (
        _begins_as_phone(found)
        and set(found.joints) in _JOINTS
        and _stands_alone(found)
        and not _reads_otherwise(found.shape, found.groups, found.joints)
        and not found.is_part_of_amount()
        and _is_a_word(found)
        and not _AMOUNT.match(found.run.text, found.span[1])
        and not _OTHER_NUMBER.search(found.before)
        and not (found.shape.endswith("4") and found.has_town_after())
    )


def _begins_as_phone(found: Candidate) -> bool:
    """No Danish number begins with 0 or 1; ten digits are eight after the country's 45."""
    first = found.groups[0]
    return first[0] in "23456789" and (found.shape != "A" or first.startswith(_COUNTRY))


def _stands_alone(found: Candidate) -> bool:
    """Or after the country's 45, or in a row of numbers written alike."""
    if found.first and found.run.groups[found.first - 1] == _COUNTRY:
        return True
    if found.run.is_row_of(_DIGITS, found.first):
        return True
    return not any(joint in found.joints for joint, _ in found.neighbours())


def _reads_otherwise(shape: str, groups: Sequence[str], joints: Sequence[str]) -> bool:
    """As a date, a span of years or postcodes, or an amount with points for thousands."""
    number = "".join(groups)
    if shape in ("8", "224") and YEAR.fullmatch(number[4:]):
        return is_day(int(number[:2]), int(number[2:4]))
    if shape in ("8", "422") and YEAR.fullmatch(number[:4]):
        return is_day(int(number[6:]), int(number[4:6]))
    if shape == "44":
        round_numbers = joints[0] != " " and all(group.endswith("0") for group in groups)
        return round_numbers or all(map(YEAR.fullmatch, groups))
    return shape == "233" and joints[0] == "."


def _is_a_word(found: Candidate) -> bool:
    """Not digits inside a name or an address, but "tlf20101234" is one."""
    start, end = found.span
    text = found.run.text
    if text[end : end + 1].isalnum():
        return False
    return not text[start - 1 : start].isalpha() or bool(_PHONE_WORD.search(found.before))
