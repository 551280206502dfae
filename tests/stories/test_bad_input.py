"""Any bytes in any field or address: a clear answer below 500, and the words stay."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreate.contributions.models import Contribution, TextVersion
from tests.cast import Cast, give_story, show
from tests.stories.pages import TELL, filled, tell

FIELDS = (
    "submission_id",
    "sent_knowingly",
    "text",
    "title",
    "about",
    "theme",
    "guidelines",
    "consents",
    "email",
    "asked",
    "without_use",
    "csrfmiddlewaretoken",
)
FORM_DATA = "application/x-www-form-urlencoded"
WORDS = "Mine ord, som jeg ikke vil miste."
NASTY = [
    b"\x00", b"\xff\xfe\x00", b"\xed\xa0\x80", "\u202e\u2066".encode(), b"' OR 1=1 --",
    b"{{ 7*7 }}{% now %}", b"<svg onload=alert(1)>", b"%(value)s %s", b"\r\nSet-Cookie: a=b",
    "Z\u0351\u032b\u0343\u032a\u0302".encode() * 50, b"9" * 400, b"-1", b"[]", "\ufdfa".encode() * 99,
]  # fmt: skip
SLOW = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@pytest.fixture
def browser() -> Client:
    return Client()


@pytest.mark.parametrize("name", [field for field in FIELDS if field != "text"])
def test_nonsense_in_one_field_never_loses_the_words(browser: Client, name: str) -> None:
    form = {**filled(browser.get(TELL), text=WORDS, consents=["show"])}
    form.pop(name, None)
    body = urlencode(form, doseq=True)
    for value in NASTY:
        answer = browser.post(
            TELL, f"{body}&{name}={quote_from_bytes(value)}", content_type=FORM_DATA
        )
        assert answer.status_code in {200, 422}
        if answer.status_code == 422:
            assert filled(answer)["text"] == [WORDS]
    texts = {version.text for version in TextVersion.objects.all()}
    assert texts <= {WORDS}


@settings(max_examples=60, **SLOW)
@given(text=st.text(max_size=400), title=st.text(max_size=250), email=st.text(max_size=80))
def test_any_text_is_taken_in_or_shown_again(
    browser: Client, text: str, title: str, email: str
) -> None:
    answer = tell(
        browser,
        text.encode("utf-8", "replace").decode(),
        title=title.encode("utf-8", "replace").decode(),
        email=email.encode("utf-8", "replace").decode(),
        sent_knowingly="cpr phone email address",
    )
    assert answer.status_code in {200, 422, 429}


@settings(max_examples=60, **SLOW)
@given(tema=st.binary(max_size=40), efter=st.binary(max_size=60), other=st.binary(max_size=20))
def test_any_address_is_answered(browser: Client, tema: bytes, efter: bytes, other: bytes) -> None:
    query = (
        f"tema={quote_from_bytes(tema)}&efter={quote_from_bytes(efter)}"
        f"&retningslinje={quote_from_bytes(efter)}&{quote_from_bytes(other)}"
    )
    for where in (TELL, "/fortaellinger/"):
        assert browser.get(f"{where}?{query}").status_code < 500


@settings(max_examples=40, **SLOW)
@given(rest=st.binary(min_size=1, max_size=60))
def test_any_name_of_a_story_is_a_page_that_is_not_there(browser: Client, rest: bytes) -> None:
    answer = browser.get(f"/fortaellinger/{quote_from_bytes(rest, safe='')}/")
    assert 300 <= answer.status_code < 500


def test_nonsense_about_a_story_is_answered(browser: Client, cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    where = f"/fortaellinger/{story.public_id}/sig-til/"
    for value in NASTY:
        said = quote_from_bytes(value)
        body = "&".join(f"{name}={said}" for name in ("reason", "text", "submission_id"))
        assert browser.post(where, body, content_type=FORM_DATA).status_code == 422


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
@pytest.mark.parametrize("where", [TELL, "/fortaellinger/", "/fortaellinger/aldrig/sig-til/"])
def test_other_verbs_are_refused(browser: Client, where: str, method: str) -> None:
    assert getattr(browser, method)(where).status_code == 405


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nrubbish"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x; charset=base64", b'--x\r\nContent-Disposition: form-data; '
         b'name="text"\r\n\r\nhej\r\n--x--\r\n'),
        ("application/x-www-form-urlencoded; charset=utf-7", b"text=hej"),
        ("application/json", b'{"text": "hej"}'),
        ("", b"text=hej"),
    ],
)  # fmt: skip
def test_a_body_of_another_kind_is_answered(
    browser: Client, content_type: str, body: bytes
) -> None:
    answer = browser.generic("POST", TELL, body, content_type=content_type)
    assert 400 <= answer.status_code < 500
    assert not Contribution.objects.exists()
