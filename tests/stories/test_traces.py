"""The search of test_canaries finds what it looks for: each canary planted in each place, and in each
of the clothes it may wear there."""

import hashlib
import json
import logging
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from cocreate.notifications.write_ahead import empty_log
from cocreate.stories.models import Selection
from cocreate.text.receipt_words import WORDS
from tests.stories import traces
from tests.stories.traces import Canary, Code, Needle, Pile, Traces, found

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]

CODE = WORDS[:7]
NEEDLES: list[Needle] = [
    Canary("the address", "203.0.113.77"),
    Canary("the browser", "Kvaxbrowser/9.7 (Zimbelos 4)"),
    Canary("the mail address", "kvaxpost@example.org"),
    Canary("the number", "51 93 77 20"),
    Canary("a word", "kvaxraat"),
    Code("the", CODE),
]
SAID = [
    *(needle.said for needle in NEEDLES if isinstance(needle, Canary)),
    " ".join(CODE),
]


def sow_row(said: str) -> Selection:
    return Selection.objects.create(
        submission_digest=hashlib.sha256(said.encode()).hexdigest(),
        title="-",
        intro=said,
        shown_from=date(2026, 11, 24),
        made_at=timezone.now(),
    )


def in_rows(said: str) -> list[bytes]:
    sow_row(said)
    return traces.rows()


def in_the_file_when_it_is_deleted(said: str) -> list[bytes]:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's rows are read")
    # The log may still hold what other tests of this process wrote.
    assert empty_log()
    sow_row(said).delete()
    assert not any(said.encode() in row for row in traces.rows())
    return traces.database_files()


def in_sessions(said: str) -> list[bytes]:
    session = SessionStore()
    session["kept"] = {"again": [said]}
    session.save()
    assert not any(said.encode() in row for row in traces.rows())
    return traces.sessions()


def in_the_cache(said: str) -> list[bytes]:
    caches["default"].set("kept", {"page": said})
    return traces.cached()


def in_the_cache_of_pages(said: str) -> list[bytes]:
    caches["pages"].set("kept", said)
    return traces.cached()


def in_a_key_of_the_cache(said: str) -> list[bytes]:
    caches["default"].set(f"limit:{said}", 1)
    return traces.cached()


def in_a_logs_line(said: str) -> list[bytes]:
    with traces.journal() as listening:
        logging.getLogger("cocreate.stories").debug("came: %s", said)
    return listening.lines


def in_a_quiet_loggers_line(said: str) -> list[bytes]:
    with traces.journal() as listening:
        logging.getLogger("django.server").info(said)
    return listening.lines


def in_a_logs_breakdown(said: str) -> list[bytes]:
    with traces.journal() as listening:
        try:
            raise ValueError(said)
        except ValueError:
            logging.getLogger("django.request").exception("broken")
    return listening.lines


def in_a_field_of_a_logs_line(said: str) -> list[bytes]:
    request = RequestFactory().get("/", {"q": "-"}, HTTP_USER_AGENT="-")
    with traces.journal() as listening:
        more = {"request": request, "agent": said}
        logging.getLogger("django.security.csrf").warning("refused", extra=more)
    return listening.lines


def in_a_letter(said: str) -> list[bytes]:
    mail.send_mail("-", f"Hej. {said}", None, ["x@example.org"])
    return traces.letters()


def in_a_letters_subject(said: str) -> list[bytes]:
    mail.send_mail(said, "-", None, ["x@example.org"])
    return traces.letters()


PLACES: list[Callable[[str], list[bytes]]] = [
    in_rows,
    in_the_file_when_it_is_deleted,
    in_sessions,
    in_the_cache,
    in_the_cache_of_pages,
    in_a_key_of_the_cache,
    in_a_logs_line,
    in_a_quiet_loggers_line,
    in_a_logs_breakdown,
    in_a_field_of_a_logs_line,
    in_a_letter,
    in_a_letters_subject,
]


