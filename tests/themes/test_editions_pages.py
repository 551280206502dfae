"""Any edition of the strategy, and any passage of it, as anybody reads them."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cocreate.pagecache.models import bump
from cocreate.themes.demonstration import make_demonstration
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.importing.writing import write_edition
from cocreate.themes.models import Edition, Passage
from cocreate.themes.operations import import_strategy
from tests.moderation.pages.acts import says
from tests.themes.conftest import strategy_of
from tests.themes.editions import begin_edition, next_edition

pytestmark = pytest.mark.django_db


def main(page: HttpResponse) -> str:
    assert page.status_code == 200
    return unescape(page.content.decode().partition("<main")[2].partition("</main>")[0])


@pytest.fixture
def three_editions(solbaek: StrategyDocument) -> None:
    """1.2 is changed in the second; 3.1 is left out of the third, and 2.3 is new there."""
    import_strategy(solbaek)
    next_edition({"1.2": "vise vej til læge og bibliotek"})
    next_edition(new={2: "hilse på alle"}, left_out=("3.1",))


# --- the whole text -------------------------------------------------------------------------------


@pytest.mark.usefixtures("three_editions")
def test_an_edition_is_read_from_one_end_to_the_other(client: Client) -> None:
    html = main(client.get("/strategien/1/"))
    edition = Edition.objects.get(number=1)
    paragraphs = [
        part
        for row in edition.passages.all()
        for text in row.paragraphs
        for part in text.split("\n")
    ]
    assert [words for words in paragraphs if words not in html] == []
    order = ["#forord", "#tema-1", "#tema-3", 'id="forord"', 'id="tema-1"', 'id="1.1"', 'id="3.4"']
    places = [html.index(mark) for mark in [*order, 'id="underskrift"']]
    assert places == sorted(places)
    assert "marts 2019" in html and "Kommunalbestyrelsen" in html


@pytest.mark.usefixtures("three_editions")
def test_each_edition_keeps_its_own_words(client: Client) -> None:
    assert "skole og bibliotek" in main(client.get("/strategien/1/"))
    assert "skole og bibliotek" not in main(client.get("/strategien/2/"))
    newest = main(client.get("/strategien/3/"))
    assert "hilse på alle" in newest and 'id="2.3"' in newest
    assert 'id="3.1"' not in newest and 'id="3.2"' in newest


@pytest.mark.usefixtures("three_editions")
def test_an_edition_says_which_one_has_replaced_it(client: Client) -> None:
    sentence = "The words that count today stand in edition %(number)s."
    for number in (1, 2):
        assert says(client.get(f"/strategien/{number}/"), sentence, number=3)
    assert not says(client.get("/strategien/3/"), sentence, number=3)


@pytest.mark.usefixtures("three_editions")
def test_an_edition_leads_to_the_others_and_to_each_of_its_passages(client: Client) -> None:
    html = main(client.get("/strategien/2/"))
    for address in ("/strategien/1/", "/strategien/3/", "/strategien/3/mod/2/"):
        assert f'href="{address}"' in html
    for passage in Edition.objects.get(number=2).passages.select_related("theme", "guideline"):
        assert f'href="{passage.get_absolute_url()}"' in html
    assert '/strategien/2/mod/1/"' in html and '/strategien/1/mod/2/"' not in html


@pytest.mark.usefixtures("three_editions")
def test_every_link_on_an_edition_leads_to_a_page(client: Client) -> None:
    for address in ("/strategien/", "/strategien/1/", "/strategien/3/2.3/", "/strategien/3/mod/1/"):
        html = main(client.get(address))
        for link in set(re.findall(r'href="(/[^"]*)"', html)):
            assert client.get(link).status_code == 200, f"{address} leads to {link}"
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r' id="([^"]+)"', html))


@pytest.mark.usefixtures("three_editions")
@pytest.mark.parametrize("address", ["/strategien/1/", "/strategien/3/", "/strategien/3/mod/1/"])
def test_no_two_things_on_a_page_have_the_same_id(client: Client, address: str) -> None:
    ids = re.findall(r' id="([^"]+)"', client.get(address).content.decode())
    assert len(ids) == len(set(ids))


def test_drafts_and_numbers_that_are_not_there_are_the_same_404(
    client: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    draft = begin_edition(Edition.objects.get())
    Passage.objects.create(edition=draft, kind="preface", text="Hemmeligt udkast.", order=1)
    anywhere = client.get("/findes-ikke/")
    assert anywhere.status_code == 404
    for address in (
        "/strategien/2/",
        "/strategien/2/forord/",
        "/strategien/2/mod/1/",
        "/strategien/1/mod/2/",
        "/strategien/9/",
        "/strategien/9/forord/",
        "/strategien/0/",
        "/strategien/01/",
        "/strategien/99999999999999999999/",
        "/strategien/1/mod/99999999999999999999/",
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, anywhere.content), address
    assert "/strategien/2/" not in main(client.get("/strategien/"))


def test_before_the_import_there_is_no_edition(client: Client) -> None:
    assert client.get("/strategien/1/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/strategien/2/", "/strategien/2/2.3/", "/strategien/2/mod/1/"]
)
def test_a_demonstration_is_shown_and_marked_once(client: Client, address: str) -> None:
    make_demonstration()
    next_edition({"2.3": "Vi vender tilbage inden ti dage."})
    html = main(client.get(address))
    assert len(re.findall("demonstration", html, re.I)) == 1
    assert "Byrådet" not in html


# --- the strategy's own pages ---------------------------------------------------------------------


@pytest.mark.usefixtures("three_editions")
def test_the_strategy_leads_to_its_editions_and_to_what_is_new(client: Client) -> None:
    html = main(client.get("/strategien/"))
    for address in ("/strategien/1/", "/strategien/2/", "/strategien/3/", "/strategien/3/mod/2/"):
        assert f'href="{address}"' in html


def test_with_one_edition_there_is_nothing_to_compare(
    client: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    html = main(client.get("/strategien/"))
    assert 'href="/strategien/1/"' in html and "/mod/" not in html
    assert "/mod/" not in main(client.get("/strategien/1/"))


@pytest.mark.usefixtures("three_editions")
def test_themes_and_guidelines_lead_to_their_words_through_the_editions(client: Client) -> None:
    assert 'href="/strategien/3/1.2/"' in main(client.get("/retningslinjer/1.2/"))
    assert 'href="/strategien/3/tema-2-vision/"' in main(client.get("/temaer/plads-til-forskelle/"))


# --- one passage ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("three_editions")
@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("forord", "Tak til alle, der kom"),
        ("underskrift", "Rigmor Testesen"),
        ("tema-2-vision", "Der skal være højt til loftet"),
        ("tema-1-udfordring", "Den første måned er ofte den sværeste"),
        ("tema-3-indledning", "Retningslinjerne for det, vi gør sammen, er derfor at…"),
        ("1.2", "vise vej til læge og bibliotek"),
    ],
)
def test_each_passage_has_a_page_of_its_own(client: Client, ref: str, words: str) -> None:
    assert words in main(client.get(f"/strategien/3/{ref}/"))


@pytest.mark.usefixtures("three_editions")
@pytest.mark.parametrize(
    "ref",
    [
        "efterord",
        "tema-9-vision",
        "tema-1-forord",
        "tema-01-vision",
        "9.9",
        "3.1",
        "1",
        "１.１",
        "mod",
    ],
)
def test_what_an_edition_does_not_hold_is_not_there(client: Client, ref: str) -> None:
    never = client.get("/findes-ikke/")
    answer = client.get(f"/strategien/3/{ref}/")
    assert (answer.status_code, answer.content) == (404, never.content)


@pytest.mark.usefixtures("three_editions")
def test_a_passage_says_where_its_words_changed_and_where_not(client: Client) -> None:
    page = client.get("/strategien/3/1.2/")
    html = main(page)
    uid = Passage.objects.get(edition__number=3, guideline__code="1.2").uid
    assert says(page, "The words are the same as in edition %(number)s.", number=2)
    assert says(page, "The words changed since edition %(number)s.", number=1)
    assert f'href="/strategien/2/mod/1/?stykke={uid}"' in html
    assert "/strategien/3/mod/2/" not in html
    assert html.index("/strategien/2/1.2/") < html.index("/strategien/1/1.2/")


@pytest.mark.usefixtures("three_editions")
def test_a_passage_that_was_left_out_says_when(client: Client) -> None:
    page = client.get("/strategien/1/3.1/")
    assert says(page, "It was left out in edition %(number)s.", number=3)
    assert "/strategien/3/mod/2/?stykke=" in main(page)
    assert not says(
        client.get("/strategien/1/3.2/"), "It was left out in edition %(number)s.", number=3
    )


@pytest.mark.usefixtures("three_editions")
def test_old_words_lead_to_those_that_count_today(client: Client) -> None:
    assert 'href="/strategien/3/1.2/"' in main(client.get("/strategien/1/1.2/"))
    # 3.1 has no words today: to the edition instead
    assert 'href="/strategien/3/"' in main(client.get("/strategien/1/3.1/"))


@pytest.mark.usefixtures("three_editions")
def test_a_passage_is_told_in_short_where_somebody_has(client: Client) -> None:
    Passage.objects.filter(edition__number=3, guideline__code="1.2").update(
        plain_summary="Vi går med."
    )
    assert "Vi går med." in main(client.get("/strategien/3/1.2/"))
    assert "Vi går med." not in main(client.get("/strategien/2/1.2/"))


@pytest.mark.usefixtures("three_editions")
def test_english_pages_mark_the_danish_words_of_an_edition(client: Client) -> None:
    html = client.get("/en/strategien/3/1.2/").content.decode()
    assert '<html lang="en">' in html and "<h1>Guideline 1.2</h1>" in html
    assert re.search(r'<p class="official" lang="da">vise vej til læge', html)


# --- cache and cost -------------------------------------------------------------------------------

ADDRESSES = ["/strategien/2/", "/strategien/1/", "/strategien/2/1.2/", "/strategien/1/forord/"]


def make_larger(themes: int, guidelines: int) -> None:
    write_edition(strategy_of(themes, guidelines), demonstration=True)
    next_edition({f"{number}.1": "gøre tingene om" for number in range(1, themes + 1)})


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_edition_costs_the_same_however_long_it_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    counts = []
    for themes, guidelines in ((1, 2), (9, 30)):
        make_larger(themes, guidelines)
        client.get(address)  # Wagtail remembers where its sites begin
        bump("site")
        with django_assert_max_num_queries(10) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_edition_is_kept_and_is_new_after_the_next_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    make_larger(1, 2)
    first = client.get(address)
    with django_assert_max_num_queries(1):
        again = client.get(address)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    next_edition()
    assert client.get(address)["ETag"] != first["ETag"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/strategien/2/mod/1/"])
def test_reading_an_edition_sets_no_cookie_and_posts_nothing(client: Client, address: str) -> None:
    make_larger(1, 2)
    response = client.get(address)
    assert not response.cookies
    assert 'method="post"' not in response.content.decode().lower()
    assert client.post(address).status_code == 405
