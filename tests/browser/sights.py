"""Every page of the product and every state it can show, and how a browser gets there.

The axe walk and `make screenshots` go through the same list. Each sight begins in a fresh window.
The pages of workshops stand in board_sights.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.browser import photo_sights as photos
from tests.browser.place import BUSY_ROOM, LONG_WORD, Place
from tests.browser.window import Window

Reach = Callable[[Window, Place], object]
ASK_FOR_A_CALL = "/hjaelp-nu/ring-til-mig/"
GUIDE, TELL, CODE = "/fortael/", "/fortael/paa-en-side/", "/kode/"
ROOM = f"/samtaler/{BUSY_ROOM}/"
PERSONAL = "Ring til mig på 40 12 34 56, jeg bor Skovvej 12, 3600 Prøveby."
WORRIED = "Nogle aftener tænker jeg på at tage mit eget liv."
OWN_CASE = "Hvornår får jeg svar i min sag? Jeg har sagsnummer 27-1234."
PLAIN = "Jeg vil gerne bo et sted, hvor nogen siger godmorgen."


@dataclass(frozen=True)
class Sight:
    """`by` is the account of the demonstration that looks, nobody when empty. `more` is another
    state of a template that is seen already, `wall` a screen that a whole room reads, `live` what
    is there by script alone."""

    name: str
    reach: Reach
    by: str = ""
    more: bool = False
    wall: bool = False
    live: bool = False


def at(name: str, address: str, *, by: str = "", more: bool = False) -> Sight:
    """A page by its address, or by the name under which the place keeps it."""

    def reach(window: Window, place: Place) -> None:
        window.open(place.address.get(address, address))

    return Sight(name, reach, by=by, more=more)


def sights() -> Iterator[Sight]:
    yield from READING
    yield from THE_GUIDE
    yield from STORIES
    yield from CONVERSATIONS
    yield from CODES
    yield from ACCOUNT
    yield from DESK
    yield from REFUSALS
    yield from PHOTOS


def ask_for_a_call(number: str) -> Reach:
    def reach(window: Window, _place: Place) -> None:
        window.open(ASK_FOR_A_CALL)
        window.write("number", number)
        window.press()

    return reach


def see_the_number(window: Window, place: Place) -> None:
    window.open(place.address["call_desk"])
    window.press("main form button")
    window.press('main form button[value="show"]')


READING = [
    at("forside", "/"),
    at("forside-engelsk", "/en/", more=True),
    at("strategi", "/strategien/"),
    at("udgave", "/strategien/1/"),
    at("stykke", "/strategien/1/2.3/"),
    at("sammenligning", "/strategien/1/mod/1/"),
    at("tema", "/temaer/det-gode-samarbejde/"),
    at("retningslinje", "/retningslinjer/2.3/"),
    at("retningslinje-uden-stemmer", "/retningslinjer/2.6/", more=True),
    at("retningslinje-engelsk", "/en/retningslinjer/2.3/", more=True),
    at("vidste-du", "/vidste-du/"),
    at("hjaelp-nu", "/hjaelp-nu/"),
    at("ring-til-mig", ASK_FOR_A_CALL),
    Sight("ring-til-mig-fejl", ask_for_a_call("12"), more=True),
    Sight("ring-til-mig-gemt", ask_for_a_call("40 12 34 56")),
    at("saadan-bruger-vi-det", "/saadan-bruger-vi-det/"),
    at("privatliv", "/privatliv/", more=True),
    at("om", "/om/", more=True),
    at("fortaellinger", "/fortaellinger/"),
    at("fortaellinger-om-tema", "/fortaellinger/?tema=2", more=True),
    at("udvalg", "selection"),
    at("fortaelling", "story"),
    at("fortaelling-med-note", "noted_story", more=True),
    at("fortaelling-lang", "long_story", more=True),
    at("samtaler", "/samtaler/"),
    at("samtaler-engelsk", "/en/samtaler/", more=True),
    at("rum", ROOM),
    at("rum-tomt", "/samtaler/paaroerende/", more=True),
    at("rum-lukket", "closed_room", by="bente", more=True),
    at("emne", "topic"),
    at("emne-afsluttet", "closed_topic", more=True),
    at("emne-i-lukket-rum", "closed_room_topic", by="bente", more=True),
]


# --- telling --------------------------------------------------------------------------------------


def tell(window: Window, text: str = PLAIN, *consents: str) -> None:
    window.open(TELL)
    window.write("text", text)
    window.tick("consents", *consents)
    window.press()


def tell_twice_without_ticks(window: Window, _place: Place) -> None:
    tell(window)
    window.press()


def tell_under_an_open_code(window: Window, _place: Place) -> None:
    tell(window, PLAIN, "show")
    window.open(TELL)


def tell_again_under_an_open_code(window: Window, _place: Place) -> None:
    tell(window, PLAIN, "show")
    window.open(TELL)
    window.write("text", "Og så er der en ting mere.")
    window.tick("consents", "show")
    window.control("under_open_code").check()
    window.press()


def tell_the_same_twice(window: Window, _place: Place) -> None:
    tell(window, PLAIN, "show")
    tell(window, PLAIN, "show")


def say_to(which: str, *, reason: bool = True, text: str = "") -> Reach:
    def reach(window: Window, place: Place) -> None:
        window.open(place.address[which])
        if reason:
            window.page.locator("main [name=reason]").first.check()
        window.write("text", text)
        window.press()

    return reach


def guide(window: Window, *pages: dict[str, str], about: str = "self") -> None:
    """The first page, and after it each with what is written in its fields."""
    window.open(GUIDE)
    window.tick("about", about)
    for answers in pages:
        window.press('main .acts button[value="next"]')
        for name, text in answers.items():
            window.write(name, text)


def in_the_guide(*pages: dict[str, str], button: str = "") -> Reach:
    def reach(window: Window, _place: Place) -> None:
        guide(window, *pages)
        if button:
            window.press(f'main .acts button[value="{button}"]')

    return reach


def delete_draft(window: Window, _place: Place) -> None:
    guide(window, SAID)
    window.open("/fortael/slet/")
    window.press("main .btn-no")


def in_helper_mode(*pages: dict[str, str], button: str = "") -> Reach:
    def reach(window: Window, _place: Place) -> None:
        window.open(GUIDE)
        window.tick("about", "helping")
        for number, answers in enumerate(pages):
            window.press('main .acts button[value="next"]')
            if number == 0 and len(pages) > 1:
                window.tick("helper", "volunteer")
            for name, text in answers.items():
                window.write(name, text)
        if button:
            window.press(f'main .acts button[value="{button}"]')

    return reach


def type_in(window: Window, _place: Place, text: str = PLAIN) -> None:
    window.open("/fortael/skriver/")
    window.write("text", text)
    window.press()


def print_slips(window: Window, place: Place) -> None:
    type_in(window, place)
    window.open("/fortael/skriver/sedler/")


def end_sitting(window: Window, place: Place) -> None:
    type_in(window, place)
    window.press('main button[value="done"]')


SAID, NOTHING = {"text": PLAIN}, dict[str, str]()
THE_GUIDE = [
    at("guide", GUIDE),
    at("guide-som-medarbejder", GUIDE, by="rasmus", more=True),
    Sight("guide-fortaelling", in_the_guide(NOTHING)),
    Sight("guide-fortaelling-fejl", in_the_guide(NOTHING, button="next"), more=True),
    Sight("guide-hjaelp", in_the_guide({"text": WORRIED}, button="next")),
    Sight("guide-emne", in_the_guide(SAID, NOTHING)),
    Sight("guide-navne", in_the_guide(SAID, NOTHING, NOTHING)),
    Sight("guide-brug", in_the_guide(SAID, NOTHING, NOTHING, NOTHING)),
    Sight("guide-send", in_the_guide(SAID, NOTHING, NOTHING, NOTHING, NOTHING)),
    Sight(
        "guide-advarsel",
        in_the_guide({"text": PERSONAL}, NOTHING, NOTHING, NOTHING, NOTHING, button="next"),
        more=True,
    ),
    Sight("guide-gemt", in_the_guide(SAID, button="stop")),
    Sight(
        "guide-begyndt", lambda window, _place: (guide(window, SAID, NOTHING), window.open(GUIDE))
    ),
    Sight(
        "guide-slet", lambda window, _place: (guide(window, SAID), window.open("/fortael/slet/"))
    ),
    Sight("guide-slettet", delete_draft),
    at("guide-lukket", "/fortael/brug/"),
    Sight("guide-hjaelper", in_helper_mode(NOTHING)),
    Sight("guide-hjaelper-fejl", in_helper_mode(NOTHING, button="next"), more=True),
    Sight(
        "guide-hjaelper-send",
        in_helper_mode(NOTHING, SAID, NOTHING, NOTHING, NOTHING, NOTHING),
        more=True,
    ),
    at("skriver", "/fortael/skriver/", by="rasmus"),
    Sight("skriver-gemt", type_in, by="rasmus", more=True),
    Sight(
        "skriver-fejl", lambda window, _place: type_in(window, _place, ""), by="rasmus", more=True
    ),
    Sight("skriver-sedler", print_slips, by="rasmus"),
    Sight("skriver-slut", end_sitting, by="rasmus"),
]
STORIES = [
    at("fortael", TELL),
    at("fortael-om-retningslinje", f"{TELL}?retningslinje=2.3", more=True),
    at("fortael-engelsk", "/en/fortael/paa-en-side/", more=True),
    at("fortael-som-medarbejder", TELL, by="rasmus", more=True),
    Sight("fortael-fejl", lambda window, _place: tell(window, ""), more=True),
    Sight("fortael-advarsel", lambda window, _place: tell(window, PERSONAL, "show"), more=True),
    Sight("fortael-intet-valgt", lambda window, _place: tell(window)),
    Sight("fortael-intet-valgt-fejl", tell_twice_without_ticks, more=True),
    Sight("fortael-aaben-kode", tell_under_an_open_code, more=True),
    Sight("kvittering", lambda window, _place: tell(window, PLAIN, "show", "analyse")),
    Sight("kvittering-bekymring", lambda window, _place: tell(window, WORRIED, "show"), more=True),
    Sight("kvittering-egen-sag", lambda window, _place: tell(window, OWN_CASE, "show"), more=True),
    Sight("kvittering-samme-kode", tell_again_under_an_open_code, more=True),
    Sight("fortael-sendt-allerede", tell_the_same_twice),
    at("fortaelling-sig-til", "say_to_story"),
    Sight("fortaelling-sig-til-fejl", say_to("say_to_story", reason=False), more=True),
    Sight("fortaelling-sig-til-advarsel", say_to("say_to_story", text=PERSONAL), more=True),
    Sight("fortaelling-sagt-til", say_to("say_to_story", text="Det er min nabo.")),
]


# --- conversations --------------------------------------------------------------------------------


def begin(window: Window, title: str = "Breve", text: str = PLAIN) -> None:
    window.open(f"{ROOM}nyt-emne/")
    window.write("title", title)
    window.write("text", text)
    window.press()


def reply(window: Window, place: Place, text: str = PLAIN, *, query: str = "") -> None:
    window.open(f"{place.address['topic']}svar/{query}")
    window.write("text", text)
    window.press()


def room_with_own_topic(window: Window, _place: Place) -> None:
    begin(window, title=f"Mere om {LONG_WORD}")
    window.open(ROOM)


def topic_with_own_post(window: Window, place: Place) -> None:
    reply(window, place)
    window.open(place.address["topic"])


def reply_twice(window: Window, place: Place) -> None:
    reply(window, place)
    reply(window, place, f"{PLAIN} Og godnat.")


def reply_the_same_twice(window: Window, place: Place) -> None:
    for _ in range(2):
        reply(window, place)


def a_closed_topic(window: Window, place: Place) -> None:
    window.open(f"{place.address['closed_topic']}svar/")


CONVERSATIONS = [
    Sight("rum-med-eget-emne", room_with_own_topic, more=True),
    Sight("emne-med-eget-indlaeg", topic_with_own_post, more=True),
    at("nyt-emne", f"{ROOM}nyt-emne/"),
    Sight("nyt-emne-fejl", lambda window, _place: begin(window, "", ""), more=True),
    Sight("nyt-emne-advarsel", lambda window, _place: begin(window, text=PERSONAL), more=True),
    Sight("svar", lambda window, place: window.open(f"{place.address['topic']}svar/")),
    Sight(
        "svar-paa-indlaeg",
        lambda window, place: window.open(f"{place.address['topic']}svar/?paa=1"),
        more=True,
    ),
    at("svar-som-medarbejder", "reply", by="rasmus", more=True),
    Sight("svar-fejl", lambda window, place: reply(window, place, ""), more=True),
    Sight("svar-advarsel", lambda window, place: reply(window, place, PERSONAL), more=True),
    Sight("svar-i-afsluttet-emne", a_closed_topic, more=True),
    Sight("svar-kvittering", reply),
    Sight("svar-kvittering-bekymring", lambda w, place: reply(w, place, WORRIED), more=True),
    Sight("svar-sendt-allerede", reply_twice),
    Sight("svar-sendt-allerede-ens", reply_the_same_twice, more=True),
    at("indlaeg-sig-til", "say_to_post"),
    Sight("indlaeg-sig-til-fejl", say_to("say_to_post", reason=False), more=True),
    Sight("indlaeg-sagt-til", say_to("say_to_post", text="Det er min nabo.")),
]


# --- the code -------------------------------------------------------------------------------------


def enter(window: Window, code: str) -> None:
    window.open(CODE)
    window.write("code", code)
    window.press()


def of_one(name: str, page: str, then: Callable[[Window], object] | None = None) -> Reach:
    """Opens a receipt, and follows the link to one of the pages about what it holds."""

    def reach(window: Window, place: Place) -> None:
        enter(window, place.code[name])
        link = window.page.locator(f'main a[href*="/{page}/"]').first
        window.unfold(link)
        link.click()
        if then is not None:
            then(window)

    return reach


def mend(text: str) -> Callable[[Window], None]:
    def write(window: Window) -> None:
        window.write("text", text)
        window.press()

    return write


def too_late(window: Window, place: Place) -> None:
    """The form is open in one window while the story is taken back in another."""
    of_one("too_late", "ret")(window, place)
    other = window.context.new_page()
    other.goto(window.page.url.replace("/ret/", "/traek-tilbage/"))
    other.locator("main .btn-no").click()
    other.close()
    window.write("text", PLAIN)
    window.press()


CODES = [
    at("kode", CODE),
    at("kode-udloebet", f"{CODE}?igen=1", more=True),
    Sight("kode-fejl", lambda window, _place: enter(window, "et to tre"), more=True),
    Sight("mit-returneret", lambda window, place: enter(window, place.code["returned"])),
    Sight("mit-afvist", lambda window, place: enter(window, place.code["declined"]), more=True),
    Sight("mit-vist", lambda window, place: enter(window, place.code["shown"]), more=True),
    at("mit-konto-tomt", "/min/", by="kim", more=True),
    Sight("mit-opkald", lambda window, place: enter(window, place.code["called"]), more=True),
    Sight("fortryd-opkald", of_one("called", "ring-op")),
    Sight("ret", of_one("returned", "ret")),
    Sight("rettelse", of_one("edited", "rettelse")),
    Sight("udvalgt", of_one("chosen", "udvalg")),
    Sight("ret-fejl", of_one("returned", "ret", mend("")), more=True),
    Sight("ret-advarsel", of_one("returned", "ret", mend(PERSONAL)), more=True),
    Sight("ret-for-sent", too_late),
    Sight("samtykke", of_one("shown", "samtykke")),
    Sight("bed-om-at-se-igen", of_one("declined", "bed-om-at-se-igen")),
    Sight("traek-tilbage", of_one("shown", "traek-tilbage")),
    Sight(
        "trukket-tilbage",
        of_one("to_take_back", "traek-tilbage", lambda window: window.press("main .btn-no")),
        more=True,
    ),
]


# --- the account ----------------------------------------------------------------------------------


def ask_for_code(window: Window, _place: Place) -> None:
    window.open("/konto/login/")
    window.write("login", "rasmus@demo.example")
    window.press()


def sign_up(window: Window, _place: Place) -> None:
    window.open("/konto/signup/")
    window.write("email", "ny.person@post.example")
    window.press()


def one_more_step(window: Window, place: Place) -> None:
    ask_for_code(window, place)
    window.write("code", place.code_in_the_mail())
    window.press()


def behind_a_question(address: str) -> Reach:
    """A page that may ask first whether it is still you; a spare code is the answer."""

    def reach(window: Window, place: Place) -> None:
        window.open(place.address.get(address, address))
        if "/reauthenticate/" in window.address:
            window.follow('main a[href^="/konto/2fa/reauthenticate/"]')
            window.write("code", place.spare_codes.pop())
            window.press()

    return reach


def wrong(address: str, name: str, value: str = "") -> Reach:
    """A form sent with one wrong answer."""

    def reach(window: Window, _place: Place) -> None:
        window.open(address)
        window.write(name, value)
        window.press()

    return reach


ACCOUNT = [
    at("log-ind", "/konto/login/"),
    Sight("log-ind-fejl", wrong("/konto/login/", "login"), more=True),
    at("log-ind-med-kode", "/konto/login/code/"),
    Sight("log-ind-kode", ask_for_code),
    Sight("log-ind-to-trin", one_more_step),
    at("ny-konto", "/konto/signup/"),
    Sight("ny-konto-fejl", wrong("/konto/signup/", "email", "ikke en adresse"), more=True),
    Sight("ny-konto-kode", sign_up),
    at("konto", "/konto/", by="kim"),
    at("konto-vaert", "/konto/", by="lene", more=True),
    at("konto-to-trin", "/konto/to-trin/", by="kim"),
    at("konto-mail", "/konto/email/", by="rasmus"),
    at("konto-log-ud", "/konto/logout/", by="kim"),
    at("konto-lukket", "/konto/inactive/"),
    at("konto-bekraeft-dig", "/konto/2fa/reauthenticate/", by="rasmus"),
    at("konto-bekraeft-dig-noegle", "/konto/2fa/webauthn/reauthenticate/", by="rasmus"),
    at("2fa-ingen", "/konto/2fa/", by="kim"),
    at("2fa", "/konto/2fa/", by="rasmus", more=True),
    at("2fa-app", "/konto/2fa/totp/activate/", by="kim"),
    Sight("2fa-app-fejl", wrong("/konto/2fa/totp/activate/", "code", "1"), by="kim", more=True),
    Sight("2fa-app-stop", behind_a_question("/konto/2fa/totp/deactivate/"), by="rasmus"),
    Sight("2fa-koder", behind_a_question("/konto/2fa/recovery-codes/"), by="rasmus"),
    Sight("2fa-koder-nye", behind_a_question("/konto/2fa/recovery-codes/generate/"), by="rasmus"),
    at("2fa-noegler", "/konto/2fa/webauthn/", by="rasmus"),
    at("2fa-noegle-ny", "/konto/2fa/webauthn/add/", by="kim"),
    Sight("2fa-noegle-navn", behind_a_question("edit_key"), by="rasmus"),
    Sight("2fa-noegle-fjern", behind_a_question("remove_key"), by="rasmus"),
]


# --- the desk -------------------------------------------------------------------------------------


def decide(window: Window, place: Place, outcome: str = "") -> None:
    window.open(place.address["found_desk"])
    if outcome:
        window.tick("outcome", outcome)
    window.press(".decide form button:not([name])")


def draft(window: Window, place: Place) -> None:
    window.open(place.address["found_desk"])
    window.tick("outcome", "returned")
    window.page.locator("main [name=reason]").select_option(index=1)
    window.press(".decide button[name=draft]")


def letter_with_a_number(window: Window, place: Place) -> None:
    window.open(place.address["found_desk"])
    window.tick("outcome", "returned")
    window.page.locator("main [name=reason]").select_option(index=1)
    window.write("message", PERSONAL)
    window.press(".decide form button:not([name])")


def let_stand(window: Window, place: Place) -> None:
    window.open(place.address["told_desk"])
    window.press('main form[action$="/lad-staa/"] button')


def copied_intro(window: Window, _place: Place) -> None:
    window.open("/vaert/udvalg/nyt/")
    window.write("title", "Om breve")
    window.write("intro", "Der kom et brev på fire sider. Jeg læste det to gange.")
    window.press()


DESK = [
    at("vaert", "/vaert/", by="lene"),
    at("vaert-ring-op", "call_desk", by="farid", more=True),
    Sight("vaert-ring-op-nummer", see_the_number, by="lene"),
    at("vaert-fund", "found_desk", by="lene"),
    at("vaert-bekymring", "worry_desk", by="lene", more=True),
    at("vaert-sagt-til", "told_desk", by="lene", more=True),
    at("vaert-ikke-vises", "not_to_be_shown_desk", by="lene", more=True),
    at("vaert-se-igen", "asked_desk", by="lene", more=True),
    at("vaert-se-igen-samme-vaert", "asked_desk", by="farid", more=True),
    at("vaert-vist", "shown_desk", by="lene", more=True),
    Sight("vaert-fejl", decide, by="lene", more=True),
    Sight("vaert-udkast", draft, by="lene", more=True),
    Sight("vaert-brev-advarsel", letter_with_a_number, by="lene", more=True),
    Sight("vaert-afvist", lambda w, place: decide(w, place, "published"), by="lene", more=True),
    Sight("vaert-gemt", let_stand, by="lene", more=True),
    at("vaert-udvalg", "/vaert/udvalg/", by="lene"),
    at("vaert-udvalg-et", "selection_desk", by="lene"),
    at("vaert-udvalg-vaelg", "selection_choose", by="lene"),
    at("vaert-udvalg-se", "selection_preview", by="lene", more=True),
    Sight("vaert-udvalg-nyt", wrong("/vaert/udvalg/nyt/", "title"), by="lene"),
    Sight("vaert-udvalg-egne-ord", copied_intro, by="lene", more=True),
]


# --- refusals -------------------------------------------------------------------------------------


def stale_form(window: Window, _place: Place) -> None:
    window.open(TELL)
    window.write("text", f"{PLAIN}\nOg en linje til.")
    window.context.clear_cookies()
    window.press()


def far_too_long(window: Window, _place: Place) -> None:
    window.open(TELL)
    window.write("text", f"{PLAIN} " * 21_000)
    window.press()


def too_many(window: Window, place: Place) -> None:
    """Two mails to one address within ten seconds."""
    sign_up(window, place)
    window.context.clear_cookies()
    sign_up(window, place)


REFUSALS = [
    at("400", "/%00"),
    at("403", "/vaert/", by="kim"),
    at("404", "/findes-ikke/"),
    at("404-engelsk", "/en/findes-ikke/", more=True),
    Sight("413", far_too_long),
    Sight("429", too_many),
    Sight("csrf", stale_form),
]
PHOTOS = [
    Sight("guide-billede-og-stemme", photos.photo_and_voice),
    Sight("guide-fil-fejl", photos.a_bad_file, more=True),
    Sight("guide-kan-nogen-kendes", photos.asked_about_the_photo, more=True),
    Sight("guide-send-med-billede", photos.looked_through, more=True),
    Sight("vaert-billede-og-stemme", photos.at_the_desk, by="lene"),
    Sight("fortaelling-med-billede", photos.in_public),
    Sight("mit-med-billede", photos.under_the_code),
    Sight("fjern-billede", photos.about_to_remove),
]
