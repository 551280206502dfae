"""The chain once, end to end: from voices to changed words in a new edition, and back again.

Citizens and readers have small phones without script; the staff have desks.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from cocreate.themes.models import Edition, Guideline, Passage
from tests.boards.people import hold
from tests.browser.conftest import Opens
from tests.browser.guiding import tell
from tests.browser.hosting import publish_all
from tests.browser.window import Window
from tests.cast import Cast
from tests.revisions.conftest import adopted_for_real as adopted_for_real

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server")]

GUIDELINE, OTHER = "2.3", "1.1"
QUOTED = "Det værste var ikke nejet."
STORY = f"{QUOTED} Det var de ni uger, hvor jeg holdt mappen klar ved døren."
SECOND = "Min søster ringede hver mandag i to måneder. Hun fik det samme bånd hver gang."
COUNTER = "Jeg vil hellere vente end have et brev om ingenting."
NOTE = "Stilheden slider på hele familien."
SAYING = "Ventetid uden besked føles som et afslag."
MISSING = "Vi har ikke hørt fra unge under 25."
WANTED = "Borgeren får besked inden ti hverdage, også når sagen ikke er færdig."
FINAL = "Borgeren får besked inden tyve hverdage, også når sagen ikke er færdig."
CITIZENS = "Ingen skal sove ude, når det fryser."
WHY_NOT = "Det står allerede i en anden retningslinje."
WHY = "En frist gør ventetiden til at holde ud."
MOST_CLICKS = 4

Phone = Callable[..., Window]


def test_from_a_voice_to_the_words_of_an_edition_and_back(
    adopted_for_real: None, house: None, cast: Cast, phone: Phone, opens: Opens
) -> None:
    guideline = Guideline.objects.get(code=GUIDELINE)
    story = told(phone(), guideline)
    for text in (SECOND, COUNTER):
        told(phone(), guideline, text)
    host = opens(as_user=cast.second_host)
    harvested(opens(as_user=cast.host), cast)
    assert publish_all(host) == 4

    analyst = opens(as_user=cast.analyst)
    opened_process(analyst)
    made_insight(analyst)
    proposed(phone())
    assert publish_all(host) == 1
    put_forward(analyst)
    decided(analyst)
    adopted(analyst)

    reader = phone()
    assert walked_to_the_story(reader) <= MOST_CLICKS
    walked_to_the_words(phone(), story)
    taken_back(phone(), story)
    both_roads_show_the_gap(reader, phone(), story)


# --- people speak ---------------------------------------------------------------------------------


def told(author: Window, guideline: Guideline, text: str = STORY) -> list[str]:
    author.open(guideline.get_absolute_url())
    author.follow('main a[href*="/fortael/?retningslinje="]')
    return tell(author, text, ("show", "analyse", "read_aloud", "quote"))


def harvested(lead: Window, cast: Cast) -> None:
    """A note of a workshop, taken home by its facilitator for the guideline."""
    party = hold(cast)
    party.write(party.sit("mo"), NOTE)
    party.go_to("discuss")
    lead.open(f"/v/{party.workshop.code}/tovholder/hoest/")
    lead.page.get_by_label(NOTE).check()
    lead.tick("guidelines", GUIDELINE)
    lead.press('main button[value="look"]')
    lead.press('main button[value="harvest"]')
    assert "1 seddel" in lead.text


def proposed(citizen: Window) -> None:
    """By somebody who knows only the guideline's page."""
    citizen.open(f"/retningslinjer/{OTHER}/")
    citizen.follow('main a[href*="/forslag/nyt/"]')
    citizen.write("proposed", CITIZENS)
    citizen.write("text", "Min nabo sov i sin bil i januar.")
    citizen.tick("role", "relative")
    citizen.press()
    assert len(citizen.code) == 7


# --- the desk -------------------------------------------------------------------------------------


def opened_process(analyst: Window) -> None:
    analyst.open("/analyse/processer/ny/")
    analyst.write("title", "Udgave 2")
    analyst.write("slug", "udgave-2")
    analyst.write("frame", "Loven sætter rammen.")
    analyst.write("promise", "Alle forslag får svar.")
    analyst.write("responder", "Jonas Testvig, konsulent")
    analyst.write("answer_due", str(timezone.localdate() + timedelta(days=60)))
    analyst.press("main form button.btn")
    analyst.press('main button[value="open"]')
    assert "Nu kan alle læse den" in analyst.text


def made_insight(analyst: Window) -> None:
    """From what many say: each is read, a place is coded, and it is put behind the insight."""
    analyst.open("/analyse/indsigter/ny/")
    analyst.write("statement", SAYING)
    analyst.control("theme").select_option(label="Det gode samarbejde")
    analyst.tick("guidelines", GUIDELINE)
    analyst.write("missing_voices", MISSING)
    analyst.press("main form button:not([name])")
    for words, stance in {STORY: "supports", SECOND: "supports", NOTE: "supports"}.items():
        read_and_coded(analyst, words, stance, code="Besked undervejs", quote=words == STORY)
    read_and_coded(analyst, COUNTER, "counters", code="Vil hellere vente")
    analyst.open("/analyse/indsigter/1/")
    analyst.press('form[action$="/vis/"] button')


