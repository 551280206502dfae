"""What the rules notice in a note before it is stored: a CPR number never reaches the board."""

import time
from dataclasses import dataclass

from cocreate.boards.refusals import Code, Refused
from cocreate.help.models import known_numbers
from cocreate.help.words import staff_rules
from cocreate.text.finder import NO_RULES, PERSONAL, Kind, StaffRules, find

# A board takes many notes a second, and a query for each would cost more than the note itself: a
# rule that staff change reaches the boards of a process so much later.
RULES_KEPT_SECONDS = 5.0
_kept: tuple[float, StaffRules] | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """`kinds` goes with the note to the facilitator; help is shown to its author alone."""

    kinds: str = ""
    shows_help: bool = False


def read_words(text: str, *, sure: bool) -> Read:
    """Raises Refused for a CPR number, and for a phone number, mail or home address until its
    author says it is meant."""
    rules = _staff_rules() if text else NO_RULES
    found = {hit.kind for hit in find(text, rules=rules)} if text else set()
    if Kind.PHONE in found:
        # Help lines may be written; asked for only when it matters, since it costs a query.
        found = {hit.kind for hit in find(text, known_numbers=known_numbers(), rules=rules)}
    if Kind.CPR in found:
        raise Refused(Code.NUMBER)
    if found & PERSONAL and not sure:
        raise Refused(Code.SURE)
    return Read(",".join(sorted(found)), Kind.CONCERN in found)


def _staff_rules() -> StaffRules:
    """Two threads that read them at once do no harm: each keeps what the database says."""
    global _kept
    now = time.monotonic()
    if _kept is None or now - _kept[0] > RULES_KEPT_SECONDS:
        _kept = (now, staff_rules())
    return _kept[1]


def forget_rules() -> None:
    """The next note is read by the rules as they are then."""
    global _kept
    _kept = None
