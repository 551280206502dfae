"""One workshop from its making to the guideline's page, in eight browsers at once.

Two phones, one keyboard alone, one browser without script and the scribe sit at the board; the
facilitator leads, and the wall is up. Afterwards a host shows what was chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cocreate.boards.models import Workshop
from tests.boards.harness import Served
from tests.browser.boards.conftest import Windows
from tests.browser.boards.guest import settled
from tests.browser.boards.hands import Finger, Hand, Keys, WithoutScript
from tests.browser.boards.leading import FULL_HD, button
from tests.browser.conftest import Opens
from tests.browser.hosting import publish_all
from tests.browser.window import PHONE, Window
from tests.cast import Cast

pytestmark = pytest.mark.browser

GUIDELINE = "2.3"
TITLE = "Når man venter"
PURPOSE = "Vi læser sedlerne, når vi skriver om svar til borgere."
COLUMNS = "Det er svært\nDet hjælper"
GROUP = "Ingen siger noget"
LETTER = "Brevet kom aldrig frem til mig."
PHONE_CALL = "Telefonen er altid optaget."
SILENCE = "Der er stille i flere uger."
OFFICE = "Kontoret har lukket, når jeg har fri."
PAPER = "Skrevet på papir: jeg mister modet."
TEXTS = [LETTER, PHONE_CALL, SILENCE, OFFICE, PAPER]
HARVESTED = [LETTER, PHONE_CALL, SILENCE, PAPER]
NAMELESS, SHOWN = "Gruppe uden navn", "Vist på siden"


@dataclass
class Company:
    """Everybody who has come; `at_the_board` are those who have a seat."""

    ann: Hand
    bo: Hand
    keys: Hand
    plain: Hand
    scribe: Hand
    lead: Page
    wall: Page
    code: str

    @property
    def at_the_board(self) -> list[Hand]:
        return [self.ann, self.bo, self.keys, self.plain, self.scribe]

    @property
    def live(self) -> list[Hand]:
        return [one for one in self.at_the_board if one.has_script]


@pytest.fixture
def company(browser: Browser, served: Served, leader: Windows) -> Iterator[Company]:
    lead = leader()
    code = hold_a_workshop(lead)
    wall = leader(size=FULL_HD)
    wall.open(f"/v/{code}/laerred/")
    workshop = Workshop.objects.get(code=code)

    def sits(hand: type[Hand], name: str = "", **options: Any) -> Hand:
        one = hand(browser, served, workshop, **options)
        one.come_by_code(code, name)
        return one

    touch = {"size": PHONE, "has_touch": True}
    here = Company(
        ann=sits(Finger, "Solsort", **touch),
        bo=sits(Finger, **touch),
        keys=sits(Keys, "Musvit"),
        plain=sits(WithoutScript, size=PHONE, java_script_enabled=False),
        scribe=sits(Hand),
        lead=lead.page,
        wall=wall.page,
        code=code,
    )
    yield here
    for one in here.at_the_board:
        one.close()
    assert [fault for one in here.at_the_board for fault in one.faults] == []


def hold_a_workshop(lead: Window) -> str:
    """By the form, about a guideline; says with which code one comes in."""
    lead.open("/vaerksteder/nyt/")
    lead.write("title", TITLE)
    lead.write("question", "Hvad gør ventetiden svær?")
    lead.write("purpose", PURPOSE)
    lead.write("columns", COLUMNS)
    lead.write("dots", "3")
    lead.tick("template", "affinity")
    lead.tick("how", "hidden")
    lead.tick("guidelines", GUIDELINE)
    lead.press()
    expect(lead.page.locator("[data-link=open]")).to_have_count(1)
    return lead.page.locator(".lead-code").inner_text()


def test_from_the_door_to_the_guidelines_page_and_back(
    company: Company, opens: Opens, cast: Cast
) -> None:
    write_hidden(company)
    turn_over(company)
    put_together(company)
    vote_blind(company)
    read_the_totals(company)
    words = own_words(company.ann)
    harvest(company)

    page = f"/retningslinjer/{GUIDELINE}/"
    reader, host = opens(), opens(as_user=cast.second_host)
    reader.open(page)
    assert not reader.holds(LETTER)
    assert publish_all(host) == len(HARVESTED)
    reader.open(page)
    assert [text for text in TEXTS if text in reader.text] == HARVESTED
    take_back(opens(size=PHONE), words)
    reader.open(page)
    assert [text for text in TEXTS if reader.holds(text)] == [PHONE_CALL, SILENCE, PAPER]


def write_hidden(company: Company) -> None:
    """Each sees their own notes, the facilitator and the wall how many there are."""
    company.ann.put(LETTER)
    company.bo.put(PHONE_CALL)
    company.keys.put(SILENCE)
    company.plain.put(OFFICE)
    company.scribe.open(f"{company.scribe.board}skriver/")
    company.scribe.is_connected()
    company.scribe.put(PAPER)
    expect(company.wall.locator(".wall-count").first).to_contain_text("5")
    expect(company.lead.locator(".lead-counts dd").first).to_contain_text("5")
    for text, author in zip(TEXTS, company.at_the_board, strict=True):
        for one in company.at_the_board:
            one.look()
            assert one.holds(text) == (one is author), text
        for screen in (company.lead, company.wall):
            assert text not in screen.content()


def turn_over(company: Company) -> None:
    button(company.lead, "phase:cluster").first.click()
    company.scribe.look_at_the_board()
    for one in company.at_the_board:
        one.look()
        for text in TEXTS:
            expect(one.note(text)).to_be_visible()
    assert "Solsort" not in company.wall.content()


def put_together(company: Company) -> None:
    """One makes a group by the menu, others put their notes in, and the keyboard names it."""
    company.ann.put_in_a_new_group(LETTER)
    expect(company.bo.page.locator(".group")).to_have_count(1)
    company.keys.put_in_group(SILENCE, NAMELESS)
    company.keys.name_group(GROUP)
    company.plain.look()
    company.plain.put_in_group(PAPER, GROUP)
    for screen in (company.wall, company.lead):
        expect(screen.locator("main")).to_contain_text(GROUP)
    for one in company.live:
        expect(one.page.locator(".group [data-note]")).to_have_count(3)


def vote_blind(company: Company) -> None:
    """Three votes each. Nobody sees another's, and a fourth is not given."""
    button(company.lead, "phase:vote").first.click()
    for one in company.live:
        settled(one.page, "vote")
    company.plain.look()
    for _ in range(3):
        company.ann.vote(PHONE_CALL)
    company.ann.note(PHONE_CALL).locator("[data-more]").tap(force=True)
    company.bo.vote(LETTER)
    company.keys.vote(LETTER)
    company.plain.vote(SILENCE)
    expect(company.ann.note(PHONE_CALL).locator("[data-more]")).to_have_attribute(
        "aria-disabled", "true"
    )
    expect(company.lead.locator(".lead-now")).to_contain_text("4 af 5 har stemt")
    expect(company.scribe.page.locator("[data-ballot-dots]")).to_have_text("●●●")
    for page in [one.page for one in company.at_the_board] + [company.lead, company.wall]:
        assert page.locator("[data-total]:visible, .wall-n, .lead-about b").count() == 0


