"""Who may know that a contribution is there, and who may read its raw words."""

import pytest
from django.utils import timezone

from cocreate.contributions.access import own, raw_words_open_to
from cocreate.contributions.models import Audience, Contribution, Scope, State, TextVersion
from cocreate.contributions.viewer import STRANGER, Viewer
from cocreate.moderation import operations
from cocreate.moderation.models import Reason
from tests.cast import PEOPLE, Cast, begin, give_story, open_forum, show

pytestmark = [pytest.mark.django_db, pytest.mark.db]

UNPUBLISHED = [s for s in State.values if s not in {State.PUBLISHED, State.DRAFT}]


def in_state(state: str, cast: Cast, **given: object) -> Contribution:
    """A story brought to a state the only way there is: by operations."""
    if state == State.KEPT:
        given.setdefault("scopes", {Scope.ANALYSE})
    received = give_story(**given)  # type: ignore[arg-type]
    story = received.contribution
    host, why, words = cast.host, Reason.NAMES_OTHERS, "Vi vil gerne tale med dig om det."
    match state:
        case State.PUBLISHED:
            show(story, by=host)
        case State.HIDDEN:
            operations.hide(show(story, by=host), by=host, reason=why, message=words)
        case State.APPROVED:
            operations.approve(story, by=host, publish_at=timezone.now())
        case State.KEPT:
            operations.keep(story, by=host)
        case State.RETURNED:
            operations.return_to_author(story, by=host, reason=why, message=words)
        case State.DECLINED:
            operations.decline(story, by=host, reason=why, message=words)
        case State.WITHDRAWN:
            operations.withdraw(story)
        case State.ERASED:
            operations.withdraw(story)
            operations.erase(story)
        case State.PENDING:
            pass
        case _:
            raise AssertionError(state)
    story = Contribution.objects.get(pk=story.pk)
    assert story.state == state
    return story


def sees(viewer: Viewer, contribution: Contribution) -> bool:
    return Contribution.objects.visible_to(viewer).filter(pk=contribution.pk).exists()


def reads_raw(viewer: Viewer, contribution: Contribution) -> bool:
    return TextVersion.objects.readable_by(viewer).filter(contribution=contribution).exists()


@pytest.mark.parametrize("name", ["stranger", *PEOPLE])
def test_a_published_story_is_seen_by_everybody(cast: Cast, name: str) -> None:
    story = in_state(State.PUBLISHED, cast)
    assert sees(cast.viewer(name), story)


@pytest.mark.parametrize("state", UNPUBLISHED)
@pytest.mark.parametrize(
    "name", ["stranger", *[p for p in PEOPLE if p not in {"host", "second_host"}]]
)
def test_nobody_but_hosts_and_author_sees_what_is_not_published(
    cast: Cast, name: str, state: str
) -> None:
    story = in_state(state, cast)
    assert not sees(cast.viewer(name), story)
    assert not reads_raw(cast.viewer(name), story)


@pytest.mark.parametrize("state", UNPUBLISHED)
def test_a_host_reads_what_was_sent_but_not_what_was_taken_back(cast: Cast, state: str) -> None:
    story = in_state(state, cast)
    gone = state in {State.WITHDRAWN, State.ERASED}
    assert sees(cast.viewer("host"), story) is not gone
    assert reads_raw(cast.viewer("host"), story) is not gone


@pytest.mark.parametrize("state", [*UNPUBLISHED, State.PUBLISHED])
def test_the_author_sees_it_by_receipt_until_it_is_erased(cast: Cast, state: str) -> None:
    received = give_story()
    receipt = received.contribution.receipt
    assert receipt is not None
    holder = Viewer(receipts=frozenset({receipt.pk}))
    story = in_state(state, cast, keep_under=receipt)
    assert sees(holder, story) is (state != State.ERASED)
    assert reads_raw(holder, story) is (state not in {State.WITHDRAWN, State.ERASED})


def test_another_receipt_opens_nothing(cast: Cast) -> None:
    mine, other = give_story().contribution, give_story().contribution
    assert other.receipt is not None
    stranger_with_a_code = Viewer(receipts=frozenset({other.receipt.pk}))
    assert not sees(stranger_with_a_code, mine)
    assert list(own(stranger_with_a_code)) == [Contribution.objects.get(pk=other.pk)]


def test_an_account_sees_its_own_and_no_other(cast: Cast) -> None:
    story = give_story(viewer=cast.viewer("citizen")).contribution
    assert sees(cast.viewer("citizen"), story)
    assert not sees(cast.viewer("relative"), story)


def test_a_closed_account_sees_nothing_unpublished(cast: Cast, rf: object) -> None:
    story = give_story(viewer=cast.viewer("citizen")).contribution
    cast.citizen.is_active = False
    cast.citizen.save()
    client = cast.client("citizen")
    request = client.get("/").wsgi_request
    assert not sees(Viewer.of(request), story)


def test_a_draft_is_its_authors_alone(cast: Cast) -> None:
    story = give_story().contribution
    draft = Contribution.objects.create(
        kind="story",
        submission_digest="d" * 64,
        receipt=story.receipt,
        state=State.DRAFT,
        state_changed_at=timezone.now(),
    )
    assert not sees(cast.viewer("host"), draft)
    assert story.receipt is not None
    assert sees(Viewer(receipts=frozenset({story.receipt.pk})), draft)


@pytest.mark.parametrize("name", ["stranger", "citizen", "staff", "politician", "editor", "host"])
def test_a_closed_room_is_closed_to_all_but_its_members(cast: Cast, name: str) -> None:
    room = open_forum(
        "lukket", audience=Audience.ROOM, members=[cast.relative], hosts=[cast.second_host]
    )
    waiting = begin(room).contribution
    shown = show(begin(room), by=cast.second_host)
    assert not sees(cast.viewer(name), waiting)
    assert not sees(cast.viewer(name), shown)
    assert sees(cast.viewer("relative"), shown)
    assert not sees(cast.viewer("relative"), waiting)
    assert sees(cast.viewer("second_host"), waiting)


def test_a_room_that_closes_takes_its_posts_along(cast: Cast) -> None:
    room = open_forum("aabent")
    shown = show(begin(room), by=cast.host)
    assert sees(STRANGER, shown)
    room.room.audience = Audience.ROOM
    room.room.save()
    assert not sees(STRANGER, shown)
    assert not sees(cast.viewer("politician"), shown)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("stranger", False),
        ("citizen", False),
        ("politician", True),
        ("staff", True),
        ("editor", True),
    ],
)
def test_what_is_for_the_council_is_read_by_councillors_and_staff(
    cast: Cast, name: str, may: bool
) -> None:
    room = open_forum("raad", audience=Audience.COUNCIL)
    shown = show(begin(room), by=cast.host)
    assert sees(cast.viewer(name), shown) is may


def test_a_councillor_without_second_factor_is_a_reader_like_any(cast: Cast) -> None:
    room = open_forum("raad", audience=Audience.COUNCIL)
    shown = show(begin(room), by=cast.host)
    at_home = Viewer(user=cast.politician, roles=cast.politician.roles, second_factor=False)
    assert not sees(at_home, shown)


def test_hosts_of_open_rooms_do_not_read_a_council_room_they_do_not_host(cast: Cast) -> None:
    room = open_forum("raad", audience=Audience.COUNCIL)
    waiting = begin(room).contribution
    assert not raw_words_open_to(cast.viewer("host")).filter(pk=waiting.pk).exists()
