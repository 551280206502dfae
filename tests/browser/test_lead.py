"""A workshop is led from one browser and shown on the wall by another."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from cocreate.boards.demonstration import make_past_demonstration
from cocreate.boards.models import Board, Note, Workshop
from tests.boards.harness import Served, serving
from tests.boards.people import Party, hold
from tests.browser.axe import violations
from tests.browser.window import DESKTOP, Window
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL = {"width": 320, "height": 640}
FULL_HD, SMALL_WALL = {"width": 1920, "height": 1080}, {"width": 1280, "height": 720}
PHASES = ("collect", "cluster", "vote", "discuss", "closed")
LONG = "Sagsbehandlingstidsforlængelsesbegrundelsesskrivelser " * 18
Opens = Callable[..., Window]


@pytest.fixture
def served(db: None, transactional_db: None, house: None) -> Iterator[Served]:
    with serving("daphne") as served:
        yield served


@pytest.fixture
def party(served: Served, cast: Cast) -> Party:
    made = hold(cast)
    made.sit("mo", "Mo Testvig")
    made.sit("ulla")
    return made


@pytest.fixture
def leader(browser: Browser, served: Served, cast: Cast) -> Iterator[Opens]:
    """Opens windows of the facilitator, and looks afterwards at what they met."""
    opened: list[Window] = []

    def open_window(**options: Any) -> Window:
        window = Window(browser, served.origin, **options)
        cookie = cast.client("host").cookies[settings.SESSION_COOKIE_NAME]
        window.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": served.origin}]
        )
        opened.append(window)
        return window

    yield open_window
    for window in opened:
        window.close()
    # What is refused is answered with the page, and a status that says so.
    refused = f"422 for {served.origin}"
    faults = [fault for window in opened for fault in window.faults]
    assert [fault for fault in faults if not fault.startswith(refused)] == []
    assert served.trouble() == []


def page_of(party: Party, name: str = "tovholder/") -> str:
    return f"/v/{party.workshop.code}/{name}"


def at_the_desk(leader: Opens, party: Party, **options: Any) -> Page:
    window = leader(**options)
    window.open(page_of(party))
    if options.get("java_script_enabled", True):
        expect(window.page.locator("[data-link=open]")).to_have_count(1)
    return window.page


def on_the_wall(leader: Opens, party: Party, size: dict[str, int] = FULL_HD) -> Page:
    window = leader(size=size)
    window.open(page_of(party, "laerred/"))
    expect(window.page.locator("[data-link=open]")).to_have_count(1)
    return window.page


def button(page: Page, do: str) -> Any:
    return page.locator(f'button[value="{do}"]')


# --- leading --------------------------------------------------------------------------------------


def test_one_walks_through_the_phases_without_leaving_the_page(leader: Opens, party: Party) -> None:
    page = at_the_desk(leader, party)
    page.evaluate("window.isTheSamePage = true")
    party.write(party.seats["mo"], "Ingen besked.")
    expect(page.locator(".lead-counts dd").first).to_contain_text("1")
    for do in ("phase:cluster", "phase:vote", "phase:discuss"):
        button(page, do).first.click()
        expect(button(page, do)).to_have_count(0)
    expect(page.locator("#notes")).to_contain_text("Ingen besked.")
    assert Board.objects.get().phase == "discuss"
    assert page.evaluate("window.isTheSamePage")


def test_without_script_the_same_buttons_do_the_same(leader: Opens, party: Party) -> None:
    page = at_the_desk(leader, party, size=SMALL, java_script_enabled=False)
    button(page, "phase:cluster").click()
    page.locator("#room-text").fill("Sagt i rummet.")
    button(page, "write").click()
    expect(page.locator("#notes")).to_contain_text("Sagt i rummet.")
    page.locator("[name=note]").check()
    page.locator("#hide-reason").select_option("harm")
    button(page, "hide").click()
    expect(page.locator("#hidden")).to_contain_text("Sagt i rummet.")
    assert Note.objects.get().hide_reason == "harm"


def test_what_others_do_moves_neither_caret_nor_choice_nor_words(
    leader: Opens, party: Party
) -> None:
    first = party.write(party.seats["mo"], "Den første.")
    party.go_to("cluster")
    page = at_the_desk(leader, party)
    page.locator(f"#n-{first.uid}").check()
    page.locator(".lead-undo summary").click()
    field = page.locator("#room-text")
    field.fill("Midt i en sætning")
    field.press("Home")
    before = page.evaluate("window.scrollY")
    for n in range(15):
        party.write(party.seats["ulla"], f"Seddel {n}.", column=n % 2)
    party.done(party.seats["mo"], "note.take_back", note=party.write(party.seats["mo"], "X").uid)
    expect(page.locator("#notes")).to_contain_text("Seddel 14.")
    page.keyboard.type("Her: ")
    assert field.input_value() == "Her: Midt i en sætning"
    assert page.locator(f"#n-{first.uid}").is_checked()
    assert page.locator(".lead-undo").evaluate("fold => fold.open")
    assert page.evaluate("window.scrollY") == before


def test_a_group_is_made_and_named_from_the_list(leader: Opens, party: Party) -> None:
    for n in range(3):
        party.write(party.seats["mo"], f"Seddel {n}.")
    party.go_to("cluster")
    page = at_the_desk(leader, party)
    for n in range(2):
        page.locator(".lead-note", has_text=f"Seddel {n}.").locator("input").check()
    page.locator("#group-title").fill("Ventetid")
    button(page, "group").click()
    expect(page.locator(".lead-group h4")).to_have_text("Ventetid")
    assert page.locator("[name=note]:checked").count() == 0
    page.locator(".lead-group .ask summary").click()
    page.locator(".lead-group .ask .input").fill("Lang ventetid")
    page.locator('button[value^="name:"]').click()
    expect(page.locator(".lead-group h4")).to_have_text("Lang ventetid")


def test_who_is_shown_out_is_asked_about_first(leader: Opens, party: Party) -> None:
    page = at_the_desk(leader, party)
    page.locator("#people .fold > summary").click()
    out = button(page, f"out:{party.seats['mo'].participant}")
    assert not out.is_visible()
    page.locator("#people li", has_text="Mo Testvig").locator("summary").click()
    out.click()
    expect(page.locator("#people")).not_to_contain_text("Mo Testvig")


def test_what_is_refused_is_said_and_the_words_stay(leader: Opens, party: Party) -> None:
    page = at_the_desk(leader, party)
    page.locator("#room-text").fill("Ring på 23 45 67 89.")
    button(page, "write").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    assert page.locator("#room-text").input_value() == "Ring på 23 45 67 89."
    button(page, "write:sure").click()
    expect(page.locator("#room-text")).to_have_value("")
    assert Note.objects.get().found == "phone"


def test_a_press_without_net_is_not_lost_in_silence(leader: Opens, party: Party) -> None:
    window = leader()
    window.open(page_of(party))
    page = window.page
    expect(page.locator("[data-link=open]")).to_have_count(1)
    page.locator("#room-text").fill("Sagt i rummet.")
    window.context.set_offline(True)
    button(page, "write").click()
    expect(page.locator("[data-state]")).to_be_visible()
    assert page.locator("#room-text").input_value() == "Sagt i rummet."
    window.context.set_offline(False)
    button(page, "write").click()
    expect(page.locator("#room-text")).to_have_value("")
    expect(page.locator("[data-state]")).to_be_hidden()
    assert Note.objects.count() == 1
    # The browser itself says that there was no net.
    window.faults.clear()


def test_the_timer_counts_down_on_both_screens(leader: Opens, party: Party) -> None:
    desk, wall = at_the_desk(leader, party), on_the_wall(leader, party)
    page = desk.locator("#minutes")
    page.fill("2")
    button(desk, "timer").click()
    for screen in (desk, wall):
        expect(screen.locator("[data-clock-face]")).to_contain_text("1.5")
    button(desk, "timer:0").click()
    expect(wall.locator("[data-clock]")).to_be_hidden()


# --- the wall -------------------------------------------------------------------------------------


def scrolls(page: Page) -> list[str]:
    """What does not fit: the page itself, or a part whose words are cut off at its edge."""
    return list(
        page.evaluate("""() => {
            const root = document.documentElement;
            const faults = [];
            if (root.scrollHeight > innerHeight) faults.push(`page ${root.scrollHeight} high`);
            if (root.scrollWidth > innerWidth) faults.push(`page ${root.scrollWidth} wide`);
            for (const name of [".wall-body", ".wall-foot", ".wall-head"]) {
                const part = document.querySelector(name);
                if (part.scrollHeight > part.clientHeight + 2) faults.push(`${name} is cut`);
                for (const child of part.querySelectorAll("*")) {
                    const box = child.getBoundingClientRect();
                    if (box.width && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1))
                        faults.push(`${child.tagName} ${child.className} is outside`);
                }
            }
            return faults;
        }""")
    )


def small_letters(page: Page) -> list[str]:
    """Words that are set in less than 28 px."""
    return list(
        page.evaluate("""() => {
            const found = [];
            const words = document.createTreeWalker(
                document.querySelector(".wall"), NodeFilter.SHOW_TEXT);
            while (words.nextNode()) {
                const { parentElement: place, textContent } = words.currentNode;
                const isSeen = place.checkVisibility() && !place.closest(".vh");
                const size = parseFloat(getComputedStyle(place).fontSize);
                if (isSeen && textContent.trim() && size < 27.9)
                    found.push(`${size} px: ${textContent.trim().slice(0, 30)}`);
            }
            return found;
        }""")
    )


def fill(party: Party, *, notes: int, text: str) -> None:
    """A board that is as full as the wall ever shows it."""
    made = [party.write(party.seats["mo"], f"{n} {text}", column=n % 2) for n in range(notes)]
    party.go_to("cluster")
    for n in range(0, notes, 2):
        party.done(party.seats["mo"], "group.add", notes=[made[n].uid], title=f"{n} {text}"[:80])
    party.go_to("vote")
    for note in made[: notes // 2]:
        party.done(party.facilitator, "room.dots", note=note.uid, dots=20)


@pytest.mark.parametrize("size", [FULL_HD, SMALL_WALL], ids=["1080p", "720p"])
@pytest.mark.parametrize("text", ["Kort.", LONG], ids=["short", "long"])
def test_nothing_scrolls_in_any_phase(
    leader: Opens, party: Party, size: dict[str, int], text: str
) -> None:
    Board.objects.update(question=f"{text} skal der til?"[:200])
    fill(party, notes=24, text=text)
    for phase, hidden in [*((phase, False) for phase in PHASES[:-1]), ("collect", True)]:
        party.go_to(phase, hidden=hidden)
        party.done(party.facilitator, "timer.set", seconds=5999)
        page = on_the_wall(leader, party, size)
        expect(page.locator("[data-clock]")).to_be_visible()
        assert scrolls(page) == [], phase
        if size == FULL_HD:
            assert small_letters(page) == [], phase
        assert "Mo Testvig" not in page.content()


def test_the_wall_follows_the_board_and_turns_its_pages_by_keys(
    leader: Opens, party: Party
) -> None:
    page = on_the_wall(leader, party)
    party.write(party.seats["mo"], "Guldregn.")
    expect(page.locator(".wall-count").first).to_contain_text("1")
    assert "Guldregn" not in page.content()
    for n in range(8):
        party.write(party.seats["mo"], f"Nummer {n}.")
    party.go_to("discuss")
    expect(page.locator(".wall-ranked > li")).to_have_count(6)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".wall-ranked > li")).to_have_count(3)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    expect(page.locator(".wall-ranked > li")).to_have_count(6)
    party.done(party.facilitator, "pause.set", on=True)
    expect(page.locator(".wall-ranked")).to_have_count(0)


def test_a_new_code_comes_to_the_wall_by_itself(leader: Opens, party: Party) -> None:
    wall, desk = on_the_wall(leader, party), at_the_desk(leader, party)
    desk.locator("#door summary").click()
    button(desk, "code").click()
    expect(desk.locator(".lead-code")).not_to_have_text(party.workshop.code)
    code = Workshop.objects.get(pk=party.workshop.pk).code
    expect(wall.locator(".wall-code")).to_have_text(code)
    button(desk, "pause:on").click()
    expect(wall.locator(".wall-calm")).to_be_visible()


# --- everybody can use it -------------------------------------------------------------------------


def test_axe_finds_nothing_on_any_page_and_none_is_pushed_sideways(
    leader: Opens, party: Party, cast: Cast
) -> None:
    fill(party, notes=6, text="En seddel, der er skrevet.")
    past = make_past_demonstration(cast.host, cast.second_host)
    assert past is not None
    party.done(party.facilitator, "timer.set", seconds=600)
    lead = page_of(party)
    still = ["/vaerksteder/", "/vaerksteder/nyt/", f"/vaerksteder/{past.room.public_id}/"]
    still += [f"{lead}udskrift/", f"{lead}plakat/"]
    faults = looked_at(leader, still)
    for phase in PHASES:
        party.go_to(phase)
        faults += looked_at(leader, [lead, page_of(party, "laerred/"), f"{lead}hoest/"])
    assert not faults, "\n".join(faults)


def looked_at(leader: Opens, addresses: list[str]) -> list[str]:
    faults = []
    window = leader()
    window.page.emulate_media(reduced_motion="reduce")
    for address in addresses:
        for size in (DESKTOP, SMALL):
            window.page.set_viewport_size(size)
            assert window.open(address) == 200
            # Everything that can be unfolded is looked at too.
            window.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            faults += [f"{address} {size['width']}: {fault}" for fault in violations(window.page)]
        if window.width() > SMALL["width"]:
            faults.append(f"{address}: {window.width()} px wide")
    window.close()
    return faults
