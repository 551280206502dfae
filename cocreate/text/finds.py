"""What the finder hands back: what it is, how grave it is, and where it stands in the text."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    CPR = "cpr"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"
    CONCERN = "concern"
    INDIVIDUAL_CASE = "individual_case"


class Level(StrEnum):
    """For a concern (domain §3.4): past or figurative; ongoing thoughts; a plan or a farewell."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


GRAVITY = {Level.LOW: 0, Level.MEDIUM: 1, Level.HIGH: 2}


@dataclass(frozen=True)
class Find:
    kind: Kind
    level: Level
    start: int
    end: int


Span = tuple[int, int]
