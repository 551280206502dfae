"""What an editor can do with the strategy in Wagtail, and what nobody can."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cocreate.accounts.models import User
from cocreate.pagecache.models import versions
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.importing.reading import read_document
from cocreate.themes.models import Fact, Passage, RelatedPolicy, StrategyPage, Theme, ThemePage
from cocreate.themes.models.editions import PlainStatus
from cocreate.themes.operations import import_strategy, prepare_pages
from home.models import HomePage
from tests.themes.conftest import snippet

pytestmark = pytest.mark.django_db


# --- pages ----------------------------------------------------------------------------------------


def test_each_theme_gets_a_page_once(pages: HomePage) -> None:
    assert ThemePage.objects.live().count() == 4
    assert prepare_pages(pages) == []
    assert ThemePage.objects.count() == 4
    assert all(page.latest_revision for page in ThemePage.objects.all())


def test_pages_have_the_fixed_address(pages: HomePage, client: Client) -> None:
    page = ThemePage.objects.get(theme__number=4)
    assert page.url == "/temaer/paaroerende-som-ressource/"
    assert StrategyPage.objects.get().url == "/strategien/"
    assert client.get("/strategien/paaroerende-som-ressource/").status_code == 404


def test_another_strategy_gets_pages_of_its_own_and_none_of_our_words(
    pages: HomePage, solbaek: StrategyDocument, client: Client
) -> None:
    ours = ThemePage.objects.get(theme__number=1).summary
    import_strategy(solbaek)
    page = ThemePage.objects.get(theme__number=1)
    assert (page.title, page.slug, page.summary) == ("Den første tid", "den-foerste-tid", "")
    assert StrategyPage.objects.get().title == "Strategi for nye naboer"
    assert ThemePage.objects.count() == 3
    assert ours not in client.get("/temaer/den-foerste-tid/").content.decode()


def test_the_strategy_of_the_demonstration_keeps_what_editors_wrote(
    pages: HomePage, real_file: Path
) -> None:
    page = ThemePage.objects.get(theme__number=1)
    page.summary = "Skrevet af en redaktør."
    page.save_revision().publish()
    import_strategy(read_document(real_file))
    assert ThemePage.objects.get(pk=page.pk).summary == "Skrevet af en redaktør."


def test_what_an_editor_publishes_is_on_the_page_at_once(pages: HomePage, client: Client) -> None:
    address = "/temaer/rum-til-alle/"
    client.get(address)
    page = ThemePage.objects.get(theme__number=3)
    page.summary = "Alle skal have et sted at bo."
    page.intro = [
        ("paragraph", "<p>Her er <b>tre</b> ting.</p>"),
        ("fact", Fact.objects.public().get()),
        ("fact", Fact.objects.get(order=1)),
    ]
    page.save_revision().publish()
    html = client.get(address).content.decode()
    assert "Alle skal have et sted at bo." in html
    assert "<b>tre</b>" in html
    assert "4.998" in html
    assert Fact.objects.get(order=1).text not in html  # it has no source


def test_publishing_ages_the_pages(pages: HomePage) -> None:
    before = versions("strategy", "theme:3")
    ThemePage.objects.get(theme__number=3).save_revision().publish()
    assert all(a != b for a, b in zip(before, versions("strategy", "theme:3"), strict=True))


@pytest.mark.parametrize("model", [StrategyPage, ThemePage])
@pytest.mark.parametrize("action", ["delete", "unpublish", "move", "copy"])
def test_nobody_can_take_a_page_away(superuser: Client, model: type[Page], action: str) -> None:
    page = model.objects.first()
    assert page is not None
    address = reverse(f"wagtailadmin_pages:{action}", args=[page.pk])
    superuser.post(address, {"new_title": "Kopi", "new_slug": "kopi", "new_parent_page": "1"})
    assert model.objects.live().filter(pk=page.pk, path=page.path).exists()
    assert ThemePage.objects.count() == 4


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_nor_several_at_once_nor_what_they_lie_under(
    superuser: Client, pages: HomePage, action: str
) -> None:
    for page in (pages, StrategyPage.objects.get(), ThemePage.objects.all()[0]):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        superuser.post(f"{address}?id={page.pk}", {"include_descendants": "on", "chooser": "1"})
    assert ThemePage.objects.live().count() == 4


def test_nobody_makes_a_second_page_of_a_theme(superuser: Client) -> None:
    parent = StrategyPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["themes", "themepage", parent.pk])
    assert superuser.get(address).status_code in {302, 403}
    assert ThemePage.objects.count() == 4


def test_an_editor_opens_and_publishes_a_theme_page(editor: Client) -> None:
    page = ThemePage.objects.get(theme__number=2)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.get(address).status_code == 200
    form = {
        "summary": "Vi er et hold.",
        "intro-count": "0",
        "picture": "",
        "picture_alt": "",
        "seo_title": "",
        "search_description": "",
        "action-publish": "action-publish",
        "slug": "et-andet-sted",
    }
    assert editor.post(address, form).status_code == 302
    page.refresh_from_db()
    assert page.summary == "Vi er et hold."
    assert page.slug == "det-gode-samarbejde"


# --- rows -----------------------------------------------------------------------------------------


def test_an_editor_sees_which_facts_have_no_source(editor: Client) -> None:
    html = editor.get(snippet(Fact, "list")).content.decode()
    assert html.count("Kilde mangler") + html.count("Source is missing") == 3


def test_an_editor_gives_a_fact_its_source_and_it_is_public(editor: Client, client: Client) -> None:
    assert "psykisk sygdom" not in client.get("/vidste-du/").content.decode()
    fact = Fact.objects.get(order=1)
    form = {"text": fact.text, "source": "En bog", "source_url": "", "year": "2016", "order": "1"}
    assert editor.post(snippet(Fact, "edit", fact.pk), form | {"checked_on": ""}).status_code == 302
    assert "psykisk sygdom" in client.get("/vidste-du/").content.decode()


def test_an_editor_adds_a_fact_and_a_policy(editor: Client) -> None:
    fact = {"text": "det regner?", "source": "DMI", "source_url": "", "year": "", "checked_on": ""}
    assert editor.post(snippet(Fact, "add"), fact | {"order": "9"}).status_code == 302
    policy = {"title": "Boligpolitik", "url": "", "order": "9"}
    assert editor.post(snippet(RelatedPolicy, "add"), policy).status_code == 302
    assert (
        editor.post(snippet(RelatedPolicy, "add"), policy).status_code == 200
    )  # twice is an error
    assert Fact.objects.filter(source="DMI").exists()
    assert RelatedPolicy.objects.filter(title="Boligpolitik").count() == 1


def test_before_the_import_there_is_nothing_to_add_to(home_page: HomePage, settings: Any) -> None:
    settings.SECOND_FACTOR_AREAS = ()
    client = Client()
    user = User.objects.create_superuser("chef@cast.example")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(snippet(Fact, "add"), {"text": "x?", "order": "1"}).status_code == 302
    assert not Fact.objects.exists()


def test_several_facts_removed_at_once_leave_the_page(editor: Client, client: Client) -> None:
    client.get("/vidste-du/")
    address = reverse("wagtail_bulk_action", args=["themes", "fact", "delete"])
    editor.post(f"{address}?id={Fact.objects.public().get().pk}")
    assert "4.998" not in client.get("/vidste-du/").content.decode()


def test_an_editor_approves_a_short_text_of_an_adopted_strategy(
    editor: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    words = Passage.objects.of_guidelines().first()
    assert words is not None
    form = {
        "plain_summary": "Vi banker på.",
        "plain_summary_status": PlainStatus.APPROVED,
        "text": "Noget helt andet",
    }
    assert editor.post(snippet(Passage, "edit", words.pk), form).status_code == 302
    stored = Passage.objects.get(pk=words.pk)
    assert (stored.plain_summary, stored.text) == ("Vi banker på.", words.text)
    assert "Vi banker på." in editor.get("/retningslinjer/1.1/").content.decode()


def test_nobody_adds_or_removes_what_the_strategy_has_given(superuser: Client) -> None:
    for model in (Passage, Theme):
        row = model.objects.first()
        assert row is not None
        superuser.post(snippet(model, "delete", row.pk))
        superuser.post(snippet(model, "add"), {"text": "x", "title": "x"})
        address = reverse("wagtail_bulk_action", args=["themes", model._meta.model_name, "delete"])
        superuser.post(f"{address}?id={row.pk}")
    assert (Passage.objects.of_guidelines().count(), Theme.objects.count()) == (27, 4)
