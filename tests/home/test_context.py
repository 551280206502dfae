"""What stands on every page."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.translation import gettext, override
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Site

from home.context import site
from home.models import SiteTexts

PRINTED = Path(__file__).parents[1] / "themes" / "data" / "solbaek.txt"
NAMED = "{{ site_name }}|{{ site_tagline }}|{% if site_phone %}{{ site_phone }}{% endif %}|{{ site_hours }}"


def rendered(template: str) -> str:
    return Template(template).render(Context(site(RequestFactory().get("/"))))


@pytest.mark.django_db
def test_a_page_that_names_nothing_asks_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert rendered("{{ quick_exit_url }}")
    with django_assert_num_queries(1):
        rendered(NAMED)


def test_what_an_editor_wrote_stands_there(house: None) -> None:
    SiteTexts.objects.update(
        name="Vores strategi", phone="12 34 56 78", phone_hours="hverdage 9–15"
    )
    assert rendered(NAMED).startswith("Vores strategi|")
    assert rendered(NAMED).endswith("|12 34 56 78|hverdage 9–15")


def test_every_page_says_while_it_is_a_demonstration(client: Client, house: None) -> None:
    """Made-up voices are never taken for real ones; and the words go with them."""
    with override("da"):
        made_up = gettext("A demonstration with made-up stories")
    pages = ("/", "/fortaellinger/", "/samtaler/", "/strategien/", "/fortael/", "/kode/")
    assert [page for page in pages if made_up not in client.get(page).content.decode()] == []
    call_command("import_strategy", str(PRINTED), verbosity=0)
    assert [page for page in pages if made_up in client.get(page).content.decode()] == []


@pytest.mark.django_db
def test_without_a_site_the_name_is_still_there(settings: Settings) -> None:
    Site.objects.all().delete()
    assert rendered("{{ site_name }}") == settings.WAGTAIL_SITE_NAME


def test_reading_writes_nothing(client: Client, house: None) -> None:
    SiteTexts.objects.all().delete()
    assert client.get("/").status_code == 200
    assert not SiteTexts.objects.exists()


def test_a_name_with_html_in_it_is_only_text(house: None) -> None:
    SiteTexts.objects.update(name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in rendered(NAMED)


@pytest.mark.django_db
def test_the_statement_is_named_when_there_is_one(settings: Settings) -> None:
    template = "{% if has_accessibility_statement %}ja{% endif %}"
    assert rendered(template) == ""
    settings.ACCESSIBILITY_STATEMENT_URL = "https://was.digst.dk/eksempel"
    assert rendered(template) == "ja"
