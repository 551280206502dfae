"""Nothing is kept of who told a story, of its code, or in the clear of words that nobody has shown
(design §2.3, trust requirements 1 and 2): the whole way of stories, and then everything that the
server keeps is looked through."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as in_use
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from cocreate.contributions.models import Attachment, Contribution, State
from cocreate.help.models import StaffedHours, Weekday
from cocreate.moderation.models import CallBack, LostCode, Message
from cocreate.notifications.worker import WORK
from cocreate.stories.models import Story
from cocreate.text.receipt_words import WORDS as EVERY_WORD
from tests.cast import Cast
from tests.moderation.pages.acts import decide, desk_of, enter, read
from tests.moderation.pages.acts import press as press_on
from tests.stories import traces
from tests.stories.attached import CANARY, add, photo, voice
from tests.stories.pages import TELL, code_on, filled, tell
from tests.stories.test_guide import NAMES, SEND, START, TOPIC, USE, WORDS, finish, press
from tests.stories.test_helping import help_somebody
from tests.stories.traces import Canary, Code, Needle, Traces, found

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]

ADDRESS, PASSED_ON = "203.0.113.77", "2001:db8:77:9::5"
BROWSER = "Kvaxbrowser/9.7 (Zimbelos 4)"
EMAIL, NUMBER, FILE = "kvaxpost@example.org", "51 93 77 20", "kvaxfoto.jpg"
# Words that no other text has, each where it is said.
SAID = {
    place: f"kvax{place}"
    for place in (
        "udkast", "titel", "raat", "egen", "hjulpet", "traad", "svar", "ringop", "mistet", "kontakt",
        "brev", "forslag", "trukket", "slettet", "afvist", "stort", "gammel", "brudt", "brudkode",
    )
}  # fmt: skip
SHOWN = "kvaxvist"


class Broken(Exception):
    """A fault in our own code."""


def browser(**options: Any) -> Client:
    """Somebody with an address, a browser that says its name, and nothing else."""
    return Client(
        enforce_csrf_checks=True,
        REMOTE_ADDR=ADDRESS,
        HTTP_X_FORWARDED_FOR=PASSED_ON,
        HTTP_USER_AGENT=BROWSER,
        **options,
    )


def code_of(answer: HttpResponse) -> tuple[str, ...]:
    words = tuple(code_on(answer))
    assert len(words) == 7
    return words


@dataclass
class Walk:
    """The way of several stories from a browser to the site, and away from it again."""

    cast: Cast
    photo: bytes
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def all(self, breaking: pytest.MonkeyPatch) -> None:
        story = self.tells_in_two_sittings()
        self.writes_and_is_answered(story)
        self.is_shown_in_other_words(story)
        self.helps_somebody()
        self.asks_for_a_call_and_a_lost_code()
        self.takes_back("trukket")
        self.erases("slettet")
        self.is_refused()
        with breaking.context() as broken:
            self.meets_a_breakdown(broken)
        self.house_works()

    def tells_in_two_sittings(self) -> Story:
        first = browser()
        press(first, START, about="self")
        assert add(first, "photo", self.camera(), text=SAID["udkast"]).status_code == 303
        if shutil.which(in_use.FFMPEG):
            assert add(first, "voice", voice(1, "kvaxfoto.ogg")).status_code == 303
        text = f"Vi ventede i ni uger. {SHOWN} {SAID['raat']}."
        press(first, WORDS, text=text, title=f"Ni uger {SAID['titel']}")
        code = code_of(first.get(TOPIC))
        self.codes["the story's"] = code
        assert press(first, TOPIC, "stop").status_code == 302
        assert code_of(first.get("/fortael/gemt/")) == code
        finish(first)
        return self.goes_on(code)

    def camera(self) -> SimpleUploadedFile:
        return SimpleUploadedFile(FILE, self.photo, "image/jpeg")

    def goes_on(self, code: tuple[str, ...]) -> Story:
        again = browser()
        wrong = self.codes["a wrong"] = tuple(EVERY_WORD[100:107])
        assert enter(again, wrong).status_code == 422
        self.codes["one word short"] = code[:6]
        assert enter(again, " ".join(code[:6])).status_code == 422
        slip = " ".join([*code[:6], code[6][:-1] + "q"])
        assert enter(again, slip).status_code == 302
        assert enter(again, "-".join(code).upper()).status_code == 302
        press(again, TOPIC, theme="2")
        looked = {
            f"known-{one.public_id}": "nobody" for one in Attachment.objects.all() if one.is_photo
        }
        press(again, NAMES, **looked)
        press(again, USE, consents=["show", "analyse"])
        assert press(again, SEND, email=EMAIL).status_code == 200
        return Story.objects.get()

    def writes_and_is_answered(self, story: Story) -> None:
        author, host = self.opens("the story's"), self.cast.client("host")
        address = f"/kode/{story.public_id}/beskeder/"
        assert press_on(author, address, text=f"Hej. {SAID['traad']}.").status_code == 302
        form = filled(read(host, story), f"{desk_of(story)}beskeder/", text=f"Ja. {SAID['svar']}.")
        form.pop("seen", None)
        assert host.post(f"{desk_of(story)}beskeder/", form).status_code == 302
        assert Message.objects.count() == 2

    def is_shown_in_other_words(self, story: Story) -> None:
        author, host = self.opens("the story's"), self.cast.client("host")
        address = f"{desk_of(story)}rettelse/"
        for text in (f"Vi ventede længe. {SAID['forslag']}.", f"Vi ventede længe. {SHOWN}."):
            said = {"text": text, "title": "Ni uger", "message": f"Se her. {SAID['brev']}."}
            form = filled(read(host, story), address, **said)
            assert host.post(address, form).status_code == 302
            yes_or_no = "yes" if SHOWN in text else "no"
            answered = press_on(author, f"/kode/{story.public_id}/rettelse/", answer=yes_or_no)
            assert answered.status_code == 302
        for one in Attachment.objects.all():
            look = f"{desk_of(story)}bilag/{one.public_id}/se/"
            said = {"known": "nobody", "description": f"En dør. {SHOWN}."}
            assert (
                host.post(look, filled(host.get(desk_of(story)), look, **said)).status_code == 302
            )
        self.house_works()
        self.is_read(story)

    def is_read(self, story: Contribution) -> None:
        """By somebody without a cookie, twice, so that the page is kept."""
        for _twice in range(2):
            for address in ("/fortaellinger/", f"/fortaellinger/{story.public_id}/"):
                page = browser().get(address)
                assert SHOWN in page.content.decode(), address

    def helps_somebody(self) -> None:
        said = {WORDS: {"text": f"Hun ringede aldrig tilbage. {SAID['hjulpet']}."}}
        self.codes["the helped one's"] = code_of(help_somebody(browser(), **said))

    def asks_for_a_call_and_a_lost_code(self) -> None:
        address = "/hjaelp-nu/ring-til-mig/"
        said = {"number": NUMBER, "name": SAID["ringop"].title(), "suits": "any"}
        assert press_on(browser(), address, **said).status_code == 200
        lost = {"text": f"Den om kaffen. {SAID['mistet']}.", "contact": SAID["kontakt"]}
        assert press_on(browser(), "/kode/mistet/", **lost).status_code == 200
        assert (CallBack.objects.count(), LostCode.objects.count()) == (1, 1)

    def takes_back(self, word: str) -> Contribution:
        story = self.tells_and_is_shown(word)
        author = self.opens(word)
        press_on(author, f"/kode/{story.public_id}/traek-tilbage/")
        assert Contribution.objects.get(pk=story.pk).state == State.WITHDRAWN
        return story

    def erases(self, word: str) -> None:
        story = self.takes_back(word)
        author = self.opens(word)
        press_on(author, f"/kode/{story.public_id}/slet/")
        assert Contribution.objects.get(pk=story.pk).state == State.ERASED

    def tells_and_is_shown(self, word: str) -> Contribution:
        """What was once read by all is gone from everywhere when it is taken back."""
        answer = tell(browser(), f"Om noget, der siden blev fortrudt. {SAID[word]}.")
        self.codes[word] = code_of(answer)
        story = Contribution.objects.latest("pk")
        decide(self.cast.client("host"), story, "published")
        for _twice in range(2):
            assert (
                SAID[word] in browser().get(f"/fortaellinger/{story.public_id}/").content.decode()
            )
            assert SAID[word] in browser().get("/fortaellinger/").content.decode()
        return story

    def is_refused(self) -> None:
        refused = tell(browser(), f"Afvist. {SAID['afvist']}.", email="ingen adresse")
        assert refused.status_code == 422
        client = browser()
        form = urlencode(filled(client.get(TELL), text=f"{SAID['stort']} " * 110_000), doseq=True)
        large = client.post(TELL, form, content_type="application/x-www-form-urlencoded")
        assert large.status_code == 413
        stale = filled(client.get(TELL), text=SAID["gammel"], csrfmiddlewaretoken="gammel")
        assert client.post(TELL, stale).status_code == 403

    def meets_a_breakdown(self, broken: pytest.MonkeyPatch) -> None:
        """Once before the words are stored and once after, and while a code is looked up."""

        def breaks(*_said: Any, **_named: Any) -> None:
            raise Broken

        client = browser(raise_request_exception=False)
        press(client, START, about="self")
        self.codes["the broken off"] = code_of(client.get(WORDS))
        form = filled(client.get(WORDS), WORDS, text=SAID["brudt"], title=SAID["brudt"])
        for place in ("stories.drafts.save", "stories.guide_views._next"):
            broken.setattr(f"cocreate.{place}", breaks)
            answer = client.post(WORDS, {**form, "photo": self.camera()})
            assert answer.status_code == 500 and SAID["brudt"] in answer.content.decode()
            broken.undo()
        broken.setattr("cocreate.moderation.author_views.receipt_for_code", breaks)
        assert enter(client, self.codes["the story's"]).status_code == 500
        assert enter(client, SAID["brudkode"]).status_code == 500

    def opens(self, which: str) -> Client:
        client = browser()
        assert enter(client, self.codes[which]).status_code == 302
        return client

    def house_works(self) -> None:
        for piece in WORK:
            piece()


@dataclass
class House:
    """What is kept, in its places."""

    media: Path
    passing: Path
    journal: traces.Journal

    def traces(self, printed: str = "") -> Traces:
        return {
            "rows": traces.rows(),
            "the database's file": traces.database_files(),
            "sessions": traces.sessions(),
            "the cache": traces.cached(),
            "files": traces.files(self.media, self.passing),
            "the log": self.journal.lines,
            "letters": traces.letters(),
            "what is printed": [printed.encode()],
        }


@pytest.fixture
def taken() -> bytes:
    """Before anybody listens: Pillow says at DEBUG what it writes into a photo for us."""
    return photo().read()


@pytest.fixture
def house(
    taken: bytes, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EDIT_REGRET_HOURS = 0
    settings.TRUSTED_PROXIES = 1
    # Whom Django writes to about a breakdown, if somebody names them.
    settings.ADMINS = [("Drift", "drift@example.org")]
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    with traces.journal() as listening:
        yield House(tmp_path / "media", passing, listening)


@pytest.fixture
def walk(house: House, strategy: None, taken: bytes) -> Walk:
    for weekday in Weekday.values:
        StaffedHours.objects.create(weekday=weekday, opens=time(9), closes=time(15))
    return Walk(Cast.arrives(), taken)


def needles(walk: Walk) -> list[Needle]:
    words = [Canary(place, word) for place, word in SAID.items()]
    digits = NUMBER.replace(" ", "")
    of_the_sender = {
        "the address": ADDRESS,
        "the network": ADDRESS.rpartition(".")[0] + ".",
        "the address passed on": PASSED_ON,
        "the network passed on": "2001:db8:77:",
        "the browser": BROWSER,
        "the browser's name": "kvaxbrowser",
        "the mail address": EMAIL,
        "the number": NUMBER,
        "the number without spaces": digits,
        "the photo's data": CANARY.decode(),
        "the file's name": "kvaxfoto",
    }
    codes = [Code(f"{name} code", words) for name, words in walk.codes.items()]
    return [*words, *(Canary(*one) for one in of_the_sender.items()), *codes]


def test_nothing_is_kept_of_a_sender_a_code_or_words_nobody_has_shown(
    walk: Walk, house: House, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    walk.all(monkeypatch)
    assert Story.objects.count() == 4
    printed = capfd.readouterr()
    kept = house.traces(printed.out + printed.err)
    # All of it was looked through: what may be read is there.
    shown = found([Canary("shown", SHOWN)], kept)
    assert {"shown in rows", "shown in the cache"} <= set(shown)
    assert all(kept[place] for place in ("sessions", "the cache", "files", "the log", "letters"))
    assert any(b"Broken" in line for line in house.journal.lines)
    assert {one for letter in mail.outbox for one in letter.recipients()} == {EMAIL}
    assert found(needles(walk), kept) == []
