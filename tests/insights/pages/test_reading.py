"""The list of what may be analysed, and who may open the desk."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cocreate.contributions.models import Audience, Scope
from cocreate.insights.models import Code
from cocreate.insights.operations import mark, set_aside
from cocreate.moderation import operations as moderation
from cocreate.themes.models import Guideline, Theme
from tests.cast import begin, open_forum, show
from tests.insights.conftest import WORDS, Desk
from tests.insights.pages.acts import address, read
from tests.moderation.pages.acts import says

pytestmark = pytest.mark.django_db

LIST = "/analyse/"


def rows(html: str) -> int:
    return html.count('<li class="flow flow-sm">')


@pytest.mark.parametrize("who", ["stranger", "citizen", "staff", "host", "politician", "editor"])
def test_the_desk_is_there_for_analysts_alone(desk: Desk, who: str) -> None:
    version, insight = desk.voice(), desk.insight(public=False)
    code = Code.objects.create(name="Ventetid")
    mark(version, 0, 5, code, viewer=desk.viewer)
    client = desk.cast.client(who)
    addresses = [
        LIST,
        address("analysis_read", version),
        reverse("codes"),
        reverse("code", args=[code.pk]),
        reverse("insight_drafts"),
        reverse("insight_new"),
        reverse("insight_edit", args=[insight.number]),
    ]
    for one in addresses:
        for response in (client.get(one), client.post(one)):
            assert response.status_code in {302, 403}
            assert WORDS[:20] not in response.content.decode()


def test_what_may_be_used_stands_newest_first_with_what_is_known_of_it(
    desk: Desk, analyst: Client
) -> None:
    first, kept = desk.voice(title="Den ældste"), desk.voice(kept=True, title="Kun gemt")
    mark(first, 0, 5, Code.objects.create(name="Ventetid"), viewer=desk.viewer)
    desk.behind(desk.insight(public=False), first)
    set_aside(kept.contribution, "Den handler om noget andet.", viewer=desk.viewer)
    response = analyst.get(LIST)
    html = response.content.decode()
    assert html.index("Kun gemt") < html.index("Den ældste")
    for sentence in ("Read, not shown", "Set aside"):
        assert says(response, sentence)
    assert "I-01" in html and "1 " in html.partition("Den ældste")[2]


def test_what_its_author_takes_back_is_gone_from_the_list(desk: Desk, analyst: Client) -> None:
    version = desk.voice(title="Væk igen")
    desk.voice(title="Ikke til analyse", scopes={Scope.SHOW})
    assert "Ikke til analyse" not in analyst.get(LIST).content.decode()
    assert "Væk igen" in analyst.get(LIST).content.decode()
    moderation.withdraw(version.contribution)
    assert "Væk igen" not in analyst.get(LIST).content.decode()
    assert read(analyst, version).status_code == 404


def test_closed_rooms_stay_closed(desk: Desk, analyst: Client) -> None:
    room = open_forum(
        "lukket", audience=Audience.ROOM, members=[desk.cast.citizen], hosts=[desk.cast.host]
    )
    inside = show(begin(room, "Det bliver herinde."), by=desk.cast.host)
    assert "Det bliver herinde" not in analyst.get(LIST).content.decode()
    unknown = analyst.get(f"/analyse/{'x' * 24}/")
    closed = analyst.get(f"/analyse/{inside.public_id}/")
    assert (closed.status_code, unknown.status_code) == (404, 404)
    assert closed.content == unknown.content


def test_the_list_is_narrowed_by_theme_guideline_and_what_is_not_coded(
    desk: Desk, analyst: Client
) -> None:
    theme, guideline = Theme.objects.get(number=3), Guideline.objects.get(code="2.3")
    about = desk.voice(title="Om tre", theme=theme)
    tagged = desk.voice(title="Om to tre", guidelines=[guideline])
    aside = desk.voice(title="Lagt væk")
    mark(about, 0, 5, Code.objects.create(name="Ventetid"), viewer=desk.viewer)
    set_aside(aside.contribution, "Den handler om noget andet.", viewer=desk.viewer)
    for query, titles in {
        "tema=3": {"Om tre"},
        "tema=2": {"Om to tre"},
        "retningslinje=2.3": {"Om to tre"},
        "vis=ukodet": {"Om to tre"},
        "tema=99&retningslinje=x&vis=y": {"Om tre", "Om to tre", "Lagt væk"},
    }.items():
        html = analyst.get(f"{LIST}?{query}").content.decode()
        shown = {title for title in ("Om tre", "Om to tre", "Lagt væk") if f">{title}<" in html}
        assert shown == titles
    assert tagged


def test_the_next_page_begins_after_the_last_row(desk: Desk, analyst: Client) -> None:
    for n in range(26):
        desk.voice(title=f"Nummer {n:02d}")
    html = analyst.get(f"{LIST}?vis=ukodet").content.decode()
    assert rows(html) == 25 and "Nummer 00" not in html
    older = html.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "vis=ukodet" in older
    html = analyst.get(LIST + older).content.decode()
    assert rows(html) == 1 and "Nummer 00" in html


@pytest.mark.parametrize("size", [5, 50])
def test_the_list_asks_as_much_for_many_as_for_few(desk: Desk, analyst: Client, size: int) -> None:
    insight = desk.insight(public=False)
    for _ in range(size):
        desk.behind(insight, desk.voice())
    with CaptureQueriesContext(connection) as queries:
        html = analyst.get(LIST).content.decode()
    assert rows(html) == min(size, 25)
    assert len(queries) <= 8


@pytest.mark.parametrize("query", ["efter=%00", "efter=" + "x" * 500, "tema=%FF", "tema=²"])
def test_an_odd_question_is_answered(desk: Desk, analyst: Client, query: str) -> None:
    desk.voice()
    assert analyst.get(f"{LIST}?{query}").status_code in {200, 400}


def test_words_are_escaped_and_shown_as_they_were_written(desk: Desk, analyst: Client) -> None:
    version = desk.voice("<b>Jeg</b> & 🌻.\nNy linje.", title="<i>x</i>")
    html = read(analyst, version).content.decode()
    assert "&lt;b&gt;Jeg&lt;/b&gt; &amp; 🌻." in html and "<b>Jeg" not in html
    assert "&lt;i&gt;x" in html and "<i>x" not in html
