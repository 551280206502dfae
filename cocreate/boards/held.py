"""What somebody's code opens at boards: where they sat, and what stands there of theirs."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.boards.models import Board, HarvestedNote, Note, Participant, Phase, Workshop
from cocreate.contributions.models import Contribution, State

STANDS: dict[str, Promise] = {
    Phase.COLLECT: _("People are writing now. All at the board read the notes."),
    Phase.CLUSTER: _(
        "Notes that are alike are being put together now. All at the board read them."
    ),
    Phase.VOTE: _("People are voting on the notes now. All at the board read them."),
    Phase.DISCUSS: _("People are talking about the notes now. All at the board read them."),
    Phase.CLOSED: _("The board is closed. The facilitator chooses which notes are taken further."),
}
STANDS_HIDDEN = _("People are writing now. Only you see your notes until they are turned over.")


@dataclass(frozen=True)
class AtWorkshop:
    """One workshop, and the notes of one's own that stand on its board."""

    board: Board
    notes: list[Note]

    @property
    def workshop(self) -> Workshop:
        return self.board.workshop

    @property
    def stands(self) -> str:
        """How things stand there, in one sentence."""
        return str(STANDS_HIDDEN if self.board.hides_notes else STANDS[self.board.phase])


def held_by(receipts: frozenset[int]) -> list[AtWorkshop]:
    """The newest workshop first. One query for codes of no seat, two for the others."""
    seats = Participant.objects.filter(receipt__in=receipts).values("workshop")
    # Of a workshop that was emptied only what was harvested tells who was there.
    harvested = HarvestedNote.objects.filter(receipt__in=receipts).values("workshop")
    at = Board.objects.filter(Q(workshop__in=seats) | Q(workshop__in=harvested))
    boards = list(at.select_related("workshop").order_by("-workshop", "pk"))
    if not boards:
        return []
    by_board: dict[int, list[Note]] = defaultdict(list)
    for note in own_notes(receipts).filter(taken_back_at=None).order_by("pk"):
        by_board[note.board_id].append(note)
    return [AtWorkshop(board, by_board[board.pk]) for board in boards]


def own_notes(receipts: frozenset[int]) -> QuerySet[Note]:
    """Also of somebody whose seat was taken away: the notes are still theirs."""
    mine = Note.objects.filter(participant__receipt__in=receipts)
    return mine.select_related("column", "group", "contribution").defer("contribution__alias")


def own_note(receipts: frozenset[int], uid: str) -> Note | None:
    """With its workshop; one that was taken back too."""
    rows = own_notes(receipts).select_related("board__workshop", "participant")
    return rows.filter(uid=uid).first()


def became(note: Note) -> Contribution | None:
    """What was harvested of it; then it is taken back there, among what its author has sent."""
    made = note.contribution
    return made if made is not None and made.state not in GONE else None


GONE = frozenset({State.WITHDRAWN, State.ERASED})
