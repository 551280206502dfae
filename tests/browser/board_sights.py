"""Every page of a workshop and every state it can show. Where scripts run, they want sockets."""

from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from tests.browser.place import Place
from tests.browser.sights import PERSONAL, Reach, Sight, at, enter
from tests.browser.window import Window
from tests.browser.workshops import PHASES

HOST = "lene"
LEAD, WALL, SCRIBE = "tovholder/", "laerred/", "skriver/"


def board_sights() -> Iterator[Sight]:
    yield from COMING
    yield from AT_THE_BOARD
    yield from LEADING
    yield from AFTERWARDS


def seated(name: str, page: str = "", then: Callable[[Window], object] | None = None) -> Reach:
    """At the board of that name; `page` is part of its address, or one the place keeps."""

    def reach(window: Window, place: Place) -> None:
        sit_down(window, place, name)
        window.open(place.address.get(f"{name}-{page}", place.address[name] + page))
        if then is not None:
            then(window)

    return reach


def sit_down(window: Window, place: Place, name: str) -> None:
    cookie, token = place.seats[name]
    window.context.add_cookies([{"name": cookie, "value": token, "url": window.site}])
    window.cookies.add(cookie)


def leading(name: str, page: str = LEAD, then: Callable[[Window], object] | None = None) -> Reach:
    def reach(window: Window, place: Place) -> None:
        window.open(place.address[name] + page)
        if then is not None:
            then(window)

    return reach


# --- the door -------------------------------------------------------------------------------------


def wrong_code(window: Window, _place: Place) -> None:
    window.open("/v/")
    window.write("kode", "K7M4PX")
    window.press()


def wrong_name(window: Window, place: Place) -> None:
    """The name of one who speaks in her own name here."""
    window.open(place.address["grupper"])
    window.write("name", "Lene Krogh")
    window.press()


def half_a_workshop(window: Window, _place: Place) -> None:
    window.open("/vaerksteder/nyt/")
    window.write("title", "Når man venter på svar")
    window.press()


COMING = [
    at("vaerksteder", "/vaerksteder/"),
    at("vaerksted-saadan", "/vaerksteder/saadan/"),
    at("vaerksteder-vaert", "/vaerksteder/", by=HOST, more=True),
    at("vaerksteder-engelsk", "/en/vaerksteder/", more=True),
    at("vaerksted-nyt", "/vaerksteder/nyt/", by=HOST),
    Sight("vaerksted-nyt-fejl", half_a_workshop, by=HOST, more=True),
    at("vaerksted-kode", "/v/"),
    Sight("vaerksted-kode-fejl", wrong_code, more=True),
    at("doer", "grupper"),
    Sight("doer-fejl", wrong_name, more=True),
    at("doer-laast", "laast", more=True),
    at("doer-forbi", "lukket", more=True),
    Sight("doer-vist-ud", seated("vist-ud"), more=True),
    Sight("doer-egen-kode", seated("grupper", "min-kode/")),
    Sight("doer-gaa-ud", seated("grupper", "ud/")),
]


# --- at the board ---------------------------------------------------------------------------------


def put(text: str) -> Callable[[Window], None]:
    def write(window: Window) -> None:
        window.page.locator("#text").fill(text)
        window.page.locator("[data-write] [data-send]").click()

    return write


def in_english(window: Window) -> None:
    window.open(f"/en{window.address}")


def open_a_note(window: Window) -> None:
    window.page.locator(".note-own [data-open]").first.click()


def open_a_group(window: Window) -> None:
    window.page.locator(".group-head [data-open]").first.click()


def spend_all(window: Window) -> None:
    for _ in range(5):
        window.page.locator("[data-more]").last.click(force=True)


def lose_the_line(window: Window) -> None:
    expect(window.page.locator("[data-state=open]")).to_have_count(1)
    window.context.set_offline(True)
    put("Skrevet i en tunnel.")(window)
    expect(window.page.locator("[data-offline]")).to_be_visible()


def is_shown_out(window: Window, place: Place) -> None:
    """With words in the field, while the facilitator sits at the same machine."""
    sit_down(window, place, "skriv")
    window.context.clear_cookies(name=place.seats["skriv"][0])
    window.open(place.address["skriv"])
    window.write("name", "Musvit")
    window.press()
    window.page.locator("#text").fill("Ikke sendt endnu")
    lead = window.context.new_page()
    lead.goto(place.address["skriv"] + LEAD)
    lead.locator("#people .fold > summary").click()
    person = lead.locator("#people li", has_text="Musvit").last
    person.locator("summary").click()
    person.locator(".btn-no").click()
    expect(person).to_have_count(0)
    lead.close()


