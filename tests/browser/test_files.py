"""Photos and a voice in a real browser: made small before they are sent, spoken and heard again."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from cocreate.contributions.attachments import content_of
from cocreate.contributions.models import Attachment
from cocreate.stories import drafts
from cocreate.stories.models import Draft, Story
from tests.browser.axe import SMALL, faults_of, sideways
from tests.browser.conftest import Opens
from tests.browser.guiding import ON, START, begin, go_on
from tests.browser.photo_sights import choose, photo_and_voice
from tests.browser.window import PHONE
from tests.pictures.files import picture, position, saved

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server", "house")]
TEXT = "Jeg vil bo et sted, hvor nogen siger godmorgen."
# A tone in the place of a microphone.
MICROPHONE = """
navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const out = sound.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  return out.stream;
};
"""


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_large_photo_is_made_small_here_and_nothing_typed_is_disturbed(opens: Opens) -> None:
    window, sizes = opens(size=PHONE), []
    window.page.on("request", lambda one: sizes.append(len(one.post_data_buffer or b"")))
    window.open(START)
    begin(window)
    window.write("text", TEXT)
    large = saved(picture(4000, 3000), "PNG", exif=position())
    choose(window, "photo", "IMG_1.png", large)
    expect(window.page.locator(".photos .photo")).to_have_count(1)
    assert window.control("text").input_value() == TEXT
    assert b"GPS" not in content_of(Attachment.objects.get())
    kept = Attachment.objects.get()
    assert (kept.width, kept.height) == (1600, 1200)
    assert drafts.answers_of(Draft.objects.get())["text"] == [TEXT]
    window.page.locator(".photos input[type=text]").fill("En dør")
    go_on(window)
    assert f"description-{kept.public_id}" in drafts.answers_of(Draft.objects.get())
    window.go_back()
    window.press("button[name=remove]")
    expect(window.page.locator(".photos")).to_have_count(0)
    assert not Attachment.objects.exists()


def test_a_voice_is_recorded_heard_and_recorded_again_with_the_keyboard(opens: Opens) -> None:
    window = opens(size=PHONE)
    window.context.add_init_script(MICROPHONE)
    window.open(START)
    begin(window)
    window.tab_to("[data-start]")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("[data-stop]")).to_be_focused()
    expect(window.page.locator("[data-clock]")).to_have_text("0:02")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("audio")).to_have_count(1)
    assert Attachment.objects.get().seconds in {2, 3}
    assert window.page.evaluate("localStorage.length + sessionStorage.length") == 0
    window.press("button[name=remove]")
    expect(window.page.locator("[data-start]")).to_be_visible()
    window.press("[data-start]")
    expect(window.page.locator("[data-clock]")).to_have_text("0:01")
    # Whoever goes on while it records loses nothing.
    with window.page.expect_navigation():
        window.press(ON)
    assert window.address == "/fortael/emne/"
    assert Attachment.objects.count() == 1


def test_without_a_line_the_photo_waits_and_is_sent_again(opens: Opens) -> None:
    window = opens(size=PHONE)
    window.open(START)
    begin(window)
    window.context.set_offline(True)
    small = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": saved(picture(60, 40), "JPEG")}
    window.page.locator("[name=photo]").set_input_files(small)
    expect(window.page.locator("[data-files-retry]")).to_be_visible()
    window.context.set_offline(False)
    window.press("[data-files-retry] button")
    expect(window.page.locator(".photos .photo")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_story_of_a_photo_and_a_voice_goes_all_the_way(opens: Opens, script: bool) -> None:
    window = opens(size=SMALL, reduced_motion="reduce")
    if not script:
        window.context.route("**/*.js", lambda route: route.abort())
    photo_and_voice(window)
    faults = [*faults_of(window), *sideways(window)] if script else []
    for _ in range(2):
        go_on(window)
    window.page.locator('[name^="known-"][value="nobody"]').check()
    go_on(window)
    window.tick("consents", "show")
    go_on(window)
    go_on(window)
    assert len(window.code) == 7
    kept = Story.objects.get().attachments.all()
    assert sorted((one.kind, one.known) for one in kept) == [("photo", "nobody"), ("voice", "")]
    assert faults == []