@pytest.mark.filterwarnings("ignore::django.core.cache.CacheKeyWarning")
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_each_is_found_where_it_is_planted(place: Callable[[str], list[bytes]]) -> None:
    for number, (needle, said) in enumerate(zip(NEEDLES, SAID, strict=True)):
        kept = {"here": place(said)}
        assert found([needle], kept) == [f"{needle.name} in here"]
        # What has not been planted yet is not found.
        assert found(NEEDLES[number + 1 :], kept) == []


def test_each_is_found_in_a_file_and_in_a_files_name(tmp_path: Path) -> None:
    for number, (needle, said) in enumerate(zip(NEEDLES, SAID, strict=True)):
        assert not found([needle], {"files": traces.files(tmp_path)})
        inside = tmp_path / "deep" / str(number)
        inside.parent.mkdir(exist_ok=True)
        inside.write_bytes(b"\xff\xd8\x00" + said.encode() + b"\x00\xff")
        assert found([needle], {"files": traces.files(tmp_path)})
        inside.rename(tmp_path / f"{number} {said.replace('/', '')}.jpg")
        (tmp_path / f"{number} {said.replace('/', '')}.jpg").write_bytes(b"")
        named = Canary("name", said.replace("/", "")) if isinstance(needle, Canary) else needle
        assert found([named], {"files": traces.files(tmp_path)})


def clothes(said: str) -> Iterator[bytes]:
    plain = said.encode()
    yield plain.upper()
    yield plain.hex().encode()
    yield said.encode("utf-16-le")
    yield b'{"said": "' + plain + b'"}'
    for before in range(3):
        yield b64encode(b"\xfb" * before + plain + b"og saa videre")
        yield urlsafe_b64encode(b"\xff" * before + plain + b"og saa videre")
    yield from (hashlib.new(name, plain).hexdigest().encode() for name in traces.HASHES)


@pytest.mark.parametrize("said", SAID[:-1])
def test_a_word_is_known_in_other_clothes(said: str) -> None:
    for worn in clothes(said):
        assert Canary("-", said).lies_in(Pile(b"\x00" + worn + b"\xff")), worn


@pytest.mark.parametrize(
    "worn",
    [
        " ".join(CODE).upper(),
        "-".join(CODE),
        "".join(CODE),
        json.dumps(CODE),
        "\n".join(f"{at}. {word}" for at, word in enumerate(CODE)),
        "".join(f"<span>{word}</span> " for word in CODE),
        "&nbsp;".join(CODE),
        " ".join(CODE[2:5]),
        " ".join(CODE[4:]),
        "-".join(CODE[:3]),
        b64encode(" ".join(CODE).encode()).decode(),
        b64encode(b"x" + "-".join(CODE).encode()).decode(),
        hashlib.sha256(" ".join(CODE).encode()).hexdigest(),
        hashlib.sha1("-".join(CODE).encode()).hexdigest(),  # noqa: S324
    ],
)
def test_a_code_is_known_in_part_and_in_other_clothes(worn: str) -> None:
    assert Code("-", CODE).lies_in(Pile(f"({worn})".encode()))


@pytest.mark.parametrize(
    "chance", [" ".join(CODE[:2]), " ".join(reversed(CODE)), " og ".join(CODE), ""]
)
def test_what_is_chance_is_not_taken_for_a_code(chance: str) -> None:
    assert not Code("-", CODE).lies_in(Pile(chance.encode()))


def test_a_template_that_misses_a_name_does_not_write_its_page_into_the_log() -> None:
    from django.template import Context, Template

    with traces.journal() as listening:
        Template("{{ missing.name }}").render(Context({"missing": {"said": "kvaxraat"}}))
        logging.getLogger("django.template").warning("heard")
    kept: Traces = {"the log": listening.lines}
    assert found([Canary("a word", "kvaxraat")], kept) == []
    assert found([Canary("a warning", "heard")], kept)
