"""What each kind of operation does. Every function checks the seat's right to this very row."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cocreate.boards.change import Change, Made, is_own
from cocreate.boards.intents import Intent
from cocreate.boards.marks import mark_of
from cocreate.boards.models import (
    MOST_GROUPS,
    MOST_NOTES,
    Column,
    Group,
    HideReason,
    Note,
    Operation,
    Phase,
)
from cocreate.boards.phases import ALWAYS, FACILITATES, allowed_now, reason_against
from cocreate.boards.places import first_place
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.seats import Seat
from cocreate.boards.words import Read, read_words


def apply(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    """Raises Refused; then nothing in `change` has moved."""
    against = reason_against(change.board, seat, intent.kind)
    if against is not None:
        raise Refused(against)
    is_out = seat.participant in change.out or seat.participant in change.removed
    if is_out and intent.kind not in ALWAYS:
        # Their own words stay theirs: with their code they can still take them back.
        raise Refused(Code.NOT_ALLOWED)
    made = DEEDS[intent.kind](change, seat, intent, seq)
    change.seats[seq] = seat
    return made


# --- notes ----------------------------------------------------------------------------------------


def add_note(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    column = change.column(intent["column"])
    group = change.group(intent["group"]) if intent["group"] else None
    if group is not None and group.column_id != column.pk:
        raise Refused(Code.CHANGED)
    read = read_words(intent["text"], sure=intent["sure"])
    note = _new_note(change, seat, seq, text=intent["text"], read=read)
    note.column, note.group, note.paper = column, group, intent["paper"]
    return _of_note("note.add", note, change, shows_help=read.shows_help)


def _new_note(change: Change, seat: Seat, seq: int, *, text: str, read: Read) -> Note:
    if change.board.note_count >= MOST_NOTES:
        raise Refused(Code.FULL)
    change.board.note_count += 1
    note = Note(
        board=change.board,
        # What a facilitator writes, they write for the room.
        participant_id=None if seat.is_facilitator else seat.participant,
        text=text,
        found=read.kinds,
        place=first_place(seq),
    )
    change.notes[note.uid] = note
    change.new_notes.append(note)
    return note


def edit_note(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    note = change.visible_note(intent["note"], seat)
    _must_be_author(note, seat)
    read = read_words(intent["text"], sure=intent["sure"])
    if intent["base"] != note.version and intent["text"] != note.text:
        return _twin_of(note, change, seat, intent, seq, read)
    note.text, note.found, note.version = intent["text"], read.kinds, note.version + 1
    change.touch(note)
    return _of_note("note.edit", note, change, shows_help=read.shows_help)


def _twin_of(note: Note, change: Change, seat: Seat, intent: Intent, seq: int, read: Read) -> Made:
    """Two wrote on one note at once: both wordings stand, side by side, and nothing is lost."""
    twin = _new_note(change, seat, seq, text=intent["text"], read=read)
    twin.column, twin.group, twin.paper = change.column_of(note.column_id), note.group, note.paper
    twin.participant_id, twin.twin = note.participant_id, note if note.pk else None
    return _of_note("note.add", twin, change, shows_help=read.shows_help)


def move_note(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    note = change.visible_note(intent["note"], seat)
    _may_move(change, note, seat)
    column = change.column(intent["column"])
    group = change.group(intent["group"]) if intent["group"] else None
    if group is not None and group.column_id != column.pk:
        raise Refused(Code.CHANGED)
    before = _stands(note, change)
    note.place = _place(change, seat, intent, note, column, seq)
    note.column, note.group = column, group
    change.touch(note)
    return _of_note("note.move", note, change, before=before, after=_stands(note, change))


def _may_move(change: Change, note: Note, seat: Seat) -> None:
    if change.board.phase == Phase.COLLECT and "group.add" not in allowed_now(change.board, seat):
        # While people write, each moves their own.
        _must_be_author(note, seat)


def _place(change: Change, seat: Seat, intent: Intent, note: Note, column: Column, seq: int) -> str:
    """Behind the note named, at the top, or last."""
    if intent["after"]:
        after = change.visible_note(intent["after"], seat)
        if after.column_id != column.pk:
            raise Refused(Code.CHANGED)
        return change.place_after(column, after.place, note, seq)
    return change.place_after(column, "", note, seq) if intent["first"] else first_place(seq)


def take_back(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    """The words are erased with the operation; nothing brings them back."""
    note = change.notes.get(intent["note"])
    if note is None or note.is_gone or not is_own(note, seat):
        # Whether there is such a note is told to those who see it, and to nobody else.
        note = change.visible_note(intent["note"], seat)
    _must_be_author(note, seat)
    note.text, note.found, note.taken_back_at = None, "", change.now
    change.board.note_count -= 1
    change.touch(note)
    return _of_note("note.take_back", note, change)


def hide_note(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    note = change.notes.get(intent["note"])
    if note is None or note.is_gone:
        raise Refused(Code.GONE)
    if change.board.hides_notes:
        # A facilitator reads no hidden note, and so has none to hide.
        raise Refused(Code.PHASE)
    before = note.hide_reason
    note.hide_reason = HideReason(intent["reason"]).value
    change.free_dots(note, seq)
    change.touch(note)
    return _of_note("note.hide", note, change, before=before, after=note.hide_reason)


def show_note(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    note = change.notes.get(intent["note"])
    if note is None or note.is_gone or not note.is_hidden:
        raise Refused(Code.GONE)
    if change.board.hides_notes:
        raise Refused(Code.PHASE)
    before, note.hide_reason = note.hide_reason, ""
    change.give_dots_back(note, seq)
    change.touch(note)
    return _of_note("note.show", note, change, before=before, after="")


# --- groups ---------------------------------------------------------------------------------------


def add_group(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    """Notes put together; they come to the column of the first of them."""
    notes = [change.visible_note(uid, seat) for uid in intent["notes"]]
    if change.board.groups.count() + len(change.new_groups) >= MOST_GROUPS:
        raise Refused(Code.FULL)
    read_words(intent["title"], sure=intent["sure"])
    column = change.column_of(notes[0].column_id)
    group = Group(board=change.board, column=column, title=intent["title"], place=first_place(seq))
    change.groups[group.uid] = group
    change.new_groups.append(group)
    before = {note.uid: _stands(note, change) for note in notes}
    for note in notes:
        note.group, note.column = group, column
        change.touch(note)
    uids = [note.uid for note in notes]
    return Made("group.add", {"group": group.uid, "notes": uids, "before": before})


def name_group(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    group = change.group(intent["group"])
    if intent["base"] != group.version and intent["title"] != group.title:
        raise Refused(Code.CHANGED)
    read_words(intent["title"], sure=intent["sure"])
    group.title, group.version = intent["title"], group.version + 1
    if group.pk is not None:
        change.changed_groups[group.pk] = group
    return Made("group.name", {"group": group.uid})


def remove_group(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    """The notes stay where they are, on their own."""
    group = change.group(intent["group"])
    notes = change.notes_in(group)
    for note in notes:
        note.group = None
        change.touch(note)
    change.drop(group)
    return Made("group.remove", {"group": group.uid, "notes": [note.uid for note in notes]})


# --- votes ----------------------------------------------------------------------------------------


def set_vote(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    """So many dots of this seat's on one note. The log keeps neither note nor number."""
    note = change.visible_note(intent["note"], seat)
    if seat.participant is None or seat.is_facilitator:
        # What is put in the room has a number of its own.
        raise Refused(Code.BAD)
    if intent["dots"] > change.left_for(seat.participant, note.uid):
        raise Refused(Code.NO_DOTS)
    change.dots[seat.participant, note.uid] = intent["dots"]
    change.cast[seat.participant, note.uid] = intent["dots"]
    change.votes_at[seq] = (note.uid, intent["dots"])
    return Made("vote.set", {}, note=note.uid)


