"""The pages of the chain: what people said, what is to be changed, what was decided."""

from collections.abc import Iterator

from django.utils import timezone

from cocreate.contributions.models import Contribution
from cocreate.moderation.operations import withdraw
from cocreate.revisions.models import Process
from tests.browser.place import Place
from tests.browser.sights import PERSONAL, PLAIN, WORRIED, Reach, Sight, at, say_to
from tests.browser.window import Window

DESK = "/analyse/"
ANALYST = "jonas"


def chain_sights() -> Iterator[Sight]:
    yield from READING
    yield from PROPOSING
    yield from CODING
    yield from CHANGING
    # Last: nothing is open afterwards.
    yield Sight("forslag-nyt-lukket", with_nothing_open)


READING = [
    at("udgave-2", "/strategien/2/", more=True),
    at("stykke-aendret", "/strategien/2/2.3/", more=True),
    at("sammenligning-to", "/strategien/2/mod/1/", more=True),
    at("sammenligning-stykke", "compare_one", more=True),
    at("retningslinje-ny", "/retningslinjer/3.7/", more=True),
    at("indsigter", "/indsigter/"),
    at("indsigt", "/indsigter/1/"),
    at("indsigt-fra-vaerksted", "/indsigter/2/", more=True),
    at("hvad-sker-der", "/hvad-sker-der/"),
    at("proces", "/hvad-sker-der/udgave-2/"),
    at("proces-loebende", "/hvad-sker-der/loebende/", more=True),
    at("forslag-liste", "/forslag/"),
    at("forslag-vedtaget-aendret", "/forslag/1/"),
    at("forslag-nyt-vedtaget", "/forslag/2/", more=True),
    at("forslag-afvist", "/forslag/3/", more=True),
    at("forslag-venter", "/forslag/4/", more=True),
    at("hvad-blev-der-ud-af-det", "/hvad-blev-der-ud-af-det/"),
    at("hvad-en-stemme-blev-til", "became"),
    at("fortaelling-brugt", "used_story", more=True),
    at("forslag-sig-til", "/forslag/4/sig-til/"),
    Sight("forslag-sagt-til", say_to("say_to_amendment", text="Der står et navn.")),
]


# --- proposing ------------------------------------------------------------------------------------


def propose(why: str = PLAIN) -> Reach:
    def reach(window: Window, place: Place) -> None:
        window.open(place.address["propose"])
        window.write("text", why)
        window.press()

    return reach


def propose_twice(window: Window, place: Place) -> None:
    propose()(window, place)
    propose()(window, place)


def with_nothing_open(window: Window, place: Place) -> None:
    Process.objects.filter(closed_at=None).update(closed_at=timezone.now())
    window.open(place.address["propose"])


PROPOSING = [
    at("forslag-vaelg-stykke", "/forslag/nyt/"),
    at("forslag-nyt", "propose"),
    at("forslag-nyt-til-tema", "/forslag/nyt/?tema=4", more=True),
    at("forslag-nyt-som-medarbejder", "propose", by="rasmus", more=True),
    Sight("forslag-nyt-fejl", propose(""), more=True),
    Sight("forslag-nyt-advarsel", propose(PERSONAL), more=True),
    Sight("forslag-kvittering", propose()),
    Sight("forslag-kvittering-bekymring", propose(WORRIED), more=True),
    Sight("forslag-sendt-allerede", propose_twice),
]


# --- the analysts' desk ---------------------------------------------------------------------------


def mark_what_is_gone(window: Window, place: Place) -> None:
    window.open(place.address["to_vanish"])
    withdraw(Contribution.objects.get(published_title="Torsdag"))
    window.press('form[action$="/maerk/"] button')


CODING = [
    at("analyse", DESK, by=ANALYST),
    at("analyse-tema", f"{DESK}?tema=2", by=ANALYST, more=True),
    at("analyse-laes", "to_read", by=ANALYST),
    at("analyse-koder", f"{DESK}koder/", by=ANALYST),
    at("analyse-kode", "a_code", by=ANALYST),
    at("analyse-indsigter", f"{DESK}indsigter/", by=ANALYST),
    at("analyse-indsigt-ny", f"{DESK}indsigter/ny/", by=ANALYST),
    at("analyse-indsigt", f"{DESK}indsigter/1/", by=ANALYST),
    Sight("analyse-vaek", mark_what_is_gone, by=ANALYST),
]


def wrong_draft(window: Window, _place: Place) -> None:
    window.open(f"{DESK}forslag/nyt/")
    window.press('main form[method="post"] > button')


CHANGING = [
    at("analyse-forslag", f"{DESK}forslag/", by=ANALYST),
    at("analyse-forslag-nyt", f"{DESK}forslag/nyt/", by=ANALYST),
    Sight("analyse-forslag-fejl", wrong_draft, by=ANALYST, more=True),
    at("analyse-forslag-afgjort", f"{DESK}forslag/1/", by=ANALYST),
    at("analyse-forslag-venter", f"{DESK}forslag/4/", by=ANALYST, more=True),
    at("analyse-processer", f"{DESK}processer/", by=ANALYST),
    at("analyse-proces-ny", f"{DESK}processer/ny/", by=ANALYST, more=True),
    at("analyse-proces", f"{DESK}processer/udgave-2/", by=ANALYST),
    at("analyse-vedtag", f"{DESK}processer/udgave-2/vedtag/", by=ANALYST),
]
