"""Words stand as they were approved: not rewritten, not put away without a reason."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from cocreate.contributions.models import (
    Audience,
    Contribution,
    Receipt,
    Scope,
    State,
    TextVersion,
)
from cocreate.contributions.viewer import STRANGER
from cocreate.moderation import operations
from cocreate.moderation.appeals import appeal, decide_appeal, decision_to_appeal
from cocreate.moderation.errors import Refused
from cocreate.moderation.models import Appeal, AppealOutcome, Decision, Outcome, Reason
from tests.cast import Cast, begin, give_story, open_forum, open_in, show
from tests.kept import everything_kept

pytestmark = [pytest.mark.django_db, pytest.mark.db]
WHY: dict[str, Any] = {"reason": Reason.NAMES_OTHERS, "message": "Skriv det uden navnet."}


def refused(act: Any) -> bool:
    try:
        with transaction.atomic():
            act()
    except (IntegrityError, DatabaseError, Refused):
        return True
    return False


# --- what is shown --------------------------------------------------------------------------------


def test_an_approved_wording_rewritten_in_place_is_not_shown(cast: Cast) -> None:
    story = give_story("Jeg fik hjælp for sent.").contribution
    TextVersion.objects.filter(contribution=story).update(text="Jeg fik god hjælp.")
    refused(lambda: operations.publish(story, by=cast.host))
    assert Contribution.objects.get(pk=story.pk).published_text != "Jeg fik god hjælp."


def test_a_shown_wording_rewritten_while_hidden_is_not_restored(cast: Cast) -> None:
    story = show(give_story("Jeg fik hjælp for sent."), by=cast.host)
    operations.hide(story, by=cast.host, **WHY)
    TextVersion.objects.filter(contribution=story).update(text="Jeg fik god hjælp.")
    refused(lambda: operations.restore(story, by=cast.second_host))
    assert Contribution.objects.get(pk=story.pk).published_text != "Jeg fik god hjælp."


def test_a_chosen_name_rewritten_before_publication_is_not_shown(cast: Cast) -> None:
    story = give_story(alias="Musvit").contribution
    Contribution.objects.filter(pk=story.pk).update(alias="Lone Jensen")
    refused(lambda: operations.publish(story, by=cast.host))
    assert Contribution.objects.get(pk=story.pk).published_alias != "Lone Jensen"


def test_what_waits_can_still_be_shown_after_the_receipt_key_changed(cast: Cast) -> None:
    story = give_story("Ord.").contribution
    with override_settings(RECEIPT_KEY="another"):
        refused(lambda: operations.publish(story, by=cast.host))
    assert Contribution.objects.get(pk=story.pk).published_text == "Ord."


@pytest.mark.parametrize(
    "column", ["published_text", "published_html", "published_title", "published_alias"]
)
def test_what_stands_on_the_page_cannot_be_rewritten_in_place(cast: Cast, column: str) -> None:
    story = show(give_story("Jeg fik hjælp for sent."), by=cast.host)
    row = Contribution.objects.filter(pk=story.pk)
    assert refused(lambda: row.update(**{column: "Andres ord."}))


def test_a_shown_page_cannot_be_moved_to_another_wording_alone(cast: Cast) -> None:
    story = show(give_story("Et."), by=cast.host)
    now = timezone.now()
    other = TextVersion.objects.create(
        contribution=story, number=2, text="To.", approved_by_author_at=now
    )
    story.consents.filter(scope=Scope.SHOW).update(revoked_at=now)
    story.consents.create(scope=Scope.SHOW, text_version=other, wording_version=1, given_at=now)
    row = Contribution.objects.filter(pk=story.pk)
    assert refused(lambda: row.update(published_version=other))


def test_an_erased_title_cannot_be_written_again() -> None:
    story = give_story(title="Titel").contribution
    operations.withdraw(story)
    operations.erase(story)
    assert refused(lambda: story.versions.update(title="Noget andet."))


# --- what is taken away ---------------------------------------------------------------------------


def test_a_story_its_author_wants_shown_is_not_put_away_without_a_reason_and_a_word(
    cast: Cast,
) -> None:
    story = give_story("Vis den.", scopes={Scope.SHOW}).contribution
    assert refused(lambda: operations.keep(story, by=cast.host))


def test_the_log_never_says_no_consent_of_one_who_gave_it(cast: Cast) -> None:
    story = give_story("Vis den.", scopes={Scope.SHOW}).contribution
    refused(lambda: operations.keep(story, by=cast.host))
    assert not Decision.objects.filter(contribution=story, reason=Reason.NO_CONSENT).exists()


def test_nothing_disappears_from_the_site_without_a_decision(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    empty = dict.fromkeys(
        [
            "published_alias",
            "published_title",
            "published_html",
            "published_text",
            "published_stems",
        ],
        "",
    )
    row = Contribution.objects.filter(pk=story.pk)
    assert refused(lambda: row.update(state=State.HIDDEN, published_version=None, **empty))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a way round that only SQLite has")
def test_a_decision_cannot_be_replaced(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    row = Decision.objects.filter(contribution=story).values().get()
    row["reason"] = Reason.MISTAKE
    row["by_id"] = cast.second_host.pk
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))

    def replace() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT OR REPLACE INTO moderation_decision ({names}) VALUES ({marks})",
                list(row.values()),
            )

    assert refused(replace)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_the_decisions_cannot_be_emptied_at_once() -> None:
    show(give_story(), by=Cast.arrives().host)

    def truncate() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE moderation_decision CASCADE")

    assert refused(truncate)


def test_a_story_is_not_deleted_without_a_trace() -> None:
    story = give_story("Den eneste gang jeg fortalte det.").contribution
    assert refused(lambda: Contribution.objects.filter(pk=story.pk).delete())


def test_an_earlier_wording_is_not_deleted(cast: Cast) -> None:
    story = give_story("Det, jeg skrev først.").contribution
    operations.return_to_author(story, by=cast.host, **WHY)
    assert refused(lambda: TextVersion.objects.filter(contribution=story).delete())


def test_the_record_of_a_consent_is_not_deleted(cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    assert refused(lambda: story.consents.all().delete())


def test_words_given_to_a_closed_room_are_not_moved_out_to_everybody(cast: Cast) -> None:
    room = open_forum("lukket", audience=Audience.ROOM, hosts=[cast.second_host])
    post = show(begin(room, "Kun til jer herinde."), by=cast.second_host)
    row = Contribution.objects.filter(pk=post.pk)
    moved = not refused(lambda: row.update(audience=Audience.PUBLIC, room=None))
    seen = Contribution.objects.visible_to(STRANGER).filter(pk=post.pk).exists()
    assert not (moved and seen)


# --- what is left ---------------------------------------------------------------------------------


def test_erasing_leaves_no_address_of_the_person() -> None:
    story = give_story(email="mig@b.example").contribution
    operations.withdraw(story)
    operations.erase(story)
    assert not any(receipt.email for receipt in Receipt.objects.all())


def test_no_word_is_written_about_what_is_erased(cast: Cast) -> None:
    story = give_story().contribution
    operations.decline(story, by=cast.host, **WHY)
    decision = decision_to_appeal(Contribution.objects.get(pk=story.pk))
    assert decision is not None
    asked = appeal(decision, text="Jeg hedder Guldregn.")
    operations.withdraw(story)
    operations.erase(story)
    refused(
        lambda: decide_appeal(
            asked, by=cast.second_host, outcome=AppealOutcome.REFUSED, message="Kære Guldregn."
        )
    )
    assert Appeal.objects.get(pk=asked.pk).message is None


def test_words_taken_back_are_gone_from_the_page_cache(cast: Cast, strategy: None) -> None:
    story = show(give_story("Guldregnens egne ord."), by=cast.host)
    page = cast.client("stranger").get(f"/fortaellinger/{story.public_id}/")
    assert "Guldregnens egne ord." in page.content.decode()
    operations.withdraw(story)
    operations.erase(story)
    assert b"Guldregnens" not in b"".join(everything_kept().values())


# --- who decides ----------------------------------------------------------------------------------


def test_a_host_does_not_show_their_own_story_given_by_code(cast: Cast) -> None:
    story = give_story("Værtens egen, fortalt uden konto.").contribution
    client = cast.client("host")
    assert story.receipt is not None
    open_in(client, story.receipt)
    client.post(f"/vaert/{story.public_id}/", {"outcome": Outcome.PUBLISHED, "wording": "1"})
    assert Contribution.objects.get(pk=story.pk).state == State.PENDING


# --- the background -------------------------------------------------------------------------------


def spoil(contribution: Contribution) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contributions_textversion SET text = 'x' WHERE contribution_id = %s",
            [contribution.pk],
        )


def test_one_unreadable_wording_does_not_stop_all_that_is_due(cast: Cast) -> None:
    spoilt, sound = give_story().contribution, give_story().contribution
    for story in (spoilt, sound):
        operations.approve(story, by=cast.host, publish_at=timezone.now())
    spoil(spoilt)
    try:  # noqa: SIM105
        operations.publish_due()
    except Exception:  # noqa: BLE001, S110
        pass
    assert Contribution.objects.get(pk=sound.pk).state == State.PUBLISHED


def test_a_title_that_was_taken_in_can_be_shown(cast: Cast) -> None:
    story = give_story(title="T" * 201).contribution
    if connection.vendor == "sqlite":
        pytest.skip("SQLite does not hold columns to their length")
    operations.publish(story, by=cast.host)
