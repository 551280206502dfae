"""What a code opens besides the text itself: messages, a name, a copy, a new code, and losing it."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import F

from cocreate.contributions.models import Contribution, Receipt
from cocreate.moderation import lost_codes, thread
from cocreate.stories.models import Draft
from tests.browser.place import Place, person
from tests.browser.sights import (
    PERSONAL,
    PLAIN,
    SAID,
    WORRIED,
    Sight,
    at,
    enter,
    guide,
    mend,
    of_one,
)
from tests.browser.window import Window
from tests.cast import give_story, show

LOST = "/kode/mistet/"


def code_sights() -> Iterator[Sight]:
    yield from CODES
    yield from LOSING


def own_one(place: Place, *, scopes: tuple[str, ...] = ("show", "analyse")) -> Contribution:
    """A story of its own for a sight that changes it, with its code as place.code["own"]."""
    received = give_story("Jeg tog bussen derud alene.", title="Bussen", scopes=scopes)
    place.code["own"] = " ".join(received.code or ())
    return received.contribution


def with_a_thread(window: Window, place: Place) -> None:
    story = own_one(place)
    thread.write(story, text="Hvornår læser I den?", submission_id=story.public_id)
    thread.write(story, text="I morgen tidlig.", submission_id="svar", by=person("lene"))
    of_one("own", "beskeder")(window, place)


def on_the_desk(window: Window, place: Place) -> None:
    story = own_one(place)
    thread.write(story, text="Hvornår læser I den?", submission_id=story.public_id)
    window.open(f"/vaert/{story.public_id}/")


def say_yes(window: Window, place: Place) -> None:
    own_one(place, scopes=("analyse",))
    enter(window, place.code["own"])
    link = window.page.locator('main a[href$="/giv/"]').first
    window.unfold(link)
    link.click()


def erase(window: Window, place: Place) -> None:
    own_one(place)
    of_one("own", "slet", lambda window: window.press("main .btn-no"))(window, place)


def new_code(window: Window, place: Place) -> None:
    own_one(place)
    of_one("own", "ny", lambda window: window.press("main form.acts button"))(window, place)


def changed_elsewhere(window: Window, place: Place) -> None:
    """Another device has made a new code since the page was opened here."""
    story = own_one(place)
    of_one("own", "ny")(window, place)
    Receipt.objects.filter(contributions=story).update(generation=F("generation") + 1)
    window.press("main form.acts button")


def adopting(window: Window, place: Place) -> None:
    own_one(place)
    enter(window, place.code["own"])
    window.open("/kode/min-konto/")


def letting_go(window: Window, place: Place) -> None:
    story = own_one(place)
    Contribution.objects.filter(pk=story.pk).update(author=person("kim"))
    window.open(f"/min/{story.public_id}/fjern/")


def objecting(window: Window, place: Place) -> None:
    story = show(own_one(place), by=person("lene"))
    claimed = lost_codes.claim(submission_id=story.public_id, text="Den er min.")
    lost_codes.hide_for(claimed, story, by=person("lene"), letter="Skjult indtil videre.")
    of_one("own", "indsigelse")(window, place)


def say_it_is_lost(window: Window, text: str) -> None:
    window.open(LOST)
    window.write("text", text)
    window.press()


def a_claim(window: Window, _place: Place) -> None:
    claimed = lost_codes.claim(submission_id="syn", text="Den om bussen.", contact="20 30 40 50")
    window.open(f"/vaert/mistet-kode/{claimed.pk}/")


def desk_with_claims(window: Window, _place: Place) -> None:
    lost_codes.claim(submission_id="syn", text="Den om bussen.")
    window.open("/vaert/")


def broken_draft(window: Window, _place: Place) -> None:
    guide(window, SAID)
    newest = Draft.objects.defer("answers").latest("pk")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_draft SET answers = 'x' WHERE id = %s", [newest.pk])
    window.open("/fortael/gemt/")


CODES = [
    Sight("beskeder", with_a_thread),
    Sight("beskeder-fejl", of_one("returned", "beskeder", mend("")), more=True),
    Sight("beskeder-advarsel", of_one("returned", "beskeder", mend(PERSONAL)), more=True),
    Sight("vaert-beskeder", on_the_desk, by="lene", more=True),
    Sight("sig-ja", say_yes),
    Sight("navn", of_one("returned", "navn")),
    Sight("kopi", of_one("returned", "kopi")),
    Sight("slet-for-altid", of_one("returned", "slet")),
    Sight("slettet-for-altid", erase),
    Sight("ny-kode-spoerg", of_one("returned", "ny"), more=True),
    Sight("ny-kode", new_code),
    Sight("ny-kode-andetsteds", changed_elsewhere),
    Sight("kode-under-konto", adopting, by="kim"),
    Sight("kode-under-konto-medarbejder", adopting, by="rasmus", more=True),
    Sight("kode-fra-konto", letting_go, by="kim"),
    Sight("kladde-der-ikke-kan-aabnes", broken_draft),
]
LOSING = [
    at("mistet-kode", LOST),
    Sight("mistet-kode-fejl", lambda window, _place: say_it_is_lost(window, ""), more=True),
    Sight("mistet-kode-sendt", lambda window, _place: say_it_is_lost(window, PLAIN)),
    Sight("mistet-kode-hjaelp", lambda window, _place: say_it_is_lost(window, WORRIED), more=True),
    Sight("mistet-kode-indsigelse", objecting),
    Sight("vaert-mistet-kode", a_claim, by="lene"),
    Sight("vaert-med-mistede-koder", desk_with_claims, by="lene", more=True),
]
