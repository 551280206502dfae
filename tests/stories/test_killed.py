"""A hundred people press Send while the web processes are killed under them: each presses again until
there is a receipt, and then each story exists once, whole, under the code its author was shown."""

import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from threading import Barrier, Lock
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from cocreate.contributions.models import Contribution, Receipt, TextVersion
from cocreate.stories.models import Draft, Story
from tests.boards.harness import database_url
from tests.boards.served import Served
from tests.moderation.pages.acts import enter
from tests.stories.pages import TELL, Answers, code_on, filled
from tests.stories.test_guide import NAMES, SEND, START, TOPIC, USE, WORDS

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

PEOPLE, BY_THE_GUIDE = 100, 15
# So many have their receipt when a process is killed, and which of the two it is.
BLOWS = ((8, 0), (30, 1), (60, 0))
PATIENCE = 60.0


@dataclass
class Person:
    """A browser that keeps its cookies, and presses the same button again when no answer comes."""

    number: int
    web: list[Served]
    cookies: dict[str, str] = field(default_factory=dict)
    form: Answers = field(default_factory=dict)
    code: list[str] = field(default_factory=list)
    presses: int = 0

    @property
    def text(self) -> str:
        return f"Fortælling nummer {self.number}x, som kun findes her."

    @property
    def where(self) -> str:
        return SEND if self.number < BY_THE_GUIDE else TELL

    def ask(self, served: Served, method: str, path: str, form: Answers | None = None) -> Any:
        asked = HTTPConnection("127.0.0.1", served.port, timeout=10)
        try:
            body = urlencode(form, doseq=True) if form else None
            headers = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "Content-Type": "application/x-www-form-urlencoded",
                # From many places: one network may not send so much.
                "X-Forwarded-For": f"198.51.{self.number}.7",
            }
            asked.request(method, path, body, headers)
            answer = asked.getresponse()
            content = answer.read()
        finally:
            asked.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: one.value for name, one in SimpleCookie(line).items()})
        return HttpResponse(content, status=answer.status)

    def press(self, where: str, **answers: Any) -> None:
        """Before the storm: opens a page of the guide and goes on from it."""
        form = filled(self.ask(self.web[0], "GET", where), where, **answers)
        assert self.ask(self.web[0], "POST", where, {**form, "go": ["next"]}).status_code == 303

    def writes(self) -> None:
        """Up to the last button."""
        said = {"text": self.text, "consents": ["show", "analyse"]}
        if self.where == SEND:
            self.press(START, about="self")
            self.press(WORDS, text=self.text)
            self.press(TOPIC)
            self.press(NAMES)
            self.press(USE, consents=said["consents"])
            said = {"go": "next"}
        page = self.ask(self.web[self.number % len(self.web)], "GET", self.where)
        self.form = filled(page, self.where, **said)

    def sends(self) -> None:
        """Until there is a receipt; meanwhile the answers say what was wrong."""
        until = time.monotonic() + PATIENCE
        while not self.code and time.monotonic() < until:
            served = self.web[(self.number + self.presses) % len(self.web)]
            self.presses += 1
            # As a browser that never got an answer: with the cookies of the page.
            before = dict(self.cookies)
            with suppress(OSError, HTTPException):
                answer = self.ask(served, "POST", self.where, self.form)
                assert answer.status_code in {200, 503}, (self.number, answer.status_code)
                if answer.status_code == 200:
                    self.code = code_on(answer)
                    return
            self.cookies = before
            time.sleep(random.uniform(0.1, 0.4))  # noqa: S311


@dataclass
class Storm:
    web: list[Served]
    people: list[Person]
    confirmed: int = 0
    lock: Lock = field(default_factory=Lock)
    killed: int = 0

    def rages(self) -> None:
        start = Barrier(len(self.people) + 1)
        with ThreadPoolExecutor(len(self.people)) as crowd:
            done = [crowd.submit(self._one, person, start) for person in self.people]
            start.wait()
            self._strike()
            for one in done:
                one.result()

    def _one(self, person: Person, start: Barrier) -> None:
        start.wait()
        person.sends()
        with self.lock:
            self.confirmed += bool(person.code)

    def _strike(self) -> None:
        until = time.monotonic() + PATIENCE
        for confirmed, which in BLOWS:
            while self.confirmed < confirmed and time.monotonic() < until:
                time.sleep(0.005)
            self.web[which].stop(signal.SIGKILL)
            self.killed += 1
            self.web[which].start()


@pytest.fixture
def web(transactional_db: None, words_to_tell_about: None) -> Iterator[list[Served]]:
    if connection.vendor != "postgresql":
        pytest.skip("two processes with PostgreSQL")
    environment = {
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(settings.VAR_DIR),
        "TRUSTED_PROXIES": "1",
    }
    both = [Served("uvicorn", environment=environment) for _number in range(2)]
    try:
        for served in both:
            served.spawn()
        for served in both:
            served.waits_until_it_answers()
        yield both
    finally:
        for served in both:
            served.kill()


def opened_by(person: Person) -> list[Story]:
    """What lies under the code that was shown, as a browser that has nothing else finds it."""
    client = Client(REMOTE_ADDR=f"198.51.{person.number}.7")
    assert enter(client, " ".join(person.code)).status_code == 302, person.number
    shown = client.get("/kode/mine/").content.decode()
    assert person.text in shown
    return [story for story in Story.objects.all() if story.public_id in shown]


def test_every_story_that_was_confirmed_exists_once_and_its_code_opens_it(
    web: list[Served],
) -> None:
    people = [Person(number, web) for number in range(PEOPLE)]
    with ThreadPoolExecutor(8) as early:
        list(early.map(Person.writes, people))
    assert (Draft.objects.count(), Story.objects.count()) == (BY_THE_GUIDE, 0)
    storm = Storm(web, people)
    storm.rages()
    # The blows met people who had pressed and had no answer yet.
    assert storm.killed == len(BLOWS)
    assert sum(person.presses > 1 for person in people) >= 10
    assert [person.number for person in people if len(person.code) != 7] == []
    assert len({tuple(person.code) for person in people}) == PEOPLE
    assert_whole()
    for person in people:
        (story,) = opened_by(person)
        assert story.versions.get().text == person.text


def assert_whole() -> None:
    """Nothing twice, nothing half: no row that belongs to a story that is not there."""
    texts = [version.text for version in TextVersion.objects.all()]
    assert len(texts) == len(set(texts)) == PEOPLE
    assert Story.objects.count() == Contribution.objects.count() == PEOPLE
    assert Receipt.objects.count() == PEOPLE and not Draft.objects.exists()
    for story in Story.objects.prefetch_related("consents", "versions"):
        assert {consent.scope for consent in story.consents.all()} == {"show", "analyse"}
        assert len(story.consents.all()) == 2 and len(story.versions.all()) == 1
        assert story.receipt_id is not None
