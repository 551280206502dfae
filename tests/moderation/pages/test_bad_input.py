"""Any bytes in any field, parameter or address: a sentence, nothing half-saved, the words kept."""

from urllib.parse import quote

import pytest
from django.test import Client

from cocreate.contributions.models import Contribution
from cocreate.moderation.appeals import appeal
from cocreate.moderation.intake import say_to
from cocreate.moderation.models import Decision
from cocreate.moderation.operations import decline, hide
from tests.cast import Cast, give_story, show
from tests.moderation.pages.acts import LETTER, WHY, of, opened

NASTY = [
    b"\x00",
    b"\xff\xfe\xfa",
    "\ud800".encode("utf-8", "surrogatepass"),
    "\u202eabc\u200b".encode(),
    b"9" * 5000,
    b"-1",
    b"1e309",
    b"' OR 1=1 --",
    b"<script>alert(1)</script>",
    b"{{ 7|add:7 }}{% debug %}%(x)s",
    b"a" * 200_000,
    "𝕁𝕖𝕘 \U0001f469\u200d\U0001f469".encode(),
    b"\r\nSet-Cookie: a=b",
]
FIELDS = (
    b"outcome", b"reason", b"message", b"wording", b"draft", b"seen", b"code", b"text", b"title",
    b"consents", b"sent_knowingly", b"without_use", b"without_nickname", b"contribution", b"purpose",
)  # fmt: skip


def body(value: bytes) -> str:
    return "&".join(f"{name.decode()}={quote(value)}" for name in FIELDS)


def decided(cast: Cast) -> list[Contribution]:
    waiting = give_story("Ring 20 30 40 50.")
    told = show(give_story(), by=cast.second_host)
    say_to(told, submission_id="x", reason="tone", text="")
    asked = show(give_story(), by=cast.second_host)
    appeal(hide(asked, by=cast.second_host, reason=WHY, message=LETTER), text="")
    return [waiting.contribution, told, asked]


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_the_desk_answers_whatever_is_sent(cast: Cast, host: Client, value: bytes) -> None:
    stories = decided(cast)
    before = [(row.state, row.decisions.count()) for row in stories]
    for story in stories:
        for end in ("", "fund/1/", "lad-staa/", "se-igen/"):
            answer = host.post(
                f"/vaert/{story.public_id}/{end}",
                body(value),
                content_type="application/x-www-form-urlencoded",
            )
            assert answer.status_code < 500
    assert [(row.state, row.decisions.count()) for row in stories] == before


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_the_authors_pages_answer_whatever_is_sent(cast: Cast, value: bytes) -> None:
    received = give_story()
    turned_down = give_story(keep_under=received.contribution.receipt)
    decline(turned_down.contribution, by=cast.host, reason=WHY, message=LETTER)
    browser = opened(received, Client())
    addresses = [
        "/kode/",
        of(received, "reword"),
        of(turned_down, "appeal"),
        of(turned_down, "reword"),
    ]
    for address in addresses:
        answer = browser.post(
            address, body(value), content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code < 500, address
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("value", NASTY[:-3], ids=range(len(NASTY) - 3))
def test_addresses_and_parameters_answer_whatever_they_hold(
    cast: Cast, host: Client, value: bytes
) -> None:
    received = give_story()
    browser, spelled = opened(received, Client()), quote(value[:3000], safe="")
    for client, address in (
        (host, f"/vaert/?efter={spelled}"),
        (host, f"/vaert/?efter=1.{spelled}.{spelled}"),
        (host, f"/vaert/{spelled}/"),
        (host, f"/vaert/{received.contribution.public_id}/fund/{spelled}/"),
        (browser, f"/kode/mine/?efter={spelled}"),
        (browser, f"/kode/?{spelled}={spelled}"),
        (browser, f"/kode/{spelled}/ret/"),
        (browser, f"/kode/{spelled}/traek-tilbage/"),
        (browser, of(received, "revoke_consent", "x").replace("/x/", f"/{spelled}/")),
    ):
        assert client.get(address).status_code < 500, address


def test_words_sent_with_a_stale_token_come_back(cast: Cast) -> None:
    received = give_story()
    browser = opened(received, Client(enforce_csrf_checks=True))
    answer = browser.post(of(received, "reword"), {"text": "Mine ord er her endnu."})
    assert answer.status_code == 403 and "Mine ord er her endnu." in answer.content.decode()
    assert received.contribution.versions.count() == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_ways_of_asking_that_no_page_has_are_refused(cast: Cast, host: Client, method: str) -> None:
    received = give_story()
    for client, address in (
        (host, "/vaert/"),
        (host, of(received, "desk_item")),
        (opened(received, Client()), of(received, "withdraw")),
        (Client(), "/kode/"),
    ):
        assert getattr(client, method)(address).status_code == 405
