"""Around a board: opening a workshop, coming in, taking notes home, and emptying it on its day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_urlsafe

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.boards.asking import Asked, Committed, Done
from cocreate.boards.codes import new_code
from cocreate.boards.commit import commit
from cocreate.boards.frames import of_commit
from cocreate.boards.house import tell_everybody
from cocreate.boards.intents import read_intent
from cocreate.boards.models import (
    Board,
    Column,
    Group,
    HarvestedNote,
    HeldFor,
    Note,
    Operation,
    Participant,
    Phase,
    Template,
    Vote,
    Workshop,
)
from cocreate.boards.reading import whole
from cocreate.boards.refusals import Refused
from cocreate.boards.seats import seat_of
from cocreate.contributions.codes import code_digest, code_for, digest
from cocreate.contributions.models import (
    Audience,
    Channel,
    GivenHow,
    KindName,
    Membership,
    Receipt,
    Room,
    Scope,
)
from cocreate.contributions.models.rooms import RoomKind
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import STRANGER
from cocreate.moderation.intake import take_in
from cocreate.pagecache.models import bump
from cocreate.themes.models import Guideline, Theme

# So many codes ago one still finds back to one's seat.
FORMER_CODES = 20


@dataclass(frozen=True)
class Plan:
    """All that the form for a new workshop says."""

    title: str
    purpose: str
    question: str
    columns: Sequence[str]
    held_for: str = HeldFor.MIXED
    template: str = Template.AFFINITY
    hidden: bool = True
    dots: int = 5
    theme: Theme | None = None
    guidelines: Iterable[Guideline] = ()
    with_others: Iterable[User] = ()
    # The form's own random id: the same form sent twice is one workshop.
    once: str = ""


class DoorLocked(Exception):
    """The facilitator lets nobody more in."""


class WorkshopOver(Exception):
    """It is closed; there is nothing more to come in to."""


def open_workshop(by: User, plan: Plan) -> Workshop:
    """The workshop, its board and its facilitators, with a code that opens the door at once."""
    seal = digest("workshop", f"{by.pk}|{plan.once}") if plan.once else None
    try:
        return _opened(by, plan, seal)
    except IntegrityError:
        # The same form again, or at the same moment.
        earlier = Workshop.objects.filter(submission_digest=seal).first() if seal else None
        if earlier is None:
            raise
        return earlier


def _opened(by: User, plan: Plan, seal: str | None) -> Workshop:
    with transaction.atomic():
        room = Room.objects.create(kind=RoomKind.BOARD, audience=Audience.PUBLIC)
        for user in {by, *plan.with_others}:
            Membership.objects.create(room=room, user=user, role=Membership.Role.HOST)
        workshop = Workshop.objects.create(
            room=room,
            title=plan.title,
            purpose=plan.purpose,
            held_for=plan.held_for,
            theme=plan.theme,
            created_by=by,
            submission_digest=seal,
        )
        workshop.guidelines.set(plan.guidelines)
        board = Board.objects.create(
            workshop=workshop,
            question=plan.question,
            template=plan.template,
            hidden=plan.hidden and plan.template == Template.AFFINITY,
            dots=plan.dots,
        )
        Column.objects.bulk_create(
            Column(board=board, title=title, order=order)
            for order, title in enumerate(plan.columns)
        )
        bump("workshops")
    return workshop


def come_in(workshop: Workshop, form_id: str, *, name: str = "", may_quote: bool = False) -> str:
    """A seat; its token is for the cookie alone. The same form sent twice is one seat.

    `form_id` is the form's own random id together with the browser's secret. Raises DoorLocked and
    WorkshopOver.
    """
    token = digest("seat-token", f"{workshop.pk}|{form_id}")[:43]
    with transaction.atomic():
        now = Workshop.objects.select_for_update().get(pk=workshop.pk)
        seats = Participant.objects.filter(token_digest=digest("seat", token))
        if seats.exists():
            return token
        if now.is_closed:
            raise WorkshopOver
        if now.locked:
            raise DoorLocked
        receipt = Receipt.objects.create(code_digest=code_digest(code_of_seat(token)))
        Participant.objects.create(
            workshop=now,
            token_digest=digest("seat", token),
            name=name or None,
            may_quote=may_quote,
            receipt=receipt,
        )
    return token


def code_of_seat(token: str) -> tuple[str, ...]:
    """The seven words that open what this person gave, also after the workshop."""
    return code_for(f"seat|{token}")


def rotate_code(workshop: Workshop) -> str:
    """A new code at the door; those who are in stay in."""
    code = new_code()
    with transaction.atomic():
        now = Workshop.objects.select_for_update().get(pk=workshop.pk)
        former = [now.code, *now.former_codes.split()][:FORMER_CODES]
        now.code, now.former_codes = code, " ".join(former)
        now.save(update_fields=["code", "former_codes"])
    return code


def close_workshop(workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk, closed_at=None).update(closed_at=timezone.now())


def do(board: Board, asked: Sequence[Asked]) -> Committed:
    """What a form or the operations road asks: stored here, and told to every socket."""
    committed = commit(board.pk, asked)
    if committed.is_news:
        tell_everybody(of_commit(committed))
    return committed


def take_back(note: Note) -> Done | Refused:
    """Its author's wish, by code: no seat is needed on any device. Twice is once."""
    assert note.participant is not None  # noqa: S101 - what is the room's is nobody's own
    wish = {"kind": "note.take_back", "note": note.uid}
    intent = read_intent(digest("take-back", note.uid)[:43], wish)
    (answer,) = do(note.board, [Asked(seat_of(note.participant), intent)]).answers
    return answer


