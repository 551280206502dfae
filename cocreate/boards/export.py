"""What is taken out of a board as a file: column, group, note, dots, and whether it was on paper.

Never who: no seat, no chosen name, no time, no order of writing. What is hidden from everybody, or
withheld in this phase, is in no file either (entries.may_see).
"""

import csv
import io
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cocreate.boards.entries import HOST
from cocreate.boards.models import Board
from cocreate.boards.picture import Heap, Picture, Pillar, picture

# A cell that begins so is a formula to a spreadsheet (CWE-1236); an apostrophe makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"  # without it, some spreadsheets read Danish letters as two signs


@dataclass(frozen=True)
class Row:
    column: str
    group: str
    note: str
    dots: int | None
    is_paper: bool


def shown_on(board: Board) -> Picture:
    """As facilitators see the board now, without what is hidden from everybody."""
    return picture(board, HOST)


def rows(shown: Picture) -> list[Row]:
    found = []
    for pillar in shown.pillars:
        for group in pillar.groups:
            found += [_row(pillar, group, note) for note in _in_order(group.notes)]
        found += [_row(pillar, None, note) for note in _in_order(pillar.loose)]
    return found


def _row(pillar: Pillar, group: Heap | None, note: dict[str, Any]) -> Row:
    return Row(
        pillar.title,
        group.title if group else "",
        str(note["text"]),
        note.get("dots"),
        bool(note.get("paper")),
    )


def _in_order(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Most dots first; otherwise as they lie on the board."""
    return sorted(notes, key=lambda note: -note.get("dots", 0))


def csv_of(shown: Picture) -> str:
    written = io.StringIO()
    sheet = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    sheet.writerow(
        [_("Column"), pgettext("in a table", "Group"), _("Note"), _("Votes"), _("Paper or typed")]
    )
    for row in rows(shown):
        how = _("paper") if row.is_paper else _("typed")
        dots = "" if row.dots is None else row.dots
        sheet.writerow([_text(row.column), _text(row.group), _text(row.note), dots, how])
    return BOM + written.getvalue()


def _text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def json_of(shown: Picture) -> dict[str, Any]:
    workshop = shown.board.workshop
    return {
        "workshop": workshop.title,
        "question": shown.board.question,
        "used_for": workshop.purpose,
        "phase": shown.board.phase,
        "exported_on": timezone.localdate().isoformat(),
        "notes": [
            {
                "column": row.column,
                "group": row.group,
                "text": row.note,
                "votes": row.dots,
                "paper": row.is_paper,
            }
            for row in rows(shown)
        ],
    }
