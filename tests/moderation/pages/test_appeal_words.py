"""The words to the second host are read by the rules like all others."""

import pytest

from cocreate.moderation import operations
from cocreate.moderation.models import Appeal, Reason
from tests.cast import Cast, give_story

pytestmark = pytest.mark.django_db


def declined(cast: Cast) -> str:
    story = give_story(viewer=cast.viewer("citizen")).contribution
    operations.decline(story, by=cast.host, reason=Reason.HATE, message="Nej, fordi det angriber.")
    return f"/kode/{story.public_id}/bed-om-at-se-igen/"


def test_a_number_in_the_appeal_is_asked_about_once(strategy: None, cast: Cast) -> None:
    path, client = declined(cast), cast.client("citizen")
    said = {"text": "Ring til mig på 40 12 34 56."}
    asked = client.post(path, said)
    assert asked.status_code == 422
    assert "40 12 34 56" in asked.content.decode()
    assert not Appeal.objects.exists()
    assert client.post(path, {**said, "sent_knowingly": "phone"}).status_code == 302
    assert Appeal.objects.get().text == "Ring til mig på 40 12 34 56."


def test_a_cry_for_help_in_the_appeal_is_stored_first_and_then_answered(
    strategy: None, cast: Cast
) -> None:
    path, client = declined(cast), cast.client("citizen")
    answer = client.post(path, {"text": "Jeg vil ikke leve mere."}, follow=True)
    assert Appeal.objects.exists()
    assert 'href="tel:112"' in answer.content.decode()