AT_THE_BOARD = [
    *(Sight(f"tavle-{name}", seated(name), more=name != "grupper") for name in PHASES),
    Sight("tavle-engelsk", seated("tal", then=in_english), more=True),
    Sight("tavle-fejl", seated("skriv", then=put(PERSONAL)), more=True),
    Sight("tavle-brugt-op", seated("stem", then=spend_all), more=True),
    Sight("tavle-uden-linje", seated("skriv", then=lose_the_line), more=True, live=True),
    Sight("tavle-slut", is_shown_out, by=HOST, more=True),
    Sight("tavle-seddel", seated("grupper", "seddel")),
    Sight("tavle-gruppe", seated("grupper", "gruppe")),
    Sight("tavle-seddel-aaben", seated("grupper", then=open_a_note), more=True),
    Sight("tavle-gruppe-aaben", seated("grupper", then=open_a_group), more=True),
    Sight("skriver", seated("skriv", SCRIBE)),
    Sight("skriver-stem", seated("stem", SCRIBE), more=True),
]


# --- leading --------------------------------------------------------------------------------------


def press_hide(window: Window) -> None:
    window.page.locator('button[value="hide"]').click()
    expect(window.page.locator("[data-errors]")).to_be_visible()


def unfold_everything(window: Window) -> None:
    window.page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")


LEADING = [
    *(
        Sight(f"laerred-{name}", leading(name, WALL), by=HOST, more=name != "tal", wall=True)
        for name in PHASES
    ),
    *(
        Sight(f"tovholder-{name}", leading(name), by=HOST, more=name != "grupper")
        for name in PHASES
    ),
    Sight("tovholder-foldet-ud", leading("tal", then=unfold_everything), by=HOST, more=True),
    Sight("tovholder-fejl", leading("grupper", then=press_hide), by=HOST, more=True),
]


# --- afterwards -----------------------------------------------------------------------------------


def choose_none(window: Window) -> None:
    window.page.locator('button[value="look"]').click()


def choose_a_group(window: Window) -> None:
    window.page.locator("[name=group]").first.check()
    choose_none(window)


def say_to(*, reason: bool) -> Reach:
    def reach(window: Window, place: Place) -> None:
        window.open(place.address["udbytte"])
        window.follow('main a[href*="/sig-til/"]')
        if reason:
            window.page.locator("main [name=reason]").first.check()
        window.press()

    return reach


def to_say(window: Window, place: Place) -> None:
    window.open(place.address["udbytte"])
    window.follow('main a[href*="/sig-til/"]')


def by_code(name: str, then: Callable[[Window], object] | None = None) -> Reach:
    """What stands at a board, seen by the seven words of whoever wrote it."""

    def reach(window: Window, place: Place) -> None:
        enter(window, place.code[name])
        if then is not None:
            then(window)

    return reach


def ask_back(window: Window) -> None:
    link = window.page.locator('main a[href*="/kode/seddel/"]').first
    window.unfold(link)
    link.click()


def take_back(window: Window) -> None:
    ask_back(window)
    window.press("main .btn-no")


AFTERWARDS = [
    Sight("hoest", leading("lukket", f"{LEAD}hoest/"), by=HOST),
    Sight("hoest-aaben", leading("tal", f"{LEAD}hoest/", unfold_everything), by=HOST, more=True),
    Sight("hoest-for-tidligt", leading("stem", f"{LEAD}hoest/"), by=HOST, more=True),
    Sight("hoest-fejl", leading("lukket", f"{LEAD}hoest/", choose_none), by=HOST, more=True),
    Sight("hoest-se", leading("lukket", f"{LEAD}hoest/", choose_a_group), by=HOST, more=True),
    Sight("udskrift", leading("tal", f"{LEAD}udskrift/"), by=HOST),
    Sight("plakat", leading("grupper", f"{LEAD}plakat/"), by=HOST),
    at("vaerksted-udbytte", "udbytte"),
    Sight("seddel-sig-til", to_say),
    Sight("seddel-sig-til-fejl", say_to(reason=False), more=True),
    Sight("seddel-sagt-til", say_to(reason=True)),
    Sight("kode-vaerksted", by_code("tal"), more=True),
    Sight("kode-vaerksted-lukket", by_code("lukket"), more=True),
    Sight("seddel-traek-tilbage", by_code("tal", ask_back)),
    Sight("seddel-trukket-tilbage", by_code("skriv-aabent", take_back), more=True),
]
