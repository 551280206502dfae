"""Going through the sights and asking axe about each."""

from collections.abc import Iterable

from tests.browser.axe import faults_of, sideways, violations
from tests.browser.conftest import Opens
from tests.browser.place import Place, person
from tests.browser.sights import Sight
from tests.browser.whole import WHOLE
from tests.browser.window import Window


def faults_at(opens: Opens, place: Place, sights: Iterable[Sight]) -> list[str]:
    """One sight of each template in the short run, all of them in the whole one."""
    faults = []
    for sight in sights:
        if sight.more and not WHOLE:
            continue
        with _reached(opens, place, sight) as window:
            found = [*faults_of(window), *sideways(window)]
        faults += [f"{sight.name}: {fault}" for fault in found]
    return faults


def faults_without_script(opens: Opens, place: Place, sights: Iterable[Sight]) -> list[str]:
    """As it is where the line lets no script through."""
    faults = []
    for sight in sights:
        if sight.live:
            continue
        with _reached(opens, place, sight, scripts=False) as window:
            faults += [f"{sight.name}: {fault}" for fault in violations(window.page)]
    return faults


def _reached(opens: Opens, place: Place, sight: Sight, *, scripts: bool = True) -> Window:
    window = opens(as_user=person(sight.by) if sight.by else None)
    if not scripts:
        window.context.route("**/*.js", lambda route: route.abort())
    sight.reach(window, place)
    return window
