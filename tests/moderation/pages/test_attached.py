"""Photos and voices at the hosts' desk: not checked, looked at, written down, refused."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from cocreate.contributions.models import Contribution, Known, State
from cocreate.moderation.models import Look, Reason
from cocreate.moderation.queue import CONCERN, UNREAD, WAITING, waiting_for
from cocreate.moderation.rules import record_findings
from tests.cast import Cast, give_story, show
from tests.moderation.test_showing import attach
from tests.stories.pages import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def at(story: Contribution) -> str:
    return f"/vaert/{story.public_id}/"


def test_what_rules_cannot_read_comes_right_after_concern(cast: Cast) -> None:
    plain = give_story("En almindelig fortælling.").contribution
    seen = attach(give_story("Med billede.").contribution)
    foreign = give_story("I waited nine weeks.", language="en").contribution
    worried = give_story("Nogle aftener tænker jeg på at tage mit eget liv.").contribution
    order = [(row.pk, row.rank) for row in waiting_for(cast.viewer("host"))]
    assert order == [
        (worried.pk, order[0][1]),
        (seen.contribution_id, UNREAD),
        (foreign.pk, UNREAD),
        (plain.pk, WAITING),
    ]
    assert order[0][1] <= CONCERN
    page = cast.client("host").get("/vaert/")
    assert 'class="icon"' in page.content.decode()
    Look.objects.create(attachment=seen, known="nobody", at=seen.added_at)
    ranks = {row.pk: row.rank for row in waiting_for(cast.viewer("host"))}
    assert ranks[seen.contribution_id] == WAITING


def test_the_host_sees_behind_a_veil_and_answers(cast: Cast) -> None:
    story, host = give_story().contribution, cast.client("host")
    kept = attach(story, description="En dør")
    file = reverse("desk_file", args=[story.public_id, kept.public_id])
    look = reverse("desk_look", args=[story.public_id, kept.public_id])
    page = host.get(at(story))
    body = page.content.decode()
    assert body.index('<details class="veil">') < body.index(
        f'<img class="photo blurred" src="{file}"'
    )
    assert host.get(file)["Cache-Control"] == "private, no-store"
    assert host.post(look, {}).status_code == 422
    answer = host.post(look, {**filled(page, look), "known": "nobody"})
    assert answer.status_code == 302
    assert (kept.look.known, kept.look.by) == (Known.NOBODY, cast.host)
    host.post(look, {"known": "nobody", "refused": Reason.NAMES_OTHERS})
    kept.refresh_from_db()
    assert Look.objects.get().refused == Reason.NAMES_OTHERS
    assert host.post(look, {"known": "nej", "refused": "nej"}).status_code == 422


def test_only_a_host_who_may_read_the_story_gets_at_its_files(cast: Cast) -> None:
    story = give_story(viewer=cast.viewer("host")).contribution
    kept = attach(story, kind="voice")
    file = reverse("desk_file", args=[story.public_id, kept.public_id])
    assert cast.client("second_host").get(file).status_code == 200
    for name in ("citizen", "staff", "politician", "editor", "host_without_second_factor"):
        assert cast.client(name).get(file).status_code in {302, 403, 404}
    other = give_story("Noget andet.").contribution
    wrong = reverse("desk_file", args=[other.public_id, kept.public_id])
    assert cast.client("second_host").get(wrong).status_code == 404
    own = reverse("desk_look", args=[story.public_id, kept.public_id])
    assert cast.client("host").post(own, {}).status_code == 422
    assert not Look.objects.exists()


def test_a_voice_is_written_down_and_is_nothing_before_the_authors_yes(cast: Cast) -> None:
    story, host = give_story("", title="").contribution, cast.client("host")
    kept = attach(story, kind="voice")
    page = host.get(at(story))
    assert "<audio" in page.content.decode()
    host.post(reverse("desk_look", args=[story.public_id, kept.public_id]), {})
    publish = {**filled(host.get(at(story)), at(story)), "outcome": "published"}
    assert host.post(at(story), publish).status_code == 422
    edit = reverse("desk_edit", args=[story.public_id])
    said = {"text": "Jeg ventede i ni uger.", "message": "Er det sådan, du sagde det?"}
    assert host.post(edit, {**filled(host.get(at(story)), edit), **said}).status_code == 302
    story.refresh_from_db()
    assert (story.state, story.published_text) == (State.RETURNED, "")


def test_words_about_a_photo_wait_for_the_host_like_others(cast: Cast) -> None:
    story, host = give_story().contribution, cast.client("host")
    kept = attach(story, description="Ring til mig på 40 12 34 56")
    record_findings(story.versions.get())
    host.post(reverse("desk_look", args=[story.public_id, kept.public_id]), {"known": "nobody"})
    page = host.get(at(story))
    assert "40 12 34 56" in page.content.decode()
    publish = {**filled(page, at(story)), "outcome": "published"}
    assert host.post(at(story), publish).status_code == 422
    found = story.versions.get().findings.get(in_field="photo", kind="phone")
    host.post(reverse("desk_finding", args=[story.public_id, found.pk]))
    story.versions.get().findings.update(resolved_at=kept.added_at)
    host.post(at(story), {**filled(host.get(at(story)), at(story)), "outcome": "published"})
    story.refresh_from_db()
    assert story.state == State.PUBLISHED


def test_pages_ask_as_much_however_many_photos_there_are(cast: Cast) -> None:
    host, taken = cast.client("host"), []
    for number in (1, 4):
        story = give_story().contribution
        for colour in ("green", "blue", "white", "black")[:number]:
            kept = attach(story, colour=colour)
            Look.objects.create(attachment=kept, known="nobody", at=kept.added_at)
        with CaptureQueriesContext(connection) as at_the_desk:
            assert host.get(at(story)).status_code == 200
        show(story, by=cast.second_host)
        with CaptureQueriesContext(connection) as in_public:
            page = Client().get(f"/fortaellinger/{story.public_id}/")
        assert page.content.decode().count('<img class="photo"') == number
        taken.append((len(at_the_desk), len(in_public)))
    assert taken[0] == taken[1]
