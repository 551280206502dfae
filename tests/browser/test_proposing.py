"""From a citizen's phone to the list of amendments; and the pages as anybody may come to them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from cocreate.revisions.models import Amendment, Change, Outcome, Proposal, Step
from tests.browser.axe import SMALL, sideways, violations
from tests.browser.conftest import Opens
from tests.browser.hosting import publish_all
from tests.browser.window import DESKTOP, Window
from tests.revisions.conftest import NEW_WORDS, Council, passage
from tests.revisions.conftest import adopted_for_real as adopted_for_real
from tests.revisions.conftest import council as council
from tests.revisions.pages.acts import form_about, shown_proposal

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server")]

WORDS = "Svaret kommer på en torsdag, også når det er et nej."


def parts_of(row: Locator) -> list[str]:
    """What a line of the list is made of, whoever wrote it."""
    return row.locator("h3, .byline b, .byline time, .tag").evaluate_all(
        "all => all.map(one => one.tagName + one.className)"
    )


def test_a_citizens_proposal_stands_beside_the_administrations(
    council: Council, phone: Callable[..., Window], opens: Opens
) -> None:
    council.wants(Change.CHANGE, passage("1.1"))
    citizen = phone()
    citizen.open("/forslag/nyt/")
    citizen.follow(f'main a[href="?stykke={passage().uid}"]')
    citizen.write("proposed", WORDS)
    citizen.write("text", "Jeg ventede i ni uger.")
    citizen.tick("role", "relative")
    citizen.press()
    assert len(citizen.code) == 7
    host = opens(as_user=council.cast.host)
    assert publish_all(host) == 1
    citizen.open(council.process.get_absolute_url())
    rows = citizen.page.locator(".rows > li.amendment")
    assert rows.count() == 2
    assert parts_of(rows.nth(0)) == parts_of(rows.nth(1)) != []
    rows.nth(1).locator("a").click()
    expect(citizen.page.locator("ins").first).to_be_visible()
    assert "Jeg ventede i ni uger." in citizen.text
    assert Proposal.objects.get().state == "published"


def faults_on(window: Window, address: str) -> list[str]:
    found = []
    for size in (DESKTOP, SMALL):
        window.page.set_viewport_size(size)
        assert window.open(address) == 200
        for fold in window.page.locator("main details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        found += [f"{size['width']} {address}: {fault}" for fault in violations(window.page)]
    return found + [f"{address}: {fault}" for fault in sideways(window)]


def test_the_pages_are_open_to_everybody(council: Council, opens: Opens) -> None:
    amendment = council.wants(insights=(council.insight(council.voice()),))
    council.decides(amendment, step=Step.RECOMMENDED)
    council.decides(amendment, Outcome.ADOPTED_CHANGED)
    shown_proposal(council, about=passage("1.1"))
    window = opens(reduced_motion="reduce")
    faults = []
    for where in (
        form_about(),
        "/forslag/nyt/",
        amendment.get_absolute_url(),
        "/forslag/2/",
        "/forslag/",
        "/hvad-sker-der/",
        council.process.get_absolute_url(),
    ):
        faults += faults_on(window, where)
    assert faults == []


def test_the_desk_is_open_to_everybody_who_works_there(council: Council, opens: Opens) -> None:
    insight = council.insight(council.voice())
    council.wants(insights=(insight,))
    council.decides(council.wants(Change.CHANGE, passage("1.1"), text=NEW_WORDS))
    analyst = opens(as_user=council.analyst, reduced_motion="reduce")
    slug = council.process.slug
    faults = []
    for where in (
        "/analyse/forslag/",
        "/analyse/forslag/nyt/",
        f"/analyse/forslag/{Amendment.objects.first().number}/",  # type: ignore[union-attr]
        "/analyse/processer/",
        f"/analyse/processer/{slug}/",
        f"/analyse/processer/{slug}/vedtag/",
    ):
        faults += faults_on(analyst, where)
    assert faults == []
