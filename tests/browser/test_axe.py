"""Everybody can use every page: axe, small screens, dark, forced colours, without script.

One page of each template as a rule; every state of each page in five ways with AXE=all.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test.signals import template_rendered

from tests.browser.axe import violations
from tests.browser.conftest import Opens
from tests.browser.place import Place, person
from tests.browser.sights import Sight, sights
from tests.browser.window import DESKTOP, Window

pytestmark = pytest.mark.browser

ALL = os.environ.get("AXE") == "all"
SMALL = {"width": 320, "height": 640}
Way = tuple[dict[str, int], dict[str, str]]
WAYS: dict[str, Way] = {
    "desktop": (DESKTOP, {}),
    "320 px": (SMALL, {}),
    "dark": (DESKTOP, {"color_scheme": "dark"}),
    "dark 320 px": (SMALL, {"color_scheme": "dark"}),
    "forced colours": (DESKTOP, {"forced_colors": "active"}),
}
# Without motion: a colour on its way from light to dark is not a colour of the page.
AS_USUAL = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}
# Parts and frames of other templates, and what nobody meets in a browser of ours.
NOT_PAGES = {
    "account/base_confirm_code.html",
    "account/base_reauthenticate.html",
    "account/demo.html",  # only in settings/dev.py; make screenshots shows it
    "account/signup_closed.html",  # signing up is open
    "allauth/layouts/base.html",
    "allauth/layouts/entrance.html",
    "allauth/layouts/manage.html",
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


def chosen() -> list[Sight]:
    return [sight for sight in sights() if ALL or not sight.more]


def open_sight(opens: Opens, place: Place, sight: Sight, *, scripts: bool = True) -> Window:
    window = opens(as_user=person(sight.by) if sight.by else None)
    if not scripts:
        window.context.route("**/*.js", lambda route: route.abort())
    sight.reach(window, place)
    return window


def faults_of(window: Window, ways: dict[str, Way]) -> list[str]:
    found = []
    for name, (size, media) in ways.items():
        window.page.set_viewport_size(size)
        window.page.emulate_media(**{**AS_USUAL, **media})  # type: ignore[arg-type]
        found += [f"{name}: {violation}" for violation in violations(window.page)]
    return found


def sideways(window: Window) -> list[str]:
    """Whether the page is wider than a small screen, which is also a large one at 400 %."""
    window.page.set_viewport_size(SMALL)
    return [f"{window.width()} px wide at 320 px"] if window.width() > SMALL["width"] else []


def test_axe_finds_nothing_on_any_page(opens: Opens, place: Place, rendered: set[str]) -> None:
    ways = WAYS if ALL else {"desktop": WAYS["desktop"]}
    faults = []
    for sight in chosen():
        window = open_sight(opens, place, sight)
        found = [*faults_of(window, ways), *sideways(window)]
        faults += [f"{sight.name}: {fault}" for fault in found]
        window.close()
    assert not faults, "\n".join(faults)
    assert pages() - rendered == set()


@pytest.mark.skipif(not ALL, reason="make test-all looks at every page without script too")
def test_axe_finds_nothing_where_scripts_never_arrive(opens: Opens, place: Place) -> None:
    faults = []
    for sight in chosen():
        window = open_sight(opens, place, sight, scripts=False)
        faults += [f"{sight.name}: {fault}" for fault in violations(window.page)]
        window.close()
    assert not faults, "\n".join(faults)


def pages() -> set[str]:
    """The templates of ours that are whole pages."""
    folder = Path(settings.BASE_DIR / "templates")
    found = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if "{% extends" in path.read_text(encoding="utf-8")
    }
    # Boards are looked at in every phase, on a server with sockets: test_board.py, test_lead.py.
    return {name for name in found - NOT_PAGES if not name.startswith("boards/")}
