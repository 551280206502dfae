"""Pages with photos and voices on them: in the guide, at the desk, under a code, in public."""

from django.urls import reverse

from cocreate.contributions.models import Contribution, Known
from cocreate.moderation.showing import look_at
from tests.browser.guiding import ON, begin
from tests.browser.place import Place, person
from tests.browser.window import Window
from tests.cast import give_story, show
from tests.moderation.test_showing import attach
from tests.pictures.files import picture, position, saved
from tests.stories.attached import sound

GUIDE = "/fortael/"


def choose(window: Window, kind: str, name: str, content: bytes) -> None:
    """Chooses a file; without script the button beside it sends it."""
    at = window.page.locator(f'main input[name="{kind}"]')
    with window.page.expect_response(lambda answer: answer.request.method == "POST"):
        at.set_input_files({"name": name, "mimeType": "", "buffer": content})
        if not window.page.locator(".files.with-script").count():
            window.press(f'main button[name="go"][value="{kind}"]')


def a_photo() -> bytes:
    return saved(picture(600, 400), "JPEG", exif=position())


def photo_and_voice(window: Window, _place: Place | None = None) -> None:
    window.open(GUIDE)
    begin(window)
    choose(window, "photo", "IMG_1.jpg", a_photo())
    window.page.locator(".photos .photo").wait_for()
    choose(window, "voice", "optagelse.ogg", sound(2))
    window.page.locator("audio").wait_for()


def a_bad_file(window: Window, _place: Place) -> None:
    window.open(GUIDE)
    begin(window)
    choose(window, "photo", "IMG_1.jpg", b"Det er ikke et billede.")
    window.page.locator("#files-refused").wait_for()


def asked_about_the_photo(window: Window, _place: Place) -> None:
    photo_and_voice(window)
    for _ in range(2):
        with window.page.expect_navigation():
            window.press(ON)


def looked_through(window: Window, place: Place) -> None:
    asked_about_the_photo(window, place)
    for _ in range(2):
        with window.page.expect_navigation():
            window.press(ON)


def at_the_desk(window: Window, _place: Place) -> None:
    story = _given(looked=False)
    window.open(reverse("desk_item", args=[story.public_id]))
    window.page.locator(".veil > summary").first.click()


def in_public(window: Window, _place: Place) -> None:
    story = _given(looked=True)
    show(story, by=person("farid"))
    window.open(reverse("story", args=[story.public_id]))


def under_the_code(window: Window, _place: Place) -> None:
    received = give_story("Sådan så der ud.", title="Sådan")
    attach(received.contribution)
    attach(received.contribution, kind="voice")
    window.open("/kode/")
    window.write("code", " ".join(received.code or ()))
    window.press()


def about_to_remove(window: Window, place: Place) -> None:
    under_the_code(window, place)
    window.follow('main a[href$="/fjern/"]')


def _given(*, looked: bool) -> Contribution:
    story = give_story("Sådan så der ud.", title="Sådan").contribution
    kept = [
        attach(story, description="En dør med tre låse"),
        attach(story, kind="voice", may_publish_sound=True),
    ]
    for one in kept if looked else ():
        look_at(one, by=person("farid"), known=Known.NOBODY)
    return story
