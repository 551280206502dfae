"""Everybody can use every page: axe, small screens, dark, forced colours, without script.

One page of each template as a rule; every state of each page in five ways with AXE=all. The pages of
workshops want a server with sockets where scripts run: boards/test_axe.py.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test.signals import template_rendered

from tests.browser.board_sights import board_sights
from tests.browser.chain_sights import chain_sights
from tests.browser.code_sights import code_sights
from tests.browser.conftest import Opens
from tests.browser.looking import faults_at, faults_without_script
from tests.browser.place import Place, person
from tests.browser.sights import sights
from tests.browser.whole import WHOLE
from tests.browser.workshops import hold_workshops

pytestmark = pytest.mark.browser

# Parts and frames of other templates, and what nobody meets in a browser of ours.
NOT_PAGES = {
    # no address leads to them; make screenshots shows them
    "500.html",
    "503.html",
    "account/base_confirm_code.html",
    "account/base_reauthenticate.html",
    "account/demo.html",  # only in settings/dev.py; make screenshots shows it
    "account/signup_closed.html",  # signing up is open
    "allauth/layouts/base.html",
    "allauth/layouts/entrance.html",
    "allauth/layouts/manage.html",
    "help/word_box.html",  # in Wagtail's frame
    "insights/analysis_base.html",
}


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """The names of all templates that the server renders meanwhile."""
    names: set[str] = set()

    def note(template: object, **_kwargs: object) -> None:
        names.add(str(getattr(template, "name", "")))

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_axe_finds_nothing_on_any_page(opens: Opens, place: Place, rendered: set[str]) -> None:
    faults = faults_at(opens, place, [*sights(), *chain_sights(), *code_sights()])
    assert not faults, "\n".join(faults)
    of_workshops = {page for page in pages() if page.startswith("boards/")}
    assert pages() - of_workshops - rendered == set()


@pytest.mark.skipif(not WHOLE, reason="make test-all looks at every page without script too")
def test_axe_finds_nothing_where_scripts_never_arrive(
    opens: Opens, place: Place, rendered: set[str]
) -> None:
    hold_workshops(place, by=person("lene"), host=person("farid"))
    seen = [*sights(), *board_sights(), *chain_sights(), *code_sights()]
    faults = faults_without_script(opens, place, seen)
    assert not faults, "\n".join(faults)
    assert pages() - rendered == set()


def pages() -> set[str]:
    """The templates of ours that are whole pages."""
    folder = Path(settings.BASE_DIR / "templates")
    found = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if "{% extends" in path.read_text(encoding="utf-8")
    }
    return found - NOT_PAGES
