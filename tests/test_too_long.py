"""A text that is too long: shown again whole, or given back on a page that says why it was not taken."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import translation

from cocreate.contributions.models import Contribution, TextVersion
from cocreate.moderation.models import Appeal, Decision, Reason, Report
from cocreate.moderation.operations import decline
from tests.cast import Cast, begin, give_story, open_forum, open_in, show, topic_of
from tests.stories.pages import TELL, filled, forms_in

pytestmark = pytest.mark.django_db
FORM_DATA = "application/x-www-form-urlencoded"
# Some 200 kB as it is sent, with what a person writes: letters, signs and lines.
LONG = "Æblegrød & <kærlighed>.\nOg så ventede vi. " * 4_000


def post(client: Client, url: str, fields: dict[str, Any], **options: Any) -> Any:
    body = urlencode(fields, doseq=True)
    return client.post(url, body, content_type=FORM_DATA, **options)


@pytest.fixture
def place(strategy: None, cast: Cast) -> dict[str, tuple[Client, str]]:
    """Every form that takes a person's words, with the browser of one who may use it."""
    opening = begin(open_forum("ventetid"))
    story, mine, refused = show(give_story(), by=cast.host), give_story(), give_story()
    decline(refused.contribution, by=cast.host, reason=Reason.HATE, message="Nej, for hårdt.")
    show(opening, by=cast.host)
    author, other = Client(), Client()
    for client, received in ((author, mine), (other, refused)):
        assert received.contribution.receipt is not None
        open_in(client, received.contribution.receipt)
    topic = topic_of(opening).get_absolute_url()
    return {
        "story": (Client(), TELL),
        "topic": (Client(), "/samtaler/ventetid/nyt-emne/"),
        "reply": (Client(), f"{topic}svar/"),
        "about a story": (Client(), f"/fortaellinger/{story.public_id}/sig-til/"),
        "about a post": (Client(), f"{topic}indlaeg/1/sig-til/"),
        "new wording": (author, f"/kode/{mine.contribution.public_id}/ret/"),
        "appeal": (other, f"/kode/{refused.contribution.public_id}/bed-om-at-se-igen/"),
    }


FORMS = ["story", "topic", "reply", "about a story", "about a post", "new wording", "appeal"]


@pytest.mark.parametrize("name", FORMS)
def test_a_text_of_200_kb_is_shown_again_to_the_last_letter(
    place: dict[str, tuple[Client, str]], name: str
) -> None:
    client, url = place[name]
    before = TextVersion.objects.count()
    asked = {"title": "Et", "reason": "tone", "text": LONG, "submission_id": "et-id-af-en-formular"}
    answer = post(client, url, asked)
    assert answer.status_code == 422
    kept = [form["text"] for form in forms_in(answer).found.values() if "text" in form]
    assert kept == [[LONG.strip()]]
    assert TextVersion.objects.count() == before
    assert not Appeal.objects.exists() and not Report.objects.exists()


def test_a_letter_of_200_kb_is_shown_again_to_the_host(cast: Cast) -> None:
    story, host = give_story().contribution, cast.client("host")
    url = f"/vaert/{story.public_id}/"
    answer = post(host, url, {**filled(host.get(url), url), "outcome": "returned", "message": LONG})
    assert answer.status_code == 422
    assert filled(answer, url)["message"] == [LONG.strip()]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["story", "topic", "reply", "about a story"])
def test_a_body_over_the_limit_is_given_back_on_a_page_that_says_why(
    place: dict[str, tuple[Client, str]], name: str
) -> None:
    client, url = place[name]
    before = Contribution.objects.count()
    far_too_long = LONG * 7
    answer = post(client, url, {"title": "En nøgle", "text": far_too_long})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert answer["Cache-Control"] == "no-store"
    assert '<html lang="da">' in page and "app.css" in page
    assert far_too_long.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page
    assert "En nøgle" in page
    assert Contribution.objects.count() == before and not Report.objects.exists()


def test_what_is_larger_than_we_can_hold_is_refused_in_words(strategy: None) -> None:
    answer = post(Client(), TELL, {"text": "a" * 9_000_000})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert len(page) < 20_000
    with translation.override("da"):
        assert translation.gettext("Your text is too long to send") in page


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM_DATA, b"\xff\xfe\x00%%%&&==" * 200_000),
        (FORM_DATA, b"text=" + b"%00%FF%ED%A0%80" * 150_000),
        (FORM_DATA, b"a=1&" * 400_000),
        ("text/plain", b"x" * 1_500_000),
        (f"{FORM_DATA}; charset=iso-8859-1", b"text=" + b"%E6" * 500_000),
    ],
)
def test_any_large_body_is_answered(strategy: None, content_type: str, body: bytes) -> None:
    answer = Client().post(TELL, body, content_type=content_type)
    assert 400 <= answer.status_code < 500
    assert not Contribution.objects.exists()


def test_the_page_is_found_by_who_has_a_stale_token_too(strategy: None) -> None:
    answer = post(Client(enforce_csrf_checks=True), TELL, {"text": LONG * 7})
    assert answer.status_code == 413


def test_scripts_in_what_is_given_back_are_only_words(strategy: None) -> None:
    evil = "</textarea><script>alert(1)</script>" + "x" * 1_100_000
    page = post(Client(), TELL, {"text": evil}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
