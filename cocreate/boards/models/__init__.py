"""Workshops and their live boards."""

from cocreate.boards.models.board import (
    MOST_GROUPS,
    MOST_NOTES,
    NOTE_LENGTH,
    TITLE_LENGTH,
    Board,
    Column,
    Group,
    HideReason,
    Note,
    Phase,
    Template,
    Vote,
)
from cocreate.boards.models.harvest import HarvestedNote
from cocreate.boards.models.log import Operation
from cocreate.boards.models.workshop import HeldFor, Participant, Workshop

__all__ = [
    "MOST_GROUPS",
    "MOST_NOTES",
    "NOTE_LENGTH",
    "TITLE_LENGTH",
    "Board",
    "Column",
    "Group",
    "HarvestedNote",
    "HeldFor",
    "HideReason",
    "Note",
    "Operation",
    "Participant",
    "Phase",
    "Template",
    "Vote",
    "Workshop",
]
