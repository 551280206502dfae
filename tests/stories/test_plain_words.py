"""LIX of what a person reads on the way through telling, on the pages as they are sent (domain §3.2)."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from cocreate.stories.models import Story
from cocreate.text.lix import lix
from cocreate.text.plain import words_of
from home.operations import prepare_site
from tests.stories.pages import code_on
from tests.stories.test_guide import START, STORY, TOPIC, press

PLAIN = 30
ENOUGH = 100


# Whatever stands on a line of its own is a sentence of its own.
BLOCK = re.compile(r"</?(?:p|h[1-6]|li|dt|dd|div|summary|label|legend|button|option)\b[^>]*>")


def text_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return unescape(re.sub(r"<[^>]+>", " ", BLOCK.sub("\n", main)))


def read(name: str, page: HttpResponse, found: dict[str, float]) -> None:
    text = text_of(page.content.decode())
    if len(words_of(text)) >= ENOUGH:
        found[name] = round(lix(text), 1)


@pytest.mark.django_db
def test_every_page_on_the_way_is_plain_danish(strategy: None, stranger: Client) -> None:
    prepare_site()
    found: dict[str, float] = {}
    for where in ("/kode/", "/kode/mistet/", "/hjaelp-nu/", "/fortaellinger/", START):
        read(where, stranger.get(where), found)
    helper = Client(enforce_csrf_checks=True)
    press(helper, START, about="helping")
    read("hjaelper", helper.get("/fortael/hjaelper/"), found)
    for where, answers in STORY.items():
        if where not in {START, TOPIC}:
            read(where, stranger.get(where), found)
        answer = press(stranger, where, **answers)
    read("receipt", answer, found)
    code = code_on(answer)
    stranger.post("/kode/", {"code": " ".join(code)})
    story = Story.objects.get().public_id
    for part in ("", "traek-tilbage/", "slet/", "beskeder/", "navn/", "samtykke/quote/"):
        where = f"/kode/{story}/{part}" if part else "/kode/mine/"
        read(where, stranger.get(where), found)
    assert len(found) > 5, found
    assert {name: figure for name, figure in found.items() if figure > PLAIN} == {}