def set_room_dots(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    note = change.visible_note(intent["note"], seat)
    note.room_dots = intent["dots"]
    change.touch(note)
    if change.board.shows_votes:
        return _of_note("room.dots", note, change)
    return Made("room.dots", {}, note=note.uid)


# --- the facilitator's ----------------------------------------------------------------------------


def set_phase(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    board = change.board
    if intent["phase"] not in board.phases:
        raise Refused(Code.BAD)
    before = {"phase": board.phase, "hidden": board.hidden}
    board.phase = intent["phase"]
    board.hidden = intent["hidden"] and board.phase == Phase.COLLECT
    board.deadline = None
    return Made("phase.set", {"before": before, "after": board.phase})


def set_timer(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    seconds = intent["seconds"]
    change.board.deadline = change.now + timedelta(seconds=seconds) if seconds else None
    return Made("timer.set", {})


def extend_timer(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    """From the deadline, or from now when it has passed."""
    start = max(change.board.deadline or change.now, change.now)
    change.board.deadline = start + timedelta(seconds=intent["seconds"])
    return Made("timer.extend", {})


def set_pause(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    change.board.paused = intent["on"]
    return Made("pause.set", {})


def set_door(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    change.locks = intent["locked"]
    return Made("door.set", {})


def remove_seat(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    """Whoever disturbs is shown out; what they wrote stays until somebody hides it."""
    if intent["seat"] == seat.participant:
        raise Refused(Code.NOT_ALLOWED)
    change.removed.append(intent["seat"])
    return Made("seat.remove", {})


# --- undo -----------------------------------------------------------------------------------------


def undo(change: Change, seat: Seat, intent: Intent, seq: int) -> Made:
    """Puts back what one operation moved, as long as nobody has moved it since.

    A facilitator undoes what a facilitator or anybody did; others only their own, which they show
    by its client id. Taking back is never undone: the words are erased.
    """
    # What this very batch did is not in the table yet, and is nothing to regret yet.
    done = Operation.objects.filter(board=change.board, seq=intent["seq"]).first()
    if done is None or done.kind not in UNDONE_BY:
        raise Refused(Code.GONE)
    is_theirs = done.mark == mark_of(seat, intent["cid"])
    if not seat.is_facilitator and (not is_theirs or done.kind in FACILITATES):
        raise Refused(Code.NOT_ALLOWED)
    if "before" not in done.payload:
        raise Refused(Code.GONE)
    if not seat.is_facilitator and done.kind not in allowed_now(change.board, seat):
        raise Refused(Code.PHASE)
    return UNDONE_BY[done.kind](change, seat, done.payload, seq)


def _move_back(change: Change, seat: Seat, payload: dict[str, Any], seq: int) -> Made:
    note = _unmoved(change, payload["note"], seat)
    _may_move(change, note, seat)
    if _stands(note, change) != payload["after"]:
        raise Refused(Code.CHANGED)
    _put_back(note, payload["before"], change)
    return _of_note("note.move", note, change)


def _unhide(change: Change, seat: Seat, payload: dict[str, Any], seq: int) -> Made:
    note = _unmoved(change, payload["note"], seat)
    if note.hide_reason != payload["after"]:
        raise Refused(Code.CHANGED)
    note.hide_reason = payload["before"]
    if note.is_hidden:
        change.free_dots(note, seq)
    else:
        change.give_dots_back(note, seq)
    change.touch(note)
    return _of_note("note.hide" if note.hide_reason else "note.show", note, change)


def _ungroup(change: Change, seat: Seat, payload: dict[str, Any], seq: int) -> Made:
    if change.board.hides_notes:
        # It would move what nobody but its author may see.
        raise Refused(Code.PHASE)
    change.read_groups([payload["group"]])
    group = change.group(payload["group"])
    notes = change.notes_in(group)
    for note in notes:
        _put_back(note, payload["before"].get(note.uid), change)
    change.drop(group)
    return Made("group.remove", {"group": group.uid, "notes": [note.uid for note in notes]})


def _phase_back(change: Change, seat: Seat, payload: dict[str, Any], seq: int) -> Made:
    board = change.board
    if board.phase != payload["after"]:
        raise Refused(Code.CHANGED)
    board.phase, board.hidden = payload["before"]["phase"], payload["before"]["hidden"]
    board.deadline = None
    return Made("phase.set", {"after": board.phase})


def _unmoved(change: Change, uid: str, seat: Seat) -> Note:
    change.read_notes([uid])
    return change.visible_note(uid, seat)


def _put_back(note: Note, before: dict[str, str | None] | None, change: Change) -> None:
    """To the column, group and place it had; on its own when the group is gone since."""
    note.group = None
    if before is not None:
        group = before["group"]
        change.read_groups([group] if group else [])
        note.column = change.column(before["column"] or "")
        note.group = change.groups.get(group or "")
        note.place = before["place"] or note.place
    change.touch(note)


# --- small things ---------------------------------------------------------------------------------


def _must_be_author(note: Note, seat: Seat) -> None:
    """Nobody rewrites another's words."""
    if not is_own(note, seat):
        raise Refused(Code.NOT_ALLOWED)


def _stands(note: Note, change: Change) -> dict[str, str | None]:
    group = next((g.uid for g in change.groups.values() if g.pk == note.group_id), None)
    return {
        "column": change.column_of(note.column_id).uid,
        "group": group if note.group_id else None,
        "place": note.place,
    }


def _of_note(
    kind: str, note: Note, change: Change, *, shows_help: bool = False, **more: Any
) -> Made:
    column = change.column_of(note.column_id).uid
    payload = {"note": note.uid, "column": column, **more}
    return Made(kind, payload, note=note.uid, shows_help=shows_help)


Deed = Callable[[Change, Seat, Intent, int], Made]
DEEDS: dict[str, Deed] = {
    "note.add": add_note,
    "note.edit": edit_note,
    "note.move": move_note,
    "note.take_back": take_back,
    "note.hide": hide_note,
    "note.show": show_note,
    "group.add": add_group,
    "group.name": name_group,
    "group.remove": remove_group,
    "vote.set": set_vote,
    "room.dots": set_room_dots,
    "phase.set": set_phase,
    "timer.set": set_timer,
    "timer.extend": extend_timer,
    "pause.set": set_pause,
    "door.set": set_door,
    "seat.remove": remove_seat,
    "undo": undo,
}
UNDONE_BY: dict[str, Callable[[Change, Seat, dict[str, Any], int], Made]] = {
    "note.move": _move_back,
    "note.hide": _unhide,
    "note.show": _unhide,
    "group.add": _ungroup,
    "phase.set": _phase_back,
}
