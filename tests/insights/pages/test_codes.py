"""The tree of codes, and the places that are marked with one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cocreate.insights.errors import CodeInUse
from cocreate.insights.models import Code
from cocreate.insights.operations import delete_code, make_code, mark
from cocreate.moderation import operations as moderation
from tests.insights.conftest import WORDS, Desk
from tests.insights.pages.acts import address
from tests.moderation.pages.acts import says

pytestmark = pytest.mark.django_db


def test_the_tree_says_how_many_places_each_code_has(desk: Desk, analyst: Client) -> None:
    assert says(analyst.get(reverse("codes")), "There are no codes yet.")
    above = make_code("Ventetid", by=desk.analyst)
    below = make_code("Ingen besked", by=desk.analyst, under=above)
    for _ in range(3):
        mark(desk.voice(), 0, 5, below, viewer=desk.viewer)
    html = analyst.get(reverse("codes")).content.decode()
    assert html.index("Ventetid") < html.index("Ingen besked")
    row = html.partition(reverse("code", args=[below.pk]))[2].partition("</li>")[0]
    assert "3 " in row and "<form" not in row


@pytest.mark.parametrize("size", [2, 30])
def test_the_tree_asks_as_much_for_many_as_for_few(desk: Desk, analyst: Client, size: int) -> None:
    version = desk.voice()
    for n in range(size):
        mark(version, 0, 5, make_code(f"Kode {n}", by=desk.analyst), viewer=desk.viewer)
    with CaptureQueriesContext(connection) as queries:
        analyst.get(reverse("codes"))
    assert len(queries) <= 7


def test_an_empty_code_is_deleted_and_one_in_use_stays(desk: Desk, analyst: Client) -> None:
    above, empty = make_code("Ventetid", by=desk.analyst), make_code("Tom", by=desk.analyst)
    below, version = make_code("Besked", by=desk.analyst, under=above), desk.voice()
    mark(version, 0, 5, below, viewer=desk.viewer)
    html = analyst.get(reverse("codes")).content.decode()
    assert reverse("code_delete", args=[empty.pk]) in html
    for code in (above, below):
        assert reverse("code_delete", args=[code.pk]) not in html
        response = analyst.post(reverse("code_delete", args=[code.pk]))
        assert response.status_code == 422 and says(response, "The code is in use, so it stays.")
    for pk in (empty.pk, empty.pk, 10**12):
        assert analyst.post(reverse("code_delete", args=[pk])).status_code == 302
    assert set(Code.objects.all()) == {above, below}
    # Words that were taken back keep their marks until they are erased.
    moderation.withdraw(version.contribution)
    with pytest.raises(CodeInUse):
        delete_code(below)
    assert (
        reverse("code_delete", args=[below.pk])
        not in analyst.get(reverse("codes")).content.decode()
    )


def test_the_places_of_a_code_lead_to_where_they_stand(desk: Desk, analyst: Client) -> None:
    code, version, gone = make_code("Ventetid", by=desk.analyst), desk.voice(), desk.voice()
    assert says(analyst.get(reverse("code", args=[code.pk])), "No place is marked with this code.")
    mark(version, 0, 24, code, viewer=desk.viewer)
    mark(gone, 3, 20, code, viewer=desk.viewer)
    moderation.withdraw(gone.contribution)
    html = analyst.get(reverse("code", args=[code.pk])).content.decode()
    assert f"<p>{WORDS[:24]}</p>" in html and address("analysis_read", version) in html
    assert f"<p>{WORDS[3:20]}</p>" not in html


@pytest.mark.parametrize("size", [3, 30])
def test_the_places_come_in_pages(desk: Desk, analyst: Client, size: int) -> None:
    code = make_code("Ventetid", by=desk.analyst)
    for _ in range(size):
        mark(desk.voice(), 0, 24, code, viewer=desk.viewer)
    with CaptureQueriesContext(connection) as queries:
        html = analyst.get(reverse("code", args=[code.pk])).content.decode()
    assert html.count("<blockquote") == min(size, 25)
    assert len(queries) <= 6
    older = html.partition('rel="next" href="')[2].partition('"')[0]
    if older:
        html = analyst.get(reverse("code", args=[code.pk]) + older).content.decode()
        assert html.count("<blockquote") == size - 25


@pytest.mark.parametrize("query", ["efter=%00", "efter=" + "9" * 50, "efter=²", "efter=-1"])
def test_an_odd_question_is_answered(desk: Desk, analyst: Client, query: str) -> None:
    code = make_code("Ventetid", by=desk.analyst)
    assert analyst.get(f"{reverse('code', args=[code.pk])}?{query}").status_code in {200, 400}
    assert analyst.get(f"/analyse/koder/{'9' * 40}/").status_code == 404
