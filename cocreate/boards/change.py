"""The rows that one batch touches: read together, changed in memory, written together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Sum

from cocreate.boards.intents import Intent
from cocreate.boards.models import Board, Column, Group, Note, Participant, Vote
from cocreate.boards.places import between, first_place
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.seats import Seat
from cocreate.moderation.operations import withdraw

Row = TypeVar("Row", Column, Group, Note)
# A key grows by a sign for each five notes put at the same spot; past this the note goes last.
LONGEST_PLACE = 100


@dataclass(frozen=True, slots=True)
class Made:
    """What the log keeps of one operation."""

    kind: str
    payload: dict[str, Any]
    note: str = ""
    shows_help: bool = False


@dataclass
class Change:
    """Board, notes, groups and votes as this batch sees and leaves them."""

    board: Board
    now: datetime
    columns: dict[str, Column] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    # Dots by (participant, note uid) of those who vote in this batch.
    dots: dict[tuple[int, str], int] = field(default_factory=dict)
    new_notes: list[Note] = field(default_factory=list)
    new_groups: list[Group] = field(default_factory=list)
    changed_notes: dict[int, Note] = field(default_factory=dict)
    changed_groups: dict[int, Group] = field(default_factory=dict)
    gone_groups: list[Group] = field(default_factory=list)
    cast: dict[tuple[int, str], int] = field(default_factory=dict)
    # Who did the operation of this number; known to this batch alone, never to the log.
    seats: dict[int, Seat] = field(default_factory=dict)
    # What a vote operation of this batch set; the log keeps neither.
    votes_at: dict[int, tuple[str, int]] = field(default_factory=dict)
    # By number and participant: the own dots on a note that was hidden or shown.
    dots_back: dict[int, dict[int, tuple[str, int]]] = field(default_factory=dict)
    locks: bool | None = None
    removed: list[int] = field(default_factory=list)
    # Whose seat was taken away before; their process may not have heard of it yet.
    out: frozenset[int] = frozenset()
    _places: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    _ballots: set[int] = field(default_factory=set)

    def expect(self, seats: Sequence[Seat], intents: Sequence[Intent]) -> None:
        """Reads what the batch names, in one query for each kind of row."""
        self.columns = {column.uid: column for column in self.board.columns.all()}
        gone = Participant.objects.filter(workshop=self.board.workshop_id, removed_at__isnull=False)
        self.out = frozenset(gone.values_list("pk", flat=True))
        notes, groups = set(), set()
        for intent in intents:
            notes |= {intent["note"], intent["after"], *(intent["notes"] or ())}
            groups.add(intent["group"])
        self.read_notes(notes - {None})
        self.read_groups(groups - {None})
        voters = {
            seat.participant
            for seat, intent in zip(seats, intents, strict=True)
            if intent.kind == "vote.set" and seat.participant
        }
        if voters:
            self._read_dots(voters)

    def read_notes(self, uids: Iterable[str]) -> None:
        wanted = [uid for uid in uids if uid not in self.notes]
        if wanted:
            rows = Note.objects.filter(board=self.board, uid__in=wanted).select_related("group")
            self.notes |= {note.uid: note for note in rows}
            standing = [note.group for note in rows if note.group is not None]
            # One object for each group, however many notes stand in it.
            for group in standing:
                self.groups.setdefault(group.uid, group)
            for note in rows:
                if note.group is not None:
                    note.group = self.groups[note.group.uid]

    def read_groups(self, uids: Iterable[str]) -> None:
        wanted = [uid for uid in uids if uid not in self.groups]
        if wanted:
            for group in Group.objects.filter(board=self.board, uid__in=wanted):
                self.groups.setdefault(group.uid, group)

    def _read_dots(self, voters: set[int]) -> None:
        """Each ballot once: afterwards this batch knows it better than the table."""
        unread = voters - self._ballots
        self._ballots |= unread
        rows = Vote.objects.filter(
            board=self.board,
            participant__in=unread,
            note__taken_back_at=None,
            note__hide_reason="",
        )
        for participant, uid, dots in rows.values_list("participant", "note__uid", "dots"):
            self.dots[participant, uid] = dots

    # --- looking up ------------------------------------------------------------------------------

    def column(self, uid: str) -> Column:
        return _found(self.columns.get(uid))

    def group(self, uid: str) -> Group:
        return _found(self.groups.get(uid))

    def notes_in(self, group: Group) -> list[Note]:
        """The notes of a group as this batch leaves them."""
        if group.pk is not None:
            for note in Note.objects.filter(group=group):
                self.notes.setdefault(note.uid, note)
        return [note for note in self.notes.values() if note.group == group and not note.is_gone]

    def drop(self, group: Group) -> None:
        del self.groups[group.uid]
        if group.pk is None:
            self.new_groups.remove(group)
        else:
            self.changed_groups.pop(group.pk, None)
            self.gone_groups.append(group)

    def column_of(self, column_id: int) -> Column:
        return next(column for column in self.columns.values() if column.pk == column_id)

    def visible_note(self, uid: str, seat: Seat) -> Note:
        """A note this seat can see. What it may not see is as if it were not there."""
        note = _found(self.notes.get(uid))
        if note.is_gone or (note.is_hidden and not seat.is_facilitator):
            raise Refused(Code.GONE)
        if self.board.hides_notes and not is_own(note, seat):
            raise Refused(Code.GONE)
        return note

    # --- places ----------------------------------------------------------------------------------

    def place_after(self, column: Column, after: str, moving: Note, seq: int) -> str:
        """A key behind the place `after`, where "" is the top of the column; its end when keys
        have grown too long."""
        others = [row for row in self._row(column) if row[1] != moving.pk]
        later = [place for place, _pk in others if place > after]
        key = between(after, later[0]) if later else first_place(seq)
        key = key if len(key) <= LONGEST_PLACE else first_place(seq)
        self._places[column.pk] = sorted([*others, (key, moving.pk)])
        return key

    def _row(self, column: Column) -> list[tuple[str, int]]:
        if column.pk not in self._places:
            rows = Note.objects.filter(board=self.board, column=column, taken_back_at=None)
            saved = dict(rows.values_list("pk", "place"))
            touched = [*self.changed_notes.values()]
            saved |= {note.pk: note.place for note in touched if note.column_id == column.pk}
            for note in touched:
                if note.column_id != column.pk:
                    saved.pop(note.pk, None)
            self._places[column.pk] = sorted((place, pk) for pk, place in saved.items())
        return self._places[column.pk]

    # --- writing ---------------------------------------------------------------------------------

    def touch(self, note: Note) -> None:
        if note.pk is not None:
            self.changed_notes[note.pk] = note

    def left_for(self, participant: int | None, uid: str) -> int:
        """Dots this person has left when those on this note are taken up again."""
        used = sum(
            dots
            for (whose, note), dots in self.dots.items()
            if whose == participant and note != uid
        )
        return self.board.dots - used

    def free_dots(self, note: Note, seq: int) -> None:
        """Dots on a note that is hidden can be used again. Its author, who goes on seeing it, is
        told; for others they go with the note."""
        self.dots = {key: dots for key, dots in self.dots.items() if key[1] != note.uid}
        if note.participant_id is not None and self.board.has_votes:
            self.dots_back[seq] = {note.participant_id: (note.uid, 0)}

    def give_dots_back(self, note: Note, seq: int) -> None:
        """They lie where they lay, except those of somebody who has used them since."""
        rows = Vote.objects.filter(note=note).values_list("participant", "dots")
        lay = dict(rows) | {who: dots for (who, uid), dots in self.cast.items() if uid == note.uid}
        self._read_dots(set(lay))
        for participant, dots in lay.items():
            if dots > self.left_for(participant, note.uid):
                self.cast[participant, note.uid] = dots = 0
            self.dots[participant, note.uid] = dots
            self.dots_back.setdefault(seq, {})[participant] = (note.uid, dots)

    def save(self) -> None:
        Group.objects.bulk_create(self.new_groups)
        Note.objects.bulk_create(self.new_notes)
        for group in self.changed_groups.values():
            group.save(update_fields=["title", "version", "place", "column"])
        for note in self.changed_notes.values():
            note.save(update_fields=NOTE_COLUMNS)
            if note.is_gone and note.contribution is not None:
                # Taken back is taken back: what was harvested of it goes from everywhere else too.
                withdraw(note.contribution)
        for group in self.gone_groups:
            group.delete()
        self._save_votes()
        self.board.save(update_fields=BOARD_COLUMNS)
        if self.locks is not None:
            type(self.board.workshop).objects.filter(pk=self.board.workshop_id).update(
                locked=self.locks
            )
        if self.removed:
            seats = self.board.workshop.participants.filter(pk__in=self.removed)
            seats.update(removed_at=self.now)

    def _save_votes(self) -> None:
        kept, empty = [], []
        for (participant, uid), dots in self.cast.items():
            note = self.notes[uid]
            if dots:
                kept.append(
                    Vote(board=self.board, note=note, participant_id=participant, dots=dots)
                )
            else:
                empty.append((note.pk, participant))
        if kept:
            Vote.objects.bulk_create(
                kept,
                update_conflicts=True,
                unique_fields=["note", "participant"],
                update_fields=["dots"],
            )
        for note_pk, participant in empty:
            Vote.objects.filter(note=note_pk, participant=participant).delete()


NOTE_COLUMNS = [
    "column",
    "group",
    "text",
    "version",
    "place",
    "found",
    "hide_reason",
    "taken_back_at",
    "room_dots",
]
BOARD_COLUMNS = ["seq", "phase", "hidden", "deadline", "paused", "note_count"]


def is_own(note: Note, seat: Seat) -> bool:
    """A facilitator's own are those written for the room."""
    if note.participant_id is None:
        return seat.is_facilitator
    return note.participant_id == seat.participant


def _found(row: Row | None) -> Row:
    if row is None:
        raise Refused(Code.GONE)
    return row


def dots_used(board: Board) -> tuple[int, int]:
    """How many have voted, and with how many dots; for the facilitator, never by note."""
    votes = Vote.objects.filter(board=board, note__taken_back_at=None, note__hide_reason="")
    used = votes.aggregate(dots=Sum("dots"))["dots"] or 0
    return votes.values("participant").distinct().count(), used
