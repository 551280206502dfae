"""The main job once, end to end: on a 360 px phone, without script, without an account."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from cocreate.contributions.models import Contribution
from cocreate.themes.models import Guideline
from tests.browser.guiding import tell
from tests.browser.hosting import publish_all
from tests.browser.window import Window
from tests.cast import Cast, open_forum
from tests.themes.conftest import HERE, REAL

pytestmark = pytest.mark.browser

STORY = "Jeg ventede hele vinteren på et brev, og så kom det med posten om sommeren."
ANSWER = "Vi skrev ned, hvem der gør hvad. Det papir hænger stadig på køleskabet."
STRATEGIES = [(HERE / "solbaek.md", "1.1"), (REAL, "2.3")]
Phone = Callable[..., Window]


@pytest.fixture(params=STRATEGIES, ids=lambda param: param[0].stem)
def guideline(request: pytest.FixtureRequest, live_server: object, house: None) -> Guideline:
    """A guideline of an adopted strategy, just imported, with a room for its theme."""
    file, code = request.param
    if not Path(file).exists():
        pytest.skip("the real strategy lies outside the project and is not here")
    call_command("import_strategy", file, verbosity=0)
    found = Guideline.objects.select_related("theme").get(code=code)
    open_forum("temaets-rum", theme=found.theme)
    return found


def test_a_voice_becomes_public_and_is_taken_back(
    guideline: Guideline, cast: Cast, phone: Phone
) -> None:
    page = guideline.get_absolute_url()
    author, other, host = phone(), phone(), phone(as_user=cast.host)

    code = tell_about(author, page)
    begin_and_answer(other, guideline)
    assert publish_all(host) == 3

    story_address = open_story(author, page)
    for place in (page, "/fortaellinger/", story_address):
        author.open(place)
        assert STORY[:25] in author.text
    author.open(page)
    assert ANSWER[:25] in author.text
    author.follow('main a[href*="/samtaler/"]')
    assert ANSWER in author.text

    take_back(phone(), code)
    for place, status in ((page, 200), ("/fortaellinger/", 200), (story_address, 404)):
        assert author.open(place) == status
        assert not author.holds(STORY[:25])
    author.open(page)
    assert ANSWER[:25] in author.text


def tell_about(author: Window, page: str) -> list[str]:
    author.open(page)
    author.follow('main a[href*="/fortael/?retningslinje="]')
    return tell(author, STORY, ("show", "analyse", "read_aloud", "quote"))


def begin_and_answer(other: Window, guideline: Guideline) -> None:
    """A topic in the theme's room, and under the same code an answer about the guideline."""
    other.open(guideline.theme.get_absolute_url())
    other.follow('main a[href="/samtaler/temaets-rum/"]')
    other.follow('main a[href$="/nyt-emne/"]')
    other.write("title", "Hvem gør hvad?")
    other.write("text", "Hvordan aftaler I det hjemme hos jer?")
    other.press()
    assert len(other.code) == 7
    other.follow('main a[href^="/samtaler/temaets-rum/"]')
    other.follow('main a[href$="/svar/"]')
    other.write("text", ANSWER)
    other.control("guideline").select_option(guideline.code)
    other.control("under_open_code").check()
    other.press()
    assert other.page.locator("[data-receipt-code]").count() == 0


def open_story(author: Window, page: str) -> str:
    author.open(page)
    author.follow('main a[href^="/fortaellinger/"]')
    assert STORY in author.text
    return author.address


def take_back(author: Window, code: list[str]) -> None:
    author.open("/kode/")
    author.write("code", " ".join(code))
    author.press()
    assert STORY in author.text
    author.follow('main a[href$="/traek-tilbage/"]')
    author.press("main .btn-no")
    assert Contribution.objects.filter(withdrawn_at__isnull=False).count() == 1
