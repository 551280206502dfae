"""Word about what the council decided: to everybody in the chain who can be reached, once."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from cocreate.contributions.models import Receipt, Scope
from cocreate.moderation import operations as moderation
from cocreate.notifications.models import Letter
from cocreate.notifications.operations import note_decisions, note_outcomes, send_letters
from cocreate.revisions.models import Amendment, Outcome, Step
from tests.cast import show
from tests.revisions.conftest import Council
from tests.revisions.conftest import adopted_for_real as adopted_for_real
from tests.revisions.conftest import council as council

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def tell() -> list[str]:
    """Who is written to about outcomes; letters about hosts' decisions are sent before."""
    note_decisions()
    send_letters()
    mail.outbox.clear()
    note_outcomes()
    send_letters()
    return sorted(letter.to[0] for letter in mail.outbox)


def test_everybody_in_the_chain_is_told_once(council: Council) -> None:
    told = [council.voice(email="kim@mail.example"), council.voice(email="bo@mail.example")]
    same = council.voice(email="KIM@mail.example")
    council.voice(email="ikke-med@mail.example")
    insight = council.insight(*told, same, council.voice())
    other = council.insight(*told)
    amendment = council.wants(insights=(insight, other))
    assert tell() == []
    council.decides(amendment, Outcome.ADOPTED_CHANGED)
    assert tell() == ["bo@mail.example", "kim@mail.example"]
    assert tell() == []
    assert Letter.objects.filter(outcome__isnull=False).count() == 2


def test_the_mail_says_nothing_of_what_it_is_about(council: Council) -> None:
    insight = council.insight(council.voice(title="Guldregn", email="kim@mail.example"))
    council.decides(council.wants(insights=(insight,)), Outcome.REJECTED)
    tell()
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    for word in ("guldregn", "vedtag", "forslag", "strategi", "retningslinje", "æ-01", "i-01"):
        assert word not in said
    assert "/kode/" in said


def test_a_proposals_author_is_told_also_when_the_answer_is_no(council: Council) -> None:
    received = council.proposal()
    Receipt.objects.filter(contributions=received.contribution).update(email="ib@mail.example")
    show(received, by=council.cast.host)
    amendment = Amendment.objects.get()
    council.decides(amendment, step=Step.RECOMMENDED, body="Udvalget")
    council.decides(amendment, Outcome.POSTPONED)
    assert tell() == []
    council.decides(amendment, Outcome.REJECTED)
    assert tell() == ["ib@mail.example"]


def test_who_has_left_the_chain_is_not_written_to(council: Council) -> None:
    gone = council.voice(email="gone@mail.example")
    no_more = council.voice(email="no@mail.example")
    late = council.voice(email="late@mail.example")
    insight = council.insight(gone, no_more, late)
    amendment = council.wants(insights=(insight,))
    moderation.withdraw(gone.contribution)
    moderation.revoke_consent(no_more.contribution, Scope.ANALYSE)
    council.decides(amendment)
    note_outcomes()
    assert Letter.objects.get(outcome__isnull=False).voice_id == late.contribution_id
    moderation.withdraw(late.contribution)
    assert tell() == []


def test_a_letter_is_about_one_thing(council: Council) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(not_before=council.process.opened_at)
