"""A strategy of our own in the layout of a printed one, and the real one where it lies near by."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, Site

from cocreate.accounts.models import Role, User
from cocreate.themes.demonstration import make_demonstration
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.importing.reading import parse
from cocreate.themes.operations import prepare_pages
from home.models import HomePage

HERE = Path(__file__).parent / "data"
REAL = settings.BASE_DIR.parent / "shared" / "strategy" / "egedal-2017.txt"


@pytest.fixture
def printed_file() -> Path:
    return HERE / "solbaek.txt"


@pytest.fixture
def printed(printed_file: Path) -> str:
    return printed_file.read_text(encoding="utf-8")


@pytest.fixture
def solbaek(printed: str) -> StrategyDocument:
    return parse(printed)


@pytest.fixture
def layout_file() -> Path:
    return HERE / "solbaek.md"


@pytest.fixture
def layout(layout_file: Path) -> str:
    return layout_file.read_text(encoding="utf-8")


@pytest.fixture
def real_file() -> Path:
    if not REAL.exists():
        pytest.skip("the real strategy lies outside the project and is not here")
    return REAL


@pytest.fixture
def home_page(db: None) -> HomePage:
    """The front page that the editorial pages are made under."""
    danish, _made = Locale.objects.get_or_create(language_code="da")
    Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=danish)
    page = HomePage(title="Forside", slug="forside", heading="Hej", lead="Læs med.", locale=danish)
    root.add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": page}
    )
    return page


@pytest.fixture
def pages(home_page: HomePage) -> HomePage:
    make_demonstration()
    prepare_pages(home_page)
    return home_page


@pytest.fixture
def superuser(pages: HomePage, settings: Any) -> Client:
    """May do more than any editor; the second factor is another test's matter."""
    settings.SECOND_FACTOR_AREAS = ()
    client = Client()
    user = User.objects.create_superuser("chef@cast.example")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def editor(pages: HomePage, settings: Any) -> Client:
    settings.SECOND_FACTOR_AREAS = ()
    group = Group.objects.get(name=Role.EDITOR)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=pages, permission=permission)
    user = User.objects.create_user("redaktion@cast.example")
    user.groups.add(group)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def snippet(model: type[Any], action: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_themes_{model._meta.model_name}:{action}", args=args)


def strategy_of(themes: int, guidelines: int) -> StrategyDocument:
    """As large as a test needs."""
    parts = [
        f"## Tema: Tema nummer {number}\n\n### Udfordring\n\nDet er svært.\n\n### Vision\n\n"
        "Det skal blive bedre for os og for dem.\n\n### Retningslinjer\n\nVi vil\n\n"
        + "\n".join(f"- gøre ting nummer {n} for alle" for n in range(1, guidelines + 1))
        for number in range(1, themes + 1)
    ]
    return parse(
        "# Strategi for alle\n\nKommune: Prøve Kommune\nVedtaget af: Byrådet\n"
        "Vedtaget: maj 2020\n\n## Forord\n\nDet her er en prøve.\n\n" + "\n\n".join(parts)
    )
