"""Who sees what, decided a second time in plain Python and compared over every combination."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from cocreate import guards
from cocreate.accounts.models import Role, User
from cocreate.contributions.access import hosted, own, raw_words_open_to
from cocreate.contributions.models import (
    Audience,
    Contribution,
    Membership,
    Receipt,
    Room,
    RoomKind,
    State,
    TextVersion,
)
from cocreate.contributions.models.rooms import MembershipRole
from cocreate.contributions.viewer import Viewer
from cocreate.forums.models import Forum

pytestmark = [pytest.mark.django_db, pytest.mark.db]

WAITS_OR_STANDS = {"pending", "returned", "approved", "published", "hidden", "kept", "declined"}
ROLES: list[frozenset[str]] = [
    frozenset(),
    frozenset({Role.HOST}),
    frozenset({Role.STAFF}),
    frozenset({Role.POLITICIAN}),
    frozenset({Role.EDITOR, Role.ANALYST}),
    frozenset({Role.HOST, Role.POLITICIAN}),
]


@dataclass
class World:
    users: dict[str, User]
    rooms: list[Room | None]
    receipts: list[Receipt]
    members: dict[tuple[int, int], str]
    rows: list[Contribution]


def reader(world: World, row: Contribution, viewer: Viewer) -> bool:
    """Whether the viewer is in the circle of both the contribution and its room."""
    room = next((r for r in world.rooms if r is not None and r.pk == row.room_id), None)
    in_room = viewer.user is not None and (row.room_id, viewer.user.pk) in world.members
    council = viewer.second_factor and bool(viewer.roles)
    if room is not None and in_room:
        return row.audience in {Audience.ROOM, Audience.PUBLIC} or (
            council
            and row.audience == Audience.COUNCIL
            and room.audience in {Audience.PUBLIC, Audience.COUNCIL}
        )
    circles = {row.audience, room.audience if room else Audience.PUBLIC}
    if circles & {Audience.HOST, Audience.ROOM}:
        return False
    return council or circles == {Audience.PUBLIC}


def is_own(row: Contribution, viewer: Viewer) -> bool:
    if row.state == State.ERASED:
        return False
    by_account = viewer.user is not None and row.author_id == viewer.user.pk
    return by_account or (row.receipt_id is not None and row.receipt_id in viewer.receipts)


def is_hosted(world: World, row: Contribution, viewer: Viewer) -> bool:
    if Role.HOST not in viewer.roles or not viewer.second_factor or viewer.user is None:
        return False
    if row.state not in WAITS_OR_STANDS:
        return False
    room = next((r for r in world.rooms if r is not None and r.pk == row.room_id), None)
    if room is None or room.audience == Audience.PUBLIC:
        return True
    return world.members.get((room.pk, viewer.user.pk)) == MembershipRole.HOST


@pytest.fixture
def world(db: None) -> Iterator[World]:
    users = {
        name: User.objects.create_user(f"{name}@w.example") for name in ("none", "member", "host")
    }
    rooms: list[Room | None] = [None]
    for audience, _copy in product(Audience.values, range(2)):
        rooms.append(Room.objects.create(kind=RoomKind.FORUM, audience=audience))
    members: dict[tuple[int, int], str] = {}
    # In the first of each two rooms only: the second must stay closed to the same people.
    for room in rooms[1::2]:
        assert room is not None
        for name, role in (("member", MembershipRole.MEMBER), ("host", MembershipRole.HOST)):
            Membership.objects.create(room=room, user=users[name], role=role)
            members[room.pk, users[name].pk] = role
    receipts = [Receipt.objects.create(code_digest=f"{n:064d}") for n in range(3)]
    yield World(users, rooms, receipts, members, _rows(users, rooms, receipts))


def _rows(
    users: dict[str, User], rooms: list[Room | None], receipts: list[Receipt]
) -> list[Contribution]:
    now = timezone.now()
    made = []
    combinations = product(
        State.values, Audience.values, rooms, [None, *users.values()], [None, *receipts[:2]]
    )
    for number, (state, audience, room, author, receipt) in enumerate(combinations):
        gone = state == State.ERASED
        made.append(
            Contribution(
                kind="story",
                submission_digest=f"{number:064d}",
                state=state,
                audience=audience,
                room=room,
                author=None if gone else author,
                receipt=None if gone else receipt,
                submitted_at=now,
                publish_at=now,
                published_at=now,
                withdrawn_at=now,
                state_changed_at=now,
            )
        )
    with guards.lifted(connection):
        shown = [row for row in made if row.state == State.PUBLISHED]
        for row in shown:
            row.state = State.PENDING
        Contribution.objects.bulk_create(made)
        TextVersion.objects.bulk_create(
            TextVersion(contribution=row, number=1, text="x", approved_by_author_at=now)
            for row in made
        )
        versions = dict(TextVersion.objects.values_list("contribution_id", "pk"))
        for row in shown:
            row.state, row.published_version_id = State.PUBLISHED, versions[row.pk]
        Contribution.objects.bulk_update(shown, ["state", "published_version"])
    return made


def viewers(world: World) -> Iterator[Viewer]:
    held = [frozenset(), frozenset({world.receipts[0].pk}), frozenset(r.pk for r in world.receipts)]
    yield from (Viewer(receipts=opened) for opened in held)
    for user, roles, second, opened in product(world.users.values(), ROLES, (False, True), held):
        yield Viewer(user=user, roles=roles, second_factor=second, receipts=opened)


def narrowed_to_its_host(world: World, row: Contribution) -> bool:
    """Looked at in test_fault_rooms.py."""
    room = next((r for r in world.rooms if r is not None and r.pk == row.room_id), None)
    return room is not None and room.audience == Audience.HOST


def test_the_database_and_plain_python_agree_about_every_reader(world: World) -> None:
    judged = [row for row in world.rows if not narrowed_to_its_host(world, row)]
    ids = {row.pk for row in judged}
    for viewer in viewers(world):
        found = list(Contribution.objects.visible_to(viewer).values_list("pk", flat=True))
        assert len(found) == len(set(found)), "a join doubles rows"
        expected = {
            row.pk
            for row in judged
            if is_own(row, viewer)
            or is_hosted(world, row, viewer)
            or (row.state == State.PUBLISHED and reader(world, row, viewer))
        }
        assert set(found) & ids == expected


def test_raw_words_are_for_author_and_host_alone_in_every_combination(world: World) -> None:
    for viewer in viewers(world):
        raw = list(raw_words_open_to(viewer).values_list("pk", flat=True))
        words = set(
            TextVersion.objects.readable_by(viewer).values_list("contribution_id", flat=True)
        )
        mine = {row.pk for row in world.rows if is_own(row, viewer)}
        open_states = {
            row.pk for row in world.rows if row.state not in {State.WITHDRAWN, State.ERASED}
        }
        desk = {row.pk for row in world.rows if is_hosted(world, row, viewer)}
        # What a host gave by a receipt that is open now is somebody else's to decide.
        held = {row.pk for row in world.rows if row.receipt_id in viewer.receipts}
        assert set(hosted(viewer).values_list("pk", flat=True)) == desk - held
        assert set(own(viewer).values_list("pk", flat=True)) == mine
        assert set(raw) == desk | (mine & open_states) == words
        assert len(raw) == len(set(raw))


def test_the_rule_can_be_negated_combined_and_joined_without_doubling(world: World) -> None:
    member = Viewer(user=world.users["member"], receipts=frozenset({world.receipts[0].pk}))
    seen = set(Contribution.objects.visible_to(member).values_list("pk", flat=True))
    unseen = Contribution.objects.exclude(pk__in=Contribution.objects.visible_to(member))
    assert unseen.count() == len(world.rows) - len(seen)
    assert Contribution.objects.visible_to(member).count() == len(seen)


def test_a_session_with_very_many_receipts_is_no_server_error(world: World) -> None:
    many = Viewer(receipts=frozenset(range(10**6, 10**6 + 20_000)))
    assert Contribution.objects.visible_to(many).exists()
    assert not own(many).exists()


def test_deactivation_and_role_loss_hold_at_once(world: World) -> None:
    user = world.users["host"]
    user.groups.add(Group.objects.get_or_create(name=Role.HOST)[0])
    waiting = next(
        r
        for r in world.rows
        if r.state == State.PENDING and r.room_id is None and r.author_id is None
    )

    def may(fresh: User) -> bool:
        viewer = Viewer(user=fresh, roles=fresh.roles, second_factor=True)
        return hosted(viewer).filter(pk=waiting.pk).exists()

    assert may(User.objects.get(pk=user.pk))
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not may(User.objects.get(pk=user.pk))
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.groups.clear()
    assert not may(User.objects.get(pk=user.pk))


def test_the_rooms_one_may_enter_agree_with_plain_python(world: World) -> None:
    forums = {
        Forum.objects.create(room=room, slug=f"r{room.pk}", title="r").pk: room
        for room in world.rooms
        if room is not None and room.audience != Audience.HOST
    }
    for viewer in viewers(world):
        expected = {
            pk
            for pk, room in forums.items()
            if room.audience == Audience.PUBLIC
            or (viewer.user is not None and (room.pk, viewer.user.pk) in world.members)
            or (room.audience == Audience.COUNCIL and viewer.second_factor and viewer.roles)
        }
        found = list(Forum.objects.visible_to(viewer).values_list("pk", flat=True))
        assert sorted(found) == sorted(expected)
