"""The fictional workshops of `make run`."""

import pytest
from django.test import Client

from cocreate.boards.demonstration import make_demonstration, make_past_demonstration
from cocreate.boards.models import HarvestedNote, Workshop
from cocreate.contributions.models import Channel
from tests.boards.leading.conftest import shown, words
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_one_is_open_and_in_the_middle_of_it(cast: Cast, strategy: None) -> None:
    made = make_demonstration(cast.host)
    assert made is not None
    assert make_demonstration(cast.host) is None
    leader = cast.client("host")
    page = words(shown(leader, f"/v/{made.code}/tovholder/"))
    assert "Ingen besked" in page and "Én at ringe til" in page
    assert "Ingen besked" in words(shown(leader, f"/v/{made.code}/laerred/"))
    assert Workshop.objects.get().demonstration


def test_one_is_over_and_its_notes_are_shown(cast: Cast, strategy: None) -> None:
    made = make_past_demonstration(cast.host, cast.second_host)
    assert made is not None
    assert make_past_demonstration(cast.host, cast.second_host) is None
    page = shown(Client(), f"/vaerksteder/{made.room.public_id}/")
    for note in HarvestedNote.objects.all():
        assert note.published_text in page
        assert note.channel == Channel.WORKSHOP
    assert made.title in shown(Client(), "/vaerksteder/")
    assert HarvestedNote.objects.first().published_text in shown(Client(), "/retningslinjer/3.4/")
