"""Må vi ringe til dig?: asked for, promised only what the records bear, called by one, forgotten."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from cocreate.help.models import ClosedDay, StaffedHours, Weekday
from cocreate.help.staffed import call_by, is_staffed
from cocreate.moderation.call_backs import forget_numbers
from cocreate.moderation.models import CallBack, CallBackOutcome, NumberShown
from tests.cast import Cast, give_story, open_in
from tests.moderation.pages.test_at_once import at_once

ASK = "/hjaelp-nu/ring-til-mig/"
NUMBER = "40 12 34 56"
# A Tuesday in a week without public holidays.
TUESDAY = date(2026, 11, 24)


def moment(clock: str, day: date = TUESDAY) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


@pytest.fixture
def hours(db: None) -> None:
    for weekday in (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY):
        StaffedHours.objects.create(weekday=weekday, opens=time(9), closes=time(15))


@pytest.fixture
def now(hours: None) -> Any:
    with time_machine.travel(moment("10:00"), tick=True) as traveller:
        yield traveller


def ask(client: Client, **changed: str) -> Any:
    page = client.get(ASK)
    sent = {"submission_id": page.context["form"]["submission_id"].value(), **changed}
    return client.post(ASK, {"number": NUMBER, "name": "Kim", "suits": "any", **sent})


def asked(**changed: str) -> CallBack:
    ask(Client(), **changed)
    return CallBack.objects.latest("pk")


def desk(row: CallBack) -> str:
    return f"/vaert/ring-op/{row.pk}/"


def act(client: Client, row: CallBack, what: str, **more: str) -> Any:
    return client.post(desk(row), {"act": what, **more})


# --- when -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked_at", "promised"),
    [
        (moment("08:00"), moment("10:00")),
        (moment("10:00"), moment("11:00")),
        (moment("14:30"), moment("09:30", date(2026, 11, 25))),
        (moment("15:00"), moment("10:00", date(2026, 11, 25))),
        (moment("14:30", date(2026, 11, 25)), moment("09:30", date(2026, 11, 30))),
        (moment("03:00", date(2026, 11, 28)), moment("10:00", date(2026, 11, 30))),
    ],
)
def test_the_promise_is_an_hour_in_which_somebody_sits_here(
    hours: None, asked_at: datetime, promised: datetime
) -> None:
    assert call_by(asked_at) == promised


def test_nobody_is_promised_on_a_closed_day_or_a_public_holiday(hours: None) -> None:
    ClosedDay.objects.create(day=TUESDAY)
    assert call_by(moment("10:00")) == moment("10:00", date(2026, 11, 25))
    assert not is_staffed(moment("10:00"))
    # The second day of Easter 2027.
    assert call_by(moment("10:00", date(2027, 3, 29))) == moment("10:00", date(2027, 3, 30))


def test_the_part_of_the_day_that_suits_is_kept(hours: None) -> None:
    assert call_by(moment("10:00"), "after_noon") == moment("13:00")
    assert call_by(moment("11:30"), "before_noon") == moment("09:30", date(2026, 11, 25))


def test_a_night_in_which_the_clock_is_turned_is_as_long_as_it_is(db: None) -> None:
    StaffedHours.objects.create(weekday=Weekday.SUNDAY, opens=time(0), closes=time(6))
    asked_at = moment("02:45", date(2027, 10, 31)).astimezone(UTC)
    assert call_by(asked_at) == asked_at + timedelta(hours=1)


@pytest.mark.django_db
def test_without_recorded_hours_nothing_is_promised() -> None:
    assert call_by() is None
    page = Client().get(ASK)
    assert page.status_code == 200 and b'name="number"' not in page.content
    assert b"tel:112" in page.content
    assert ASK not in Client().get("/hjaelp-nu/").content.decode()
    Client().post(ASK, {"number": NUMBER, "suits": "any", "submission_id": "x"})
    assert not CallBack.objects.exists()


# --- asking ---------------------------------------------------------------------------------------


def test_somebody_asks_and_is_told_when(now: Any) -> None:
    answer = ask(Client())
    assert answer.status_code == 200
    row = CallBack.objects.get()
    assert row.due_at.replace(second=0, microsecond=0) == moment("11:00")
    assert "11" in answer.context["when"]
    assert (row.number, row.name) == (NUMBER, "Kim")
    assert NUMBER not in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, name FROM moderation_callback")
        assert NUMBER not in str(cursor.fetchone())


def test_help_pages_lead_to_it_and_say_whom_to_call_meanwhile(now: Any) -> None:
    assert ASK in Client().get("/hjaelp-nu/").content.decode()
    assert b"tel:112" in Client().get(ASK).content
    assert b"tel:112" in ask(Client()).content


def test_the_help_after_words_of_concern_leads_to_it(now: Any, strategy: None) -> None:
    client = Client()
    client.get("/fortael/")
    page = client.get("/fortael/paa-en-side/")
    sent = {
        "submission_id": page.context["form"]["submission_id"].value(),
        "about": "self",
        "text": "Jeg vil ikke leve mere.",
        "consents": "show",
    }
    assert ASK in client.post("/fortael/paa-en-side/", sent, follow=True).content.decode()


def test_the_same_form_twice_is_one_call(now: Any) -> None:
    client = Client()
    first = client.get(ASK).context["form"]["submission_id"].value()
    for number in (NUMBER, "40 12 34 57"):
        assert ask(client, submission_id=first, number=number).status_code == 200
    assert CallBack.objects.get().number == "40 12 34 57"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("number", "ring"),
        ("number", "1234567"),
        ("number", "1" * 40),
        ("number", "40 12 34 56; 112"),
        ("number", "<b>40123456</b>"),
        ("suits", "natten"),
        ("name", "x" * 81),
    ],
)
def test_what_cannot_be_called_is_refused_and_stays_on_the_page(
    now: Any, field: str, value: str
) -> None:
    answer = ask(Client(), **{field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"]["name"].value() == ("x" * 81 if field == "name" else "Kim")
    assert not CallBack.objects.exists()


def test_a_name_that_shows_who_one_is_is_asked_about(now: Any) -> None:
    assert ask(Client(), name="kim@eksempel.dk").status_code == 422
    assert ask(Client(), name="kim@eksempel.dk", sent_knowingly="email").status_code == 200


def test_a_part_of_the_day_without_hours_is_not_promised(now: Any) -> None:
    StaffedHours.objects.update(opens=time(13))
    assert ask(Client(), suits="before_noon").status_code == 422
    assert not CallBack.objects.exists()


def test_one_network_cannot_fill_the_list(now: Any) -> None:
    client = Client()
    answers = [ask(client).status_code for _ in range(12)]
    assert answers[-1] == 429 and answers[:10] == [200] * 10
    assert CallBack.objects.count() == 10


def test_the_page_is_kept_by_nobody(now: Any) -> None:
    assert "no-store" in Client().get(ASK)["Cache-Control"]


# --- by one's code --------------------------------------------------------------------------------


def under_code(client: Client) -> CallBack:
    open_in(client, give_story().contribution.receipt)
    ask(client, under_open_code="on")
    return CallBack.objects.latest("pk")


def test_it_can_be_cancelled_with_the_code_and_the_number_goes_at_once(now: Any) -> None:
    client = Client()
    row = under_code(client)
    address = f"/kode/ring-op/{row.pk}/"
    assert address in client.get("/kode/mine/").content.decode()
    assert client.get(address).status_code == 200
    for _twice in range(2):
        assert client.post(address).status_code == 302
    row.refresh_from_db()
    assert (row.outcome, row.number, row.name) == (CallBackOutcome.NOT_WANTED, None, None)


def test_an_open_code_holds_it_only_when_one_says_so(now: Any) -> None:
    client = Client()
    open_in(client, give_story().contribution.receipt)
    ask(client)
    assert CallBack.objects.get().receipt_id is None


def test_nobody_elses_code_opens_it(now: Any) -> None:
    row, other = under_code(Client()), Client()
    open_in(other, give_story("Noget helt andet.").contribution.receipt)
    missing = other.get(f"/kode/ring-op/{row.pk + 99}/")
    assert (missing.status_code, other.get(f"/kode/ring-op/{row.pk}/").content) == (
        404,
        missing.content,
    )
    other.post(f"/kode/ring-op/{row.pk}/")
    row.refresh_from_db()
    assert row.is_open
    assert Client().get(f"/kode/ring-op/{row.pk}/").status_code == 302


# --- the desk -------------------------------------------------------------------------------------


def test_it_stands_first_on_the_desk_without_the_number(now: Any, host: Client) -> None:
    give_story("Jeg vil ikke leve mere.")
    row = asked()
    page = host.get("/vaert/").content.decode()
    assert page.index(desk(row)) < page.index("/vaert/", page.index("queue-title"))
    assert NUMBER not in page and NUMBER not in host.get(desk(row)).content.decode()
    assert not NumberShown.objects.exists()


def test_only_the_host_who_took_it_sees_the_number_and_that_is_recorded(
    now: Any, cast: Cast, host: Client, second_host: Client
) -> None:
    row = asked()
    assert act(host, row, "show").status_code == 409
    assert act(host, row, "take").status_code == 303
    assert NUMBER not in act(second_host, row, "show").content.decode()
    for _twice in range(2):
        assert NUMBER in act(host, row, "show").content.decode()
    assert list(NumberShown.objects.values_list("call_back", "to")) == [
        (row.pk, cast.host.pk),
        (row.pk, cast.host.pk),
    ]


def test_another_host_can_take_it_over_knowingly(
    now: Any, cast: Cast, host: Client, second_host: Client
) -> None:
    row = asked()
    act(host, row, "take")
    assert act(second_host, row, "take").status_code == 409
    assert act(second_host, row, "take", owner=str(cast.host.pk)).status_code == 303
    assert act(host, row, "done", outcome="reached").status_code == 409
    assert act(second_host, row, "done", outcome="reached").status_code == 302


def test_who_did_not_answer_is_still_to_be_called(now: Any, host: Client) -> None:
    row = asked()
    act(host, row, "take")
    act(host, row, "done", outcome="not_reached")
    assert desk(row) in host.get("/vaert/").content.decode()
    act(host, row, "done", outcome="tried_twice")
    assert desk(row) not in host.get("/vaert/").content.decode()
    assert act(host, row, "show").status_code == 409


@pytest.mark.parametrize("outcome", ["", "missed", "talte"])
def test_an_outcome_is_one_of_the_list(now: Any, host: Client, outcome: str) -> None:
    row = asked()
    act(host, row, "take")
    assert act(host, row, "done", outcome=outcome).status_code == 422
    row.refresh_from_db()
    assert row.is_open


@pytest.mark.parametrize(
    "person", ["stranger", "citizen", "staff", "politician", "editor", "host_without_second_factor"]
)
def test_nobody_else_sees_or_takes_one(now: Any, cast: Cast, person: str) -> None:
    row, client = asked(), cast.client(person)
    client.get("/kode/")
    for what in ("take", "show", "done"):
        assert act(client, row, what, outcome="reached").status_code in {302, 403, 404}
    assert NUMBER not in client.get(desk(row)).content.decode()
    row.refresh_from_db()
    assert (row.owner_id, row.outcome) == (None, "") and not NumberShown.objects.exists()


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_of_two_hosts_who_take_it_one_gets_it(cast: Cast) -> None:
    for weekday in Weekday.values:
        StaffedHours.objects.create(weekday=weekday, opens=time(0), closes=time(23, 59))
    row = asked()
    first, second = cast.client("host"), cast.client("second_host")
    answers = at_once(lambda: act(first, row, "take"), lambda: act(second, row, "take"))
    assert sorted(answers) == [303, 409]


# --- forgetting -----------------------------------------------------------------------------------


def test_number_and_name_go_seven_days_after_and_the_row_stays(now: Any, host: Client) -> None:
    row = asked()
    act(host, row, "take")
    act(host, row, "show")
    act(host, row, "done", outcome="reached")
    done = timezone.now()
    assert forget_numbers(done + timedelta(days=6, hours=23)) == 0
    assert forget_numbers(done + timedelta(days=7, minutes=1)) == 1
    assert forget_numbers(done + timedelta(days=8)) == 0
    row.refresh_from_db()
    assert (row.number, row.name, row.outcome) == (None, None, CallBackOutcome.REACHED)
    assert NumberShown.objects.count() == 1


def test_a_call_that_nobody_made_is_said_to_be_missed(now: Any) -> None:
    row = asked()
    assert forget_numbers(row.due_at + timedelta(days=7, minutes=1)) == 1
    row.refresh_from_db()
    assert (row.outcome, row.number) == (CallBackOutcome.MISSED, None)


@pytest.mark.db
def test_that_a_number_was_shown_is_never_rewritten(now: Any, cast: Cast) -> None:
    row = asked()
    seen = NumberShown.objects.create(call_back=row, to=cast.host, at=timezone.now())
    for change in ({"at": timezone.now()}, {"to": cast.second_host}):
        with pytest.raises(DatabaseError), transaction.atomic():
            NumberShown.objects.filter(pk=seen.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        seen.delete()
    NumberShown.objects.filter(pk=seen.pk).update(to=None)


@pytest.mark.db
def test_the_database_wants_how_it_ended_and_forgets_whole(now: Any) -> None:
    row = asked()
    for change in (
        {"done_at": timezone.now()},
        {"outcome": "reached"},
        {"outcome": "glemt", "outcome_at": timezone.now()},
        {"number": None},
        {"forgotten_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CallBack.objects.filter(pk=row.pk).update(**change)


def test_every_sentence_has_a_clock_time(now: Any) -> None:
    assert _("A person calls you today, at %(clock)s at the latest.") % {"clock": "x"}
    now.move_to(moment("16:00"))
    said = Client().get(ASK).context["when"]
    assert "10" in said and "25" in said