def take_off_board(contribution: int) -> None:
    """The note that was harvested as this contribution, which its author has taken back."""
    standing = Note.objects.filter(contribution=contribution, taken_back_at=None)
    by_somebody = standing.filter(participant__isnull=False)
    for note in by_somebody.select_related("board", "participant"):
        take_back(note)


def fresh_cid() -> str:
    return token_urlsafe(16)


# --- afterwards -----------------------------------------------------------------------------------


def harvest(
    board: Board,
    notes: Iterable[Note],
    guidelines: Iterable[Guideline] = (),
    titles: Mapping[str, str] | None = None,
) -> int:
    """Chosen notes become contributions, each with where it is from, and wait for a host like every
    voice. A note is harvested once. Returns how many were new.

    `titles` are the names of groups that the facilitator has read and lets come along, by group; one
    that was given another name since, or none of them, does not.

    What people typed they agreed to at the door; what stands on paper was said aloud there.
    """
    made = 0
    state = whole(board.pk)
    state.totals = state.totals if board.shows_votes else {}
    kept = list(guidelines) or list(board.workshop.guidelines.all())
    for note in notes:
        with transaction.atomic():
            # As every writer of the board: a note that is taken back is not harvested meanwhile.
            Board.objects.select_for_update().get(pk=board.pk)
            # Only its own row: PostgreSQL locks no row that an outer join may lack.
            unharvested = Note.objects.filter(pk=note.pk, contribution=None)
            locked = unharvested.select_for_update(of=("self",))
            row = locked.select_related("participant", "column", "group").first()
            if row is None or row.is_gone or row.is_hidden or not row.text:
                continue
            group = row.group
            is_read = group is not None and (titles or {}).get(group.uid) == group.title
            title = group.title if group is not None and is_read else ""
            given = _given(board, row, kept, title=title, votes=state.totals.get(row.uid, 0))
            received = take_in(HarvestedNote, KindName.NOTE, given)
            Note.objects.filter(pk=row.pk).update(contribution=received.contribution)
            made += 1
    return made


def leave_out_group_name(note: HarvestedNote) -> int:
    """A host's word: the name of its group is shown above this note no more, nor above those that
    were harvested with it. Nobody's own words are changed. Returns from how many notes it went."""
    name = HarvestedNote.objects.values_list("group_title", flat=True).get(pk=note.pk)
    if not name:
        return 0
    beside = HarvestedNote.objects.filter(workshop=note.workshop_id).order_by("pk")
    with transaction.atomic():
        # The rows are held against a host who shows one of them just now. Names are encrypted, so
        # they are compared here.
        rows = beside.select_for_update().values_list("pk", "group_title")
        named = [pk for pk, title in rows if title == name]
        HarvestedNote.objects.filter(pk__in=named).update(group_title="", published_group_title="")
        bump("workshops", f"workshop:{note.workshop.room.public_id}")
    return len(named)


def _given(
    board: Board, note: Note, guidelines: list[Guideline], *, title: str, votes: int
) -> Given:
    seat = note.participant
    scopes = {Scope.SHOW, Scope.ANALYSE}
    if seat is not None and seat.may_quote:
        scopes.add(Scope.QUOTE)
    return Given(
        submission_id=f"harvest|{note.uid}",
        # A name was chosen for the people in the room; on the site the note stands without one.
        words=Words(text=note.text or ""),
        viewer=STRANGER,
        scopes=frozenset(scopes),
        role=board.workshop.speaks_as,
        theme=board.workshop.theme,
        guidelines=guidelines,
        room=board.workshop.room,
        channel=Channel.WORKSHOP,
        given_how=GivenHow.SPOKEN if note.paper or seat is None else GivenHow.WEB,
        keep_under=seat.receipt if seat else None,
        details={
            "workshop": board.workshop,
            "question": board.question,
            "column_title": note.column.title,
            "group_title": title,
            "votes": votes,
            "paper": note.paper or seat is None,
        },
    )


def empty(workshop: Workshop) -> int:
    """Deletes everything that was not harvested, and who was there. Returns how many notes."""
    with transaction.atomic():
        now = Workshop.objects.select_for_update().get(pk=workshop.pk)
        boards = Board.objects.filter(workshop=now)
        # Under the lock that every writer takes, so that nothing is written in between or after.
        boards.update(phase=Phase.CLOSED, note_count=0, seq=F("seq") + 1)
        given = list(Receipt.objects.filter(seats__workshop=now).values_list("pk", flat=True))
        Vote.objects.filter(board__in=boards).delete()
        deleted, _rows = Note.objects.filter(board__in=boards).delete()
        Group.objects.filter(board__in=boards).delete()
        Operation.objects.filter(board__in=boards).delete()
        Participant.objects.filter(workshop=now).delete()
        # Codes that open nothing; the others open what was harvested, or a story that is being written.
        codes = Receipt.objects.filter(pk__in=given)
        list(codes.select_for_update().order_by("pk").values_list("pk", flat=True))
        codes.opening_nothing().delete()
        now.emptied_at = timezone.now()
        now.closed_at = now.closed_at or now.emptied_at
        now.save(update_fields=["emptied_at", "closed_at"])
    return deleted


def empty_due() -> int:
    """The workshops whose day has come. A piece of the background work."""
    due = Workshop.objects.filter(delete_on__lte=timezone.localdate(), emptied_at=None)
    for workshop in due:
        empty(workshop)
    return len(due)
