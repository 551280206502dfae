"""Word to authors: neutral, without content, once, and only where they asked."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from cocreate.moderation import operations
from cocreate.moderation.models import Reason
from cocreate.notifications.models import Letter
from cocreate.notifications.operations import note_decisions, send_letters
from cocreate.notifications.worker import work_once
from tests.cast import Cast, give_story, show

pytestmark = pytest.mark.django_db
SECRETS = ("Guldregn", "Fortælling", "story", "selvmord", "tema", "hjemløs")


def tell() -> int:
    note_decisions()
    return send_letters()


def test_the_author_is_told_once_and_neutrally(cast: Cast) -> None:
    show(give_story("Om Guldregn.", title="Guldregn", email="kim@mail.example"), by=cast.host)
    assert (tell(), tell()) == (1, 0)
    letter = mail.outbox[0]
    assert letter.to == ["kim@mail.example"]
    said = f"{letter.subject} {letter.body}".lower()
    assert [word for word in SECRETS if word.lower() in said] == []
    assert "/kode/" in said


def test_without_an_address_nobody_is_written_to(cast: Cast) -> None:
    show(give_story(), by=cast.host)
    assert tell() == 0
    assert not mail.outbox and not Letter.objects.exists()


def test_an_account_is_told_to_look_at_its_own_page(cast: Cast) -> None:
    show(give_story(viewer=cast.viewer("citizen")), by=cast.host)
    tell()
    assert mail.outbox[0].to == [cast.citizen.email]
    assert "/min/" in str(mail.outbox[0].body)


def test_a_refusal_is_told_too(cast: Cast) -> None:
    story = give_story(email="kim@mail.example").contribution
    operations.decline(story, by=cast.host, reason=Reason.HATE, message="Nej, fordi …")
    assert tell() == 1
    assert "fordi" not in str(mail.outbox[0].body)


def test_what_was_taken_back_meanwhile_is_not_written_about(cast: Cast) -> None:
    story = show(give_story(email="kim@mail.example"), by=cast.host)
    note_decisions()
    operations.withdraw(story)
    assert send_letters() == 0


def test_a_mail_server_that_is_away_is_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(give_story(email="kim@mail.example"), by=cast.host)

    def refuse(self: object, messages: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", refuse)
        assert tell() == 0
    Letter.objects.update(not_before="2020-01-01T00:00Z")
    assert tell() == 1


def test_a_round_of_the_worker_does_it_all(cast: Cast) -> None:
    show(give_story(email="kim@mail.example"), by=cast.host)
    assert work_once() >= 2
    assert len(mail.outbox) == 1


def test_a_name_with_a_line_break_adds_no_header(cast: Cast) -> None:
    show(give_story(email="kim@mail.example\nBcc: x@y.example"), by=cast.host)
    tell()
    assert not any("x@y.example" in m.to for m in mail.outbox)