def read_the_totals(company: Company) -> None:
    button(company.lead, "phase:discuss").first.click()
    for one in company.live:
        settled(one.page, "discuss")
    for one in company.at_the_board:
        one.look()
        for text, votes in {PHONE_CALL: "3", LETTER: "2", SILENCE: "1"}.items():
            expect(one.note(text).locator("[data-total]")).to_contain_text(votes)
        expect(one.page.locator("[data-group-total]")).to_contain_text("3")
    expect(company.wall.locator(".wall-ranked .wall-n")).to_have_count(3)


def own_words(hand: Hand) -> list[str]:
    """The seven words that open what is harvested of one's own notes."""
    hand.use(hand.page.locator(".live-links a[href$='/min-kode/']"))
    assert len(hand.code) == 7
    words = hand.code
    hand.use(hand.page.locator("main .acts a"))
    return words


def harvest(company: Company) -> None:
    """The facilitator closes, takes the group and one more note home; the rest stays behind."""
    lead = company.lead
    lead.locator("a.lead-on").click()
    lead.locator("details.ask summary").first.click()
    button(lead, "close").click()
    for one in company.live:
        expect(one.page.locator("[data-now] [data-phases=closed]")).to_be_visible()
    lead.locator(".harvest-group .choice").first.locator("label").click()
    lead.get_by_label(PHONE_CALL).check()
    button(lead, "look").click()
    expect(lead.locator(".chosen-notes li")).to_have_count(4)
    button(lead, "harvest").click()
    expect(lead.locator(".notice").first).to_contain_text("4 sedler")


def take_back(author: Window, words: list[str]) -> None:
    """The code shows what became of the note, leads to where it stands, and takes it back."""
    author.open("/kode/")
    author.write("code", " ".join(words))
    author.press()
    own = author.address
    assert LETTER in author.text
    assert SHOWN in author.text
    author.follow('main a[href^="/vaerksteder/"]')
    assert LETTER in author.text
    author.open(own)
    author.follow('main a[href$="/traek-tilbage/"]')
    author.press("main .btn-no")
    assert author.open(own) == 200
    assert not author.holds(LETTER)
