"""The screen on the wall: legible from the back of the room, nothing to scroll, nobody's name."""

from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from cocreate.boards.models import Board, Workshop
from tests.boards.people import Party
from tests.browser.boards.conftest import Windows
from tests.browser.boards.leading import FULL_HD, SMALL_WALL, at_the_desk, button, on_the_wall

pytestmark = pytest.mark.browser

PHASES = ("collect", "cluster", "vote", "discuss", "closed")
LONG = "Sagsbehandlingstidsforlængelsesbegrundelsesskrivelser " * 18


@pytest.fixture
def party(party: Party) -> Party:
    party.sit("mo", "Mo Testvig")
    party.sit("ulla")
    return party


@pytest.mark.parametrize("size", [FULL_HD, SMALL_WALL], ids=["1080p", "720p"])
@pytest.mark.parametrize("text", ["Kort.", LONG], ids=["short", "long"])
def test_nothing_scrolls_in_any_phase(
    leader: Windows, party: Party, size: dict[str, int], text: str
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


def test_the_wall_follows_the_board_and_turns_its_pages_by_keys(
    leader: Windows, party: Party
) -> None:
    page = on_the_wall(leader, party)
    party.write(party.seats["mo"], "Guldregn.")
    expect(page.locator(".wall-count").first).to_contain_text("1")
    assert "Guldregn" not in page.content()
    for n in range(8):
        party.write(party.seats["mo"], f"Nummer {n}.")
    party.go_to("discuss")
    expect(page.locator(".wall-ranked > li")).to_have_count(6)
    turn(page, "ArrowRight", 3)
    page.keyboard.press("ArrowRight")
    turn(page, "PageUp", 6)
    party.done(party.facilitator, "pause.set", on=True)
    expect(page.locator(".wall-ranked")).to_have_count(0)


def test_a_new_code_comes_to_the_wall_by_itself(leader: Windows, party: Party) -> None:
    wall, desk = on_the_wall(leader, party), at_the_desk(leader, party)
    desk.locator("#door summary").click()
    button(desk, "code").click()
    expect(desk.locator(".lead-code")).not_to_have_text(party.workshop.code)
    code = Workshop.objects.get(pk=party.workshop.pk).code
    expect(wall.locator(".wall-code")).to_have_text(code)
    button(desk, "pause:on").click()
    expect(wall.locator(".wall-calm")).to_be_visible()


def turn(page: Page, key: str, shown: int) -> None:
    """A key that falls between two drawings of the wall is pressed again, as anybody would."""
    for _ in range(4):
        page.keyboard.press(key)
        with suppress(AssertionError):
            expect(page.locator(".wall-ranked > li")).to_have_count(shown, timeout=5000)
            return
    expect(page.locator(".wall-ranked > li")).to_have_count(shown)
