"""A known and an unknown code cost the same, and a receipt's square holds an address alone."""

from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from cocreate.boards.templatetags.leading import qr
from cocreate.contributions import codes
from cocreate.contributions.access import receipt_for_code
from cocreate.contributions.codes import code_digest
from cocreate.contributions.models import Receipt
from cocreate.text.receipt_words import WORDS
from tests.cast import give_story
from tests.moderation.pages.acts import enter
from tests.stories.pages import code_on, send

pytestmark = pytest.mark.django_db


def work_for(typed: str) -> tuple[int, int, list[str]]:
    """Digests, look-ups, and their SQL without its values."""
    made: list[Any] = []
    digest = codes._mac

    def counted(purpose: str, value: str) -> bytes:
        made.append(purpose)
        return digest(purpose, value)

    with patch.object(codes, "_mac", counted), CaptureQueriesContext(connection) as queries:
        receipt_for_code(typed)
    asked = [row["sql"].split("WHERE")[0] for row in queries]
    return len(made), len(asked), asked


def test_known_led_on_unknown_and_impossible_codes_cost_the_same_work() -> None:
    received = give_story()
    leading = tuple(WORDS[:7])
    Receipt.objects.create(code_digest=code_digest(leading), leads_to=received.contribution.receipt)
    known = " ".join(received.code or ())
    typed = [known, " ".join(leading), " ".join(WORDS[7:14]), "et to tre", ""]
    work = [work_for(code) for code in typed]
    assert all(one == work[0] for one in work) and work[0][:2] == (1, 1)


def test_a_code_that_leads_on_opens_what_the_other_opens() -> None:
    received = give_story("Min tekst.")
    leading = tuple(WORDS[:7])
    Receipt.objects.create(code_digest=code_digest(leading), leads_to=received.contribution.receipt)
    client = Client()
    assert enter(client, leading).status_code == 302
    assert "Min tekst." in client.get("/kode/mine/").content.decode()


def test_of_unknown_codes_every_answer_is_the_same_but_for_the_words_typed() -> None:
    pages = []
    for typed in (" ".join(WORDS[:7]), " ".join(WORDS[7:14])):
        page = enter(Client(), typed)
        token = str(page.context["csrf_token"])
        body = page.content.decode().replace(typed, "").replace(escape(token), "")
        pages.append((page.status_code, sorted(page.headers), len(body)))
    assert pages[0] == pages[1] and pages[0][0] == 422


def test_the_square_on_a_receipt_holds_the_address_alone(strategy: None) -> None:
    client = Client()
    page = send(client, client.get("/fortael/paa-en-side/"), text="Jeg vil bo", consents=["show"])
    assert len(code_on(page)) == 7
    path = str(qr(f"{settings.SITE_URL}/kode/", "")).partition(' d="')[2].partition('"')[0]
    assert f'd="{path}"' in page.content.decode()
    assert page.content.decode().count('class="qr-code"') == 1


@time_machine.travel("2026-11-24 09:00:00+00:00", tick=False)
def test_many_tries_from_one_network_shut_out_nobody_elsewhere() -> None:
    received = give_story()
    for number in range(40):
        enter(Client(REMOTE_ADDR=f"192.0.2.{number}"), "et to tre")
    assert enter(Client(REMOTE_ADDR="192.0.2.99"), received.code).status_code == 429
    assert enter(Client(REMOTE_ADDR="198.51.100.1"), received.code).status_code == 302
