"""A strategy of our own in the layout of a printed one, and the real one where it lies near by."""

from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Locale, Page, Site

from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.importing.reading import parse
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
