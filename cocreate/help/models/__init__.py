from cocreate.help.models.hours import ClosedDay, StaffedHours, Weekday
from cocreate.help.models.lines import (
    CHECK_AGAIN_DAYS,
    OFFER_SHOWN_DAYS,
    ForWhom,
    HelpLine,
    HelpLineQuerySet,
    digits_of,
    known_numbers,
)
from cocreate.help.models.words import RestingRule, WordKind, WordLevel, WordRule

__all__ = [
    "CHECK_AGAIN_DAYS",
    "OFFER_SHOWN_DAYS",
    "ClosedDay",
    "ForWhom",
    "HelpLine",
    "HelpLineQuerySet",
    "RestingRule",
    "StaffedHours",
    "Weekday",
    "WordKind",
    "WordLevel",
    "WordRule",
    "digits_of",
    "known_numbers",
]
