"""Photos and voices on their way to the public: nothing without an answer, nothing without a look."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cocreate.contributions.attachments import give_to, keep, seal_of
from cocreate.contributions.models import Attachment, Contribution, Known, State
from cocreate.contributions.operations import Words
from cocreate.moderation import editing, showing
from cocreate.moderation.errors import NothingToShow, OwnContribution, ReasonMissing
from cocreate.moderation.models import Look, Outcome, Reason
from cocreate.moderation.operations import (
    erase,
    hide,
    publish,
    publish_due,
    restore,
    withdraw,
)
from cocreate.pictures.pixels import draw_photo
from cocreate.sounds.sounds import record
from tests.cast import Cast, give_story, open_in, show
from tests.pictures.conftest import stored
from tests.stories.attached import photo, sound

pytestmark = pytest.mark.django_db
NOWHERE = "/fortaellinger/findes-ikke/bilag/findes-ikke/"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def attach(
    story: Contribution, *, kind: str = "photo", colour: str = "", **answers: object
) -> Attachment:
    came = photo(colour=colour) if kind == "photo" else BytesIO(sound())
    fresh = draw_photo(came) if kind == "photo" else record(came)
    draft = f"kladde-{story.public_id}"[:32]
    kept = keep(fresh, held_by=draft, seal=seal_of(came, f"{draft}{kind}"))
    answers = {"known": Known.NOBODY, **answers} if kind == "photo" else answers
    Attachment.objects.filter(pk=kept.pk).update(**answers)
    give_to(story, draft)
    kept.refresh_from_db()
    return kept


def address(story: Contribution, kept: Attachment) -> str:
    return reverse("story_file", args=[story.public_id, kept.public_id])


def is_seen(story: Contribution, kept: Attachment) -> bool:
    code = Client().get(address(story, kept)).status_code
    on_page = kept.public_id in Client().get(f"/fortaellinger/{story.public_id}/").content.decode()
    assert (code == 200) == on_page
    return on_page


def test_a_photo_is_shown_when_both_have_said_that_nobody_can_be_recognised(cast: Cast) -> None:
    story = give_story().contribution
    kept = attach(story, description="En dør")
    showing.look_at(kept, by=cast.host, known=Known.NOBODY)
    assert not is_seen(story, kept)
    show(story, by=cast.host)
    assert is_seen(story, kept)
    assert 'alt="En dør"' in Client().get(f"/fortaellinger/{story.public_id}/").content.decode()
    answer = Client().get(address(story, kept))
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.has_header("ETag")


@pytest.mark.parametrize(
    ("known", "seen", "refused"),
    [
        ("", Known.NOBODY, ""),
        (Known.UNSURE, Known.NOBODY, ""),
        (Known.NOBODY, Known.UNSURE, ""),
        (Known.NOBODY, None, ""),
        (Known.NOBODY, Known.NOBODY, Reason.NAMES_OTHERS),
    ],
)
def test_otherwise_the_story_is_shown_without_it(
    cast: Cast, known: str, seen: str | None, refused: str
) -> None:
    story = give_story().contribution
    kept = attach(story, known=known)
    if seen is not None:
        showing.look_at(kept, by=cast.host, known=seen, refused=refused)
    show(story, by=cast.host)
    assert not is_seen(story, kept)
    assert Client().get(f"/fortaellinger/{story.public_id}/").status_code == 200


def shown_photo(cast: Cast) -> tuple[Contribution, Attachment]:
    story = give_story().contribution
    kept = attach(story)
    showing.look_at(kept, by=cast.host, known=Known.WITH_THEIR_YES)
    show(story, by=cast.host)
    assert is_seen(story, kept)
    return story, kept


def hidden(story: Contribution, _kept: Attachment, cast: Cast) -> None:
    hide(story, by=cast.host, reason=Reason.HATE, message="Nej.")


def taken_back(story: Contribution, _kept: Attachment, _cast: Cast) -> None:
    withdraw(story)


def looked_at_again(_story: Contribution, kept: Attachment, cast: Cast) -> None:
    showing.look_at(kept, by=cast.second_host, known=Known.UNSURE)


def taken_out(_story: Contribution, kept: Attachment, _cast: Cast) -> None:
    showing.take_out(kept)


@pytest.mark.parametrize("act", [hidden, taken_back, looked_at_again, taken_out])
def test_it_is_gone_at_the_next_request(
    cast: Cast, act: Callable[[Contribution, Attachment, Cast], None]
) -> None:
    story, kept = shown_photo(cast)
    assert Client().get(address(story, kept)).status_code == 200
    act(story, kept, cast)
    gone = Client().get(address(story, kept))
    never = Client().get(NOWHERE)
    assert gone.status_code == never.status_code == 404
    assert gone.content == never.content
    page = Client().get(f"/fortaellinger/{story.public_id}/").content.decode()
    assert kept.public_id not in page


def test_shown_again_with_its_story(cast: Cast) -> None:
    story, kept = shown_photo(cast)
    hidden(story, kept, cast)
    restore(story, by=cast.host)
    assert is_seen(story, kept)


def test_taken_back_nothing_is_left_of_the_bytes(
    cast: Cast, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    story, _kept = shown_photo(cast)
    assert len(stored(media)) == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw(story)
    assert stored(media) == [] and not Attachment.objects.exists()
    erase(story)


def test_a_photo_alone_can_be_shown_and_not_without_a_look(cast: Cast) -> None:
    story = give_story("", title="").contribution
    kept = attach(story)
    with pytest.raises(NothingToShow):
        publish(story, by=cast.host)
    showing.look_at(kept, by=cast.host, known=Known.NOBODY)
    show(story, by=cast.host)
    assert is_seen(story, kept)
    with pytest.raises(NothingToShow):
        showing.look_at(kept, by=cast.host, refused=Reason.NAMES_OTHERS)
    assert is_seen(story, kept)


def test_a_voice_alone_is_shown_only_as_words_its_author_said_yes_to(cast: Cast) -> None:
    story = give_story("", title="").contribution
    kept = attach(story, kind="voice")
    showing.look_at(kept, by=cast.host)
    with pytest.raises(NothingToShow):
        publish(story, by=cast.host)
    said = "Jeg ventede i ni uger."
    edit = editing.suggest(story, words=Words(said), message="Er det rigtigt?", by=cast.host)
    assert Client().get(f"/fortaellinger/{story.public_id}/").status_code == 404
    editing.accept(edit)
    story.refresh_from_db()
    assert story.state == State.APPROVED
    Contribution.objects.filter(pk=story.pk).update(publish_at="2020-01-01T00:00:00Z")
    assert publish_due() == 1
    page = Client().get(f"/fortaellinger/{story.public_id}/").content.decode()
    assert said in page and "<audio" not in page
    assert not is_seen(story, kept)


def test_a_voice_is_heard_by_others_only_after_a_yes_of_its_own(cast: Cast) -> None:
    story = give_story().contribution
    kept = attach(story, kind="voice", may_publish_sound=True)
    show(story, by=cast.host)
    assert not is_seen(story, kept)
    showing.look_at(kept, by=cast.host)
    assert is_seen(story, kept)
    part = Client().get(address(story, kept), HTTP_RANGE="bytes=0-3")
    assert (part.status_code, part.content) == (206, b"OggS")
    assert part["Content-Type"] == "audio/ogg"
    assert Client().get(address(story, kept), HTTP_RANGE="bytes=99999999-").status_code == 416


def test_the_last_of_a_story_without_words_is_not_taken_out(cast: Cast) -> None:
    story = give_story("", title="").contribution
    kept = attach(story)
    with pytest.raises(NothingToShow):
        showing.take_out(kept)
    assert Attachment.objects.filter(pk=kept.pk).exists()


def test_a_look_needs_an_answer_and_another_than_the_author(cast: Cast) -> None:
    story = give_story(viewer=cast.viewer("host")).contribution
    kept = attach(story)
    with pytest.raises(OwnContribution):
        showing.look_at(kept, by=cast.host, known=Known.NOBODY)
    with pytest.raises(ReasonMissing):
        showing.look_at(kept, by=cast.second_host)
    with pytest.raises(ReasonMissing):
        showing.look_at(kept, by=cast.second_host, refused=Reason.WITHIN_RULES)
    assert not Look.objects.exists()


@pytest.mark.db
def test_the_database_shows_no_photo_without_its_story_or_an_answer(cast: Cast) -> None:
    waits = attach(give_story().contribution)
    unanswered = attach(show(give_story("Noget andet."), by=cast.host), known="")
    silent = attach(show(give_story("Et tredje."), by=cast.host), kind="voice")
    for kept in (waits, unanswered, silent):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=kept.pk).update(shown=True)


def test_the_author_sees_and_removes_their_own_and_nobody_else_does(cast: Cast) -> None:
    received = give_story()
    story, author = received.contribution, Client()
    kept = attach(story)
    open_in(author, story.receipt)
    own = reverse("own_file", args=[story.public_id, kept.public_id])
    remove = reverse("own_file_remove", args=[story.public_id, kept.public_id])
    assert own in author.get("/kode/mine/").content.decode()
    assert author.get(own).status_code == 200
    for name in ("citizen", "host", "editor", "politician"):
        assert cast.client(name).get(own).status_code == 404
        assert cast.client(name).post(remove).status_code == 404
    assert author.get(remove).status_code == 200
    for _ in range(2):
        assert author.post(remove).status_code == 302
    assert author.get(own).status_code == 404
    assert not Attachment.objects.exists()
    assert story.decisions.filter(outcome=Outcome.WITHDRAWN).count() == 0
