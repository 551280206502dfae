"""Få hjælp nu: what a person in need sees, whatever staff have kept or forgotten."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cocreate.help.access import crisis_lines
from cocreate.help.models import HelpLine
from cocreate.help.operations import prepare_help_lines
from tests.help.conftest import Line

pytestmark = pytest.mark.django_db

ADDRESS = "/hjaelp-nu/"


def numbers(client: Client, address: str = ADDRESS) -> list[str]:
    """What one can call, in the order of the page."""
    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'href="tel:([+\d]+)"', main)


@pytest.mark.parametrize("address", [ADDRESS, f"/en{ADDRESS}"])
def test_with_nothing_kept_three_numbers_stand_there(client: Client, address: str) -> None:
    assert numbers(client, address) == ["112", "70201201", "1813"]


def test_a_new_installation_shows_its_first_lines(client: Client) -> None:
    assert prepare_help_lines() == 5
    assert numbers(client) == ["112", "70201201", "1813", "116111"]
    assert prepare_help_lines() == 0


def test_112_is_first_and_stays_when_somebody_deletes_it(client: Client, line: Line) -> None:
    prepare_help_lines()
    HelpLine.objects.filter(number="112").delete()
    line("Vagten", "11 22 33 44", crisis=True, order=1)
    assert numbers(client)[:2] == ["112", "11223344"]


def test_staffs_own_112_takes_the_place_of_ours(client: Client, line: Line) -> None:
    line("Vagten", "11 22 33 44", crisis=True, order=1)
    line("Alarmcentralen", "112", crisis=True, order=2)
    assert numbers(client) == ["112", "11223344"]
    assert "Alarmcentralen" in client.get(ADDRESS).content.decode()


def test_a_place_alone_does_not_take_the_numbers_away(client: Client, line: Line) -> None:
    line("Modtagelsen", "", place="Vej 1, 2000 By", crisis=True)
    assert numbers(client) == ["112", "70201201", "1813"]
    assert "Vej 1, 2000 By" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("days", [0, 91, 181, 5000])
def test_a_line_for_danger_is_shown_however_old(
    client: Client, line: Line, today: date, days: int
) -> None:
    line("Vagten", crisis=True, checked_on=today - timedelta(days=days))
    assert "12345678" in numbers(client)


def test_a_line_for_danger_is_shown_unchecked_and_after_its_last_day(
    client: Client, line: Line, today: date
) -> None:
    line("Vagten", crisis=True, valid_until=today - timedelta(days=1))
    assert "12345678" in numbers(client)


@pytest.mark.parametrize(("days", "shown"), [(0, True), (180, True), (181, False)])
def test_an_offer_is_hidden_when_nobody_has_checked_it_for_half_a_year(
    client: Client, line: Line, today: date, days: int, shown: bool
) -> None:
    kept = line(checked_on=today - timedelta(days=days))
    assert ("12345678" in numbers(client)) is shown
    assert kept.is_shown is shown


@pytest.mark.parametrize(("days", "shown"), [(1, True), (0, True), (-1, False)])
def test_an_offer_is_hidden_after_its_last_day(
    client: Client, line: Line, today: date, days: int, shown: bool
) -> None:
    line(checked_on=today, valid_until=today + timedelta(days=days))
    assert ("12345678" in numbers(client)) is shown


def test_an_offer_nobody_ever_checked_is_not_shown(client: Client, line: Line) -> None:
    line()
    assert "12345678" not in numbers(client)


@pytest.mark.parametrize("whom", ["someone", "relative", "child"])
def test_lines_for_others_stand_where_others_look(
    client: Client, line: Line, today: date, whom: str
) -> None:
    line("Til andre", for_whom=whom, checked_on=today)
    page = client.get(ADDRESS).content.decode()
    assert page.index("<details") < page.index("Til andre") < page.rindex("</details>")


def test_the_day_of_checking_is_named_only_when_it_holds_for_all(
    client: Client, line: Line, today: date
) -> None:
    line("A", crisis=True, checked_on=today)
    line("B", "22 33 44 55", crisis=True, checked_on=today - timedelta(days=2))
    named = client.get(ADDRESS).context["checked_on"]
    assert named == today - timedelta(days=2)
    line("C", "33 44 55 66", crisis=True)
    assert client.get(ADDRESS).context["checked_on"] is None


def test_with_no_line_kept_no_day_is_claimed(client: Client) -> None:
    assert client.get(ADDRESS).context["checked_on"] is None


def test_what_staff_wrote_is_marked_as_danish_on_the_english_page(
    client: Client, line: Line
) -> None:
    line("Vagten", crisis=True)
    assert '<div lang="da">' in client.get(f"/en{ADDRESS}").content.decode()


def test_one_can_leave_the_page_at_once(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    assert page.index("data-leave") < page.index("<main")


def test_it_takes_three_queries_however_many_lines_there_are(
    client: Client, line: Line, today: date, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        line(f"Nr. {number}", crisis=number % 2 == 0, checked_on=today)
    with django_assert_max_num_queries(3):
        client.get(ADDRESS)


def test_it_sets_no_cookie_and_can_be_asked_for_again(client: Client) -> None:
    answer = client.get(ADDRESS)
    assert not answer.cookies
    assert "no-cache" in answer["Cache-Control"]
    assert client.get(ADDRESS, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_saved_line_is_there_at_the_next_request(client: Client, line: Line) -> None:
    before = client.get(ADDRESS)["ETag"]
    line("Vagten", crisis=True)
    after = client.get(ADDRESS, headers={"if-none-match": before})
    assert after.status_code == 200 and "Vagten" in after.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_what_staff_write_is_text_and_never_html(client: Client, line: Line) -> None:
    line("<b>Vagten</b>", crisis=True, description="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(ADDRESS).content.decode()


def test_who_is_in_danger_is_never_shown_an_empty_list(line: Line) -> None:
    """Other pages show these lines too, after what somebody wrote sounds like danger."""
    assert [shown.number for shown in crisis_lines()] == ["112", "70 201 201", "1813"]
    line("Børn", "116 111", crisis=True, for_whom="child")
    line("Tilbud", "22 33 44 55")
    assert [shown.number for shown in crisis_lines()] == ["112", "70 201 201", "1813"]
    line("Vagten", crisis=True)
    assert [shown.name for shown in crisis_lines()] == ["112", "Vagten"]
