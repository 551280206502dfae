"""The strategy as anybody reads it, without an account, a cookie or a script."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cocreate.pagecache.models import bump
from cocreate.themes.demonstration import make_demonstration
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.importing.reading import parse, read_document
from cocreate.themes.importing.writing import write_edition
from cocreate.themes.models import Difficulty, Fact, Passage, ThemePage
from cocreate.themes.models.editions import PlainStatus
from cocreate.themes.operations import import_strategy, prepare_pages
from cocreate.themes.plain_danish import theme_summary
from home.models import HomePage
from tests.themes.conftest import strategy_of

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def heading(html: str) -> str:
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    return str(found)


# --- reading --------------------------------------------------------------------------------------


def test_the_strategy_names_its_themes_and_who_adopted_it(
    client: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    html = read(client, "/strategien/")
    assert heading(html) == "Strategi for nye naboer"
    assert "marts 2019" in html and "Kommunalbestyrelsen" in html
    assert html.index("/temaer/den-foerste-tid/") < html.index("/temaer/naboen-som-stoette/")
    assert "Unge- og Ældrepolitik" in html
    assert "Rigmor Testesen" in html


def test_before_the_import_the_page_says_so(client: Client) -> None:
    assert "/fortael/" in read(client, "/strategien/")


def test_a_theme_shows_vision_challenge_and_guidelines(
    client: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    html = read(client, "/temaer/plads-til-forskelle/")
    assert heading(html) == "Plads til forskelle"
    assert html.count("Der skal være højt til loftet") == 1
    assert "<summary>" in html and "Folk lever på mange måder." in html
    assert html.index("/retningslinjer/2.1/") < html.index("/retningslinjer/2.2/")
    assert "?tema=2" in html


def test_a_guideline_shows_its_words_and_leads_on(
    client: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    html = read(client, "/retningslinjer/1.3/")
    assert "svare på spørgsmål – også dem, der virker små" in html
    assert "Retningslinjerne for det, vi gør sammen, er derfor at…" in html
    assert 'rel="prev" href="/retningslinjer/1.2/"' in html
    assert 'rel="next" href="/retningslinjer/2.1/"' in html
    assert "?retningslinje=1.3" in html


def test_the_first_and_the_last_guideline_lead_one_way(
    client: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    assert 'rel="prev"' not in read(client, "/retningslinjer/1.1/")
    assert 'rel="next"' not in read(client, "/retningslinjer/3.4/")


def test_ten_follows_nine(client: Client) -> None:
    import_strategy(strategy_of(themes=1, guidelines=11))
    assert 'rel="next" href="/retningslinjer/1.10/"' in read(client, "/retningslinjer/1.9/")


def test_the_short_text_is_the_heading_and_a_proposal_until_approved(client: Client) -> None:
    make_demonstration()
    html = read(client, "/retningslinjer/2.5/")
    assert heading(html).startswith("Vi siger, hvad vi kan hjælpe med.")
    assert "forslag" in html.lower() or "proposal" in html
    Passage.objects.of_guidelines().update(plain_summary_status=PlainStatus.APPROVED)
    bump("strategy")
    html = read(client, "/retningslinjer/2.5/")
    assert not re.search(r'class="tag[^"]*">.{0,400}(forslag|proposal)', html, re.S | re.I)


def test_the_real_guideline_shows_its_adopted_words(client: Client, real_file: Path) -> None:
    make_demonstration()
    assert client.get("/retningslinjer/2.3/").status_code == 200
    document = read_document(real_file)
    import_strategy(document)
    assert document.themes[1].guidelines[2].text in read(client, "/retningslinjer/2.3/")


@pytest.mark.parametrize(
    "address", ["/strategien/", "/temaer/rum-til-alle/", "/retningslinjer/3.1/"]
)
def test_a_demonstration_is_marked_once(client: Client, address: str) -> None:
    make_demonstration()
    main = read(client, address).partition("<main")[2].partition("</main>")[0]
    assert len(re.findall("demonstration", main, re.I)) == 1


@pytest.mark.usefixtures("house")
def test_a_list_shows_the_first_sentence_of_what_the_theme_says_in_short(client: Client) -> None:
    in_short = theme_summary("Rum til alle")
    assert in_short in read(client, "/temaer/rum-til-alle/")
    listed = read(client, "/strategien/")
    assert f"<p>{in_short.partition('. ')[0]}.</p>" in listed and in_short not in listed


def test_numbers_below_ten_stand_in_words_in_a_heading(client: Client) -> None:
    make_demonstration()
    assert re.search(r"<h2[^>]*>(Fire|Four) ", read(client, "/strategien/"))
    assert re.search(r"<h2[^>]*>(Seks|Six) ", read(client, "/temaer/rum-til-alle/"))


@pytest.mark.usefixtures("house")
def test_a_danish_name_on_the_way_to_an_english_page_is_marked(client: Client) -> None:
    crumbs = read(client, "/en/retningslinjer/2.3/").partition('class="crumbs"')[2]
    assert ' lang="da">Det gode samarbejde</a>' in crumbs.partition("</nav>")[0]


def test_facts_have_their_source_and_no_word_that_judges(client: Client) -> None:
    make_demonstration()
    Fact.objects.filter(order=4).update(source="En bog")
    html = read(client, "/vidste-du/")
    assert "SFI, »Hjemløshed i Danmark 2015«" in html
    assert "drikker for meget" not in html
    assert "Ensomhed" in html
    for term in Difficulty.objects.filter(public=False):
        assert term.term not in html


def test_without_sources_no_fact_is_shown(client: Client, solbaek: StrategyDocument) -> None:
    import_strategy(solbaek)
    html = read(client, "/vidste-du/")
    assert "tomme huse" not in html and "/strategien/" in html


@pytest.mark.parametrize(
    "address",
    [
        "/temaer/findes-ikke/",
        "/retningslinjer/9.9/",
        "/retningslinjer/1.01/",
        "/retningslinjer/1/",
        "/retningslinjer/1.1.1/",
        "/temaer/%F0%9F%8C%B1/",
        "/retningslinjer/１.１/",
    ],
)
def test_what_is_not_there_is_not_found(
    client: Client, solbaek: StrategyDocument, address: str
) -> None:
    import_strategy(solbaek)
    assert client.get(address).status_code == 404


def test_english_pages_mark_the_danish_words(client: Client, solbaek: StrategyDocument) -> None:
    import_strategy(solbaek)
    html = read(client, "/en/retningslinjer/1.2/")
    assert '<html lang="en">' in html
    words = re.search(r"<p ([^>]*)>vise vej til læge", html)
    assert words is not None and 'lang="da"' in words[1]
    assert re.search(r'<h1 lang="da">Plads', read(client, "/en/temaer/plads-til-forskelle/"))
    assert "March 2019" in read(client, "/en/strategien/")


def test_markup_in_a_strategy_stays_text(client: Client, layout: str) -> None:
    import_strategy(parse(layout.replace("banke på hos", "<b>banke</b> & på hos")))
    assert "&lt;b&gt;banke&lt;/b&gt; &amp; på hos" in read(client, "/retningslinjer/1.1/")


# --- cache and cost -------------------------------------------------------------------------------

ADDRESSES = ["/strategien/", "/temaer/tema-nummer-1/", "/retningslinjer/1.2/", "/vidste-du/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_cost_the_same_however_long_the_strategy_is(
    client: Client,
    home_page: HomePage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    counts = []
    for themes, guidelines in ((1, 2), (9, 30)):
        make_larger(home_page, themes, guidelines)
        client.get(address)  # Wagtail remembers where its sites begin
        bump("site")
        with django_assert_max_num_queries(9) as seen:
            read(client, address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def make_larger(home_page: HomePage, themes: int, guidelines: int) -> None:
    write_edition(strategy_of(themes, guidelines), demonstration=True)
    Fact.objects.all().delete()
    for number in range(themes):
        fact = Fact.objects.create(text=f"det er nummer {number}?", source="En bog")
        Difficulty.objects.create(fact=fact, order=1, term="Stress")
    prepare_pages(home_page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_kept_and_is_new_after_a_change(
    client: Client,
    home_page: HomePage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    make_larger(home_page, 1, 2)
    first = client.get(address)
    with django_assert_max_num_queries(1):
        again = client.get(address)
    assert again.content == first.content
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    bump("strategy")
    assert client.get(address)["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("voices:theme:1", "/temaer/tema-nummer-1/"),
        ("forums", "/temaer/tema-nummer-1/"),
        ("voices:guideline:1.2", "/retningslinjer/1.2/"),
    ],
)
def test_a_page_ages_when_what_people_say_changes(
    client: Client, home_page: HomePage, key: str, address: str
) -> None:
    make_larger(home_page, 1, 2)
    before = client.get(address)["ETag"]
    bump(key)
    assert client.get(address)["ETag"] != before


@pytest.mark.parametrize("address", ADDRESSES)
def test_reading_sets_no_cookie_and_posts_nothing(
    client: Client, home_page: HomePage, address: str
) -> None:
    make_larger(home_page, 1, 2)
    response = client.get(address)
    assert not response.cookies
    assert 'method="post"' not in response.content.decode().lower()
    assert client.post(address).status_code == 405


def test_a_page_without_its_editorial_part_is_still_there(
    client: Client, home_page: HomePage
) -> None:
    make_larger(home_page, 1, 2)
    ThemePage.objects.get().unpublish()
    assert "Tema nummer 1" in read(client, "/temaer/tema-nummer-1/")