def read_and_coded(
    analyst: Window, words: str, stance: str, *, code: str, quote: bool = False
) -> None:
    analyst.open(f"/analyse/?retningslinje={GUIDELINE}")
    analyst.page.get_by_role("link", name=words[:20]).click()
    mark = analyst.page.locator('form[action$="/maerk/"]')
    known = mark.locator("[name=code] option", has_text=code)
    if known.count():
        mark.locator("[name=code]").select_option(known.get_attribute("value"))
    else:
        mark.locator("[name=new_code]").fill(code)
    mark.locator("button").click()
    assert analyst.page.locator("mark.coded").count() == 1
    behind = analyst.page.locator('form[action$="/indsigt/"]')
    behind.locator("[name=insight]").select_option("1")
    behind.locator(f'[name=stance][value="{stance}"]').check()
    if quote:
        behind.locator("[name=with_quote]").check()
        for end in ("first", "last"):
            behind.locator(f"[name={end}]").select_option("1")
    behind.locator("button").click()
    assert analyst.page.locator('a[href="/analyse/indsigter/1/"]').count() == 1


def put_forward(analyst: Window) -> None:
    """The administration's amendment, which rests on the insight."""
    analyst.open("/analyse/forslag/nyt/")
    analyst.tick("change", "change")
    analyst.tick("passages", str(Passage.objects.in_force().get(guideline__code=GUIDELINE).pk))
    analyst.write("text", WANTED)
    analyst.write("rationale", "Mange venter uden at vide hvorfor.")
    analyst.page.locator("main [name=insights]").check()
    analyst.press("main form button:not([name])")
    analyst.press('main button[value="put_forward"]')
    assert analyst.address == "/analyse/forslag/2/"


def decided(analyst: Window) -> None:
    analyst.open("/analyse/forslag/1/")
    write_down(analyst, "rejected", WHY_NOT)
    analyst.open("/analyse/forslag/2/")
    write_down(analyst, "adopted", "Enigt.", step="recommended", body="Udvalget")
    analyst.open("/analyse/forslag/2/")
    write_down(analyst, "adopted_changed", WHY, final=FINAL)


def write_down(
    analyst: Window,
    outcome: str,
    reason: str,
    *,
    step: str = "decided",
    body: str = "Byrådet",
    final: str = "",
) -> None:
    analyst.tick("decision-step", step)
    analyst.tick("decision-outcome", outcome)
    for name, words in {
        "body": body,
        "on": str(timezone.localdate()),
        "reason": reason,
        "final_text": final,
    }.items():
        analyst.write(f"decision-{name}", words)
    analyst.page.locator('main form:has([name="do"][value="decide"]) button').click()
    assert analyst.page.locator("[data-errors]").count() == 0
    assert reason in analyst.text


def adopted(analyst: Window) -> None:
    analyst.open("/analyse/processer/")
    analyst.follow('main a[href^="/analyse/processer/udgave-2"]')
    analyst.follow('main a[href$="/vedtag/"]')
    assert FINAL in analyst.page.content()
    analyst.write("title", "Strategien, udgave 2")
    analyst.write("on", str(timezone.localdate()))
    analyst.write("by", "Byrådet")
    analyst.press('main form[action$="/vedtag/"] button')
    assert analyst.address == "/strategien/2/"
    assert Edition.objects.count() == 2


# --- both ways along the chain --------------------------------------------------------------------


def walked_to_the_story(reader: Window) -> int:
    """From the changed words, by somebody who has never been here; says in how many clicks."""
    reader.open(f"/retningslinjer/{GUIDELINE}/")
    assert FINAL in reader.text
    clicks = ["/forslag/", "/indsigter/", "/stemmer/"]
    for place in clicks:
        reader.follow(f'main a[href^="{place}"]:not([href*="/nyt/"])')
    assert STORY in reader.text
    return len(clicks)


def walked_to_the_words(author: Window, code: list[str]) -> None:
    """From one's own seven words to what they became."""
    with_code(author, code)
    for words in ("I-01", "Æ-02", WHY):
        assert words in author.text
    author.follow('main a[href^="/strategien/2/"]')
    assert FINAL in author.text


def taken_back(author: Window, code: list[str]) -> None:
    with_code(author, code)
    author.follow('main a[href$="/traek-tilbage/"]')
    author.press("main .btn-no")


def both_roads_show_the_gap(reader: Window, author: Window, code: list[str]) -> None:
    """The first road ends where the story stood, and the second has lost no step."""
    assert reader.open(reader.address) == 404
    for page in (
        f"/retningslinjer/{GUIDELINE}/",
        "/forslag/2/",
        "/hvad-blev-der-ud-af-det/",
        "/strategien/2/",
    ):
        assert reader.open(page) == 200
        assert not reader.holds(QUOTED)
    reader.open("/forslag/2/")
    reader.follow('main a[href^="/indsigter/"]')
    assert not reader.holds(QUOTED)
    assert "trukket tilbage" in reader.text
    assert SAYING in reader.text
    with_code(author, code)
    assert not author.holds(QUOTED)
    assert "Der står et hul i stedet" in author.text
    author.follow('main a[href^="/strategien/2/"]')
    assert FINAL in author.text


def with_code(author: Window, code: list[str]) -> None:
    author.open("/kode/")
    author.write("code", " ".join(code))
    author.press()
