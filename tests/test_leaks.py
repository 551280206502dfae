"""A planted sentence in every state, audience and column, looked for everywhere by everybody.

The sentences are unique words, so that one hit names the row, the column and the reader at fault.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cocreate.contributions.access import HOSTS_READ
from cocreate.contributions.models import Audience, Contribution, KindName, Scope, State
from cocreate.contributions.operations import Given, Received, Words, new_submission_id
from cocreate.contributions.viewer import STRANGER
from cocreate.insights.errors import NotAnalysable, QuoteNotAllowed
from cocreate.insights.models import Insight, Stance
from cocreate.insights.operations import Said, add_voice, make_insight, publish_insight
from cocreate.moderation import operations, thread
from cocreate.moderation.appeals import appeal, decision_to_appeal
from cocreate.moderation.editing import decline, suggest
from cocreate.moderation.intake import say_to, take_in
from cocreate.moderation.lost_codes import claim
from cocreate.moderation.models import CallBack, Reason
from cocreate.notifications.operations import note_decisions, note_messages, send_letters
from cocreate.revisions.models import Change, Proposal
from cocreate.revisions.putting_forward import open_process
from cocreate.themes.models import Passage, Theme
from tests.boards.spies.sown import harvested, sow_board, sow_harvest
from tests.cast import (
    ALL_SCOPES,
    PEOPLE,
    POST_SCOPES,
    STRANGER_NAME,
    Cast,
    begin,
    give_story,
    open_forum,
    show,
    topic_of,
)
from tests.revisions.conftest import process
from tests.walking import is_wagtails_admin, routes

STATES = [state for state in State.values if state != State.DRAFT]
CLOSED = [State.PENDING, State.PUBLISHED, State.HIDDEN]
# Every phase is looked at by tests/boards/test_spies_on_pages.py, with those who have a seat.
BOARDS = ["hidden", "discuss", "emptied"]


@dataclass(frozen=True)
class Plant:
    kind: str
    state: str
    audience: str
    column: str


def secret(plant: Plant) -> str:
    return f"zq{plant.kind}x{plant.state}x{plant.audience}x{plant.column}zq"


class Garden:
    """All planted rows. `where` finds what a secret belongs to."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.where: dict[str, Plant] = {}
        self.ids: list[str] = []
        self.topics: list[tuple[str, int]] = []
        self.codes: list[str] = []
        self.workshops: list[str] = []
        self.rooms = {
            Audience.PUBLIC: open_forum("aabent"),
            Audience.ROOM: open_forum("lukket", audience=Audience.ROOM),
            Audience.COUNCIL: open_forum("raad", audience=Audience.COUNCIL),
        }
        self.analyst = cast.viewer("analyst")
        self.process = open_process(process())
        self.insight = self.gather()
        for state in STATES:
            self.grow("story", state, Audience.PUBLIC)
            self.grow("post", state, Audience.PUBLIC)
            self.grow("proposal", state, Audience.PUBLIC)
        publish_insight(self.insight)
        for audience in (Audience.ROOM, Audience.COUNCIL):
            for state in CLOSED:
                self.grow("post", state, audience)
        self.harvest()
        self.ask_to_be_called()
        claim(
            submission_id="mistet",
            text=self.word("lost", "open", "public", "text"),
            contact=self.word("lost", "open", "public", "contact"),
        )
        for phase in BOARDS:
            party = sow_board(cast, phase, self.words("board", phase, Audience.PUBLIC))
            self.codes.append(party.workshop.code)
            self.workshops.append(party.workshop.room.public_id)

    def words(self, kind: str, state: str, audience: str) -> Callable[[str], str]:
        return partial(self.word, kind, state, audience)

    def word(self, kind: str, state: str, audience: str, column: str) -> str:
        plant = Plant(kind, state, audience, column)
        self.where[secret(plant)] = plant
        return secret(plant)

    def harvest(self) -> None:
        party = sow_harvest(self.cast, STATES, lambda state: self.words("note", state, "public"))
        self.workshops.append(party.workshop.room.public_id)
        for state, note in zip(STATES, harvested(party), strict=True):
            words = self.words("note", state, "public")
            self.ids.append(note.public_id)
            self.bring(note, state, words("message"), words("report"), words("appeal"))

    def ask_to_be_called(self) -> None:
        """The number stands on its own page after a press, and no GET ever shows it."""
        CallBack.objects.create(
            submission_digest="ring",
            number=self.word("call", "open", "public", "number"),
            name=self.word("call", "open", "public", "name"),
            asked_at=timezone.now(),
            due_at=timezone.now(),
        )

    def gather(self) -> Insight:
        """What many say; every voice that was ever shown stands behind it, quoted where it may be."""
        said = Said("Det siger mange.", Theme.objects.get(number=2))
        return make_insight(said, by=self.cast.analyst)

    def use(self, voice: Contribution) -> None:
        version = voice.versions.last_approved()
        assert version is not None
        length = len(version.text or "")
        for quote in ((0, length), None):
            with suppress(QuoteNotAllowed, NotAnalysable):
                add_voice(self.insight, version, Stance.SUPPORTS, viewer=self.analyst, quote=quote)
                return

    def grow(self, kind: str, state: str, audience: str) -> None:
        words = self.words(kind, state, audience)
        text, title, alias = words("text"), words("title"), words("alias")
        if kind == "proposal":
            received = self.propose(text, words("proposed"), state)
        elif kind == "story":
            scopes = {Scope.ANALYSE} if state == State.KEPT else ALL_SCOPES
            received = give_story(
                text, title=title, email=f"{words('email')}@x.example", scopes=scopes
            )
        else:
            received = begin(self.rooms[audience], text, title=title, alias=alias)
            topic = topic_of(received)
            self.topics.append((self.rooms[audience].slug, topic.pk))
        self.ids.append(received.contribution.public_id)
        story = received.contribution
        self.talk(story, words)
        if kind == "story" and state in {State.RETURNED, State.PUBLISHED}:
            self.propose_edit(story, state, words)
        self.bring(story, state, words("message"), words("report"), words("appeal"))

    def talk(self, story: Contribution, words: Callable[[str], str]) -> None:
        """What its author and the hosts say to each other is nobody else's."""
        thread.write(story, text=words("thread"), submission_id=words("thread"))
        thread.write(story, text=words("answer"), submission_id="svar", by=self.cast.host)

    def propose_edit(self, story: Contribution, state: str, words: Callable[[str], str]) -> None:
        """A host's other words: one that lies with its author, and one that got a no."""
        wording = Words(words("edit"), title=words("edited"))
        edit = suggest(story, words=wording, message=words("why"), by=self.cast.host)
        if state == State.PUBLISHED:
            decline(edit)

    def propose(self, text: str, proposed: str, state: str) -> Received:
        about = Passage.objects.in_force().get(guideline__code="2.3")
        return take_in(
            Proposal,
            KindName.PROPOSAL,
            Given(
                submission_id=new_submission_id(),
                words=Words(text=text, proposed=proposed),
                viewer=STRANGER,
                scopes=frozenset({Scope.ANALYSE} if state == State.KEPT else POST_SCOPES),
                theme=about.theme,
                details={"change": Change.CHANGE, "passage": about, "process": self.process},
            ),
        )

    def bring(self, story: Contribution, state: str, message: str, report: str, plea: str) -> None:
        host = self.cast.host
        why = {"by": host, "reason": Reason.NAMES_OTHERS, "message": message}
        match state:
            case State.PUBLISHED | State.HIDDEN:
                self.use(show(story, by=host))
                say_to(story, submission_id=report, reason="tone", text=report)
            case State.APPROVED:
                operations.approve(story, by=host, publish_at=timezone.now(), message=message)
            case State.KEPT:
                operations.revoke_consent(story, Scope.SHOW)
                operations.keep(story, by=host, message=message)
            case State.RETURNED if story.kind == KindName.STORY:
                pass
            case State.RETURNED:
                operations.return_to_author(story, **why)
            case State.DECLINED:
                operations.decline(story, **why)
            case State.WITHDRAWN | State.ERASED:
                self.use(show(story, by=host))
                operations.withdraw(story)
        if state == State.HIDDEN:
            operations.hide(story, **why)
        if state == State.ERASED:
            operations.erase(story)
        decision = decision_to_appeal(Contribution.objects.get(pk=story.pk))
        if decision is not None:
            appeal(decision, text=plea)


# Looked for in vain, the words would have been planted in vain.
EVERYBODYS = [
    *(Plant(kind, "published", "public", "text") for kind in ("story", "post", "note", "proposal")),
    Plant("proposal", "published", "public", "proposed"),
    Plant("note", "published", "public", "group"),
    Plant("board", "discuss", "public", "title"),
]


AT_THE_DESK = [
    Plant("story", "pending", "public", "thread"),
    Plant("story", "pending", "public", "answer"),
    Plant("lost", "open", "public", "text"),
]


def may_read(name: str, path: str, plant: Plant) -> bool:
    """The rule in plain words, written independently of the code it judges."""
    if plant.kind == "board":
        return may_read_board(name, path, plant)
    if plant.kind == "call":
        return False
    if plant.kind == "lost":
        return path.startswith("/vaert/mistet-kode/") and name in {"host", "second_host"}
    if plant.kind == "note" and plant.column in ABOUT_THE_WORKSHOP:
        return True
    own_words = plant.column in {"text", "title", "alias", "group", "proposed"}
    if path.startswith("/analyse/") and name == "analyst" and plant.state == State.KEPT:
        return plant.audience == Audience.PUBLIC and plant.column in {"text", "title", "proposed"}
    at_the_desk = path.startswith("/vaert/") and name in {"host", "second_host"}
    if at_the_desk and plant.audience == Audience.PUBLIC and plant.state in HOSTS_READ:
        return plant.column not in {"email", "name"}
    if plant.state != State.PUBLISHED or not own_words:
        return False
    if plant.audience == Audience.PUBLIC:
        return True
    in_the_house = name not in {STRANGER_NAME, "citizen", "relative", "host_without_second_factor"}
    return plant.audience == Audience.COUNCIL and in_the_house


ABOUT_THE_WORKSHOP = {"title", "question", "purpose", "column"}


def may_read_board(name: str, path: str, plant: Plant) -> bool:
    """None of the cast has a seat; the host leads. Title and purpose are said at the door."""
    if plant.state == "emptied":
        return False
    if path.startswith("/v/") and plant.column in {"title", "purpose"}:
        return True
    if name != "host" or not path.startswith(("/v/", "/vaerksteder/")):
        return False
    if plant.column in ABOUT_THE_WORKSHOP:
        return True
    on_the_page = path.endswith("/tovholder/")
    match plant.column:
        case "note":
            return plant.state != "hidden"
        case "hidden":
            return plant.state != "hidden" and on_the_page
        case "name":
            return on_the_page
        case "group":
            return path.startswith("/v/")
    return False


def addresses(garden: Garden, name: str) -> Iterator[str]:
    """Every GET address of the product, filled with every planted row it could mean."""
    values: dict[str, list[str]] = {
        "public_id": garden.ids,
        "slug": ["borgeren-i-centrum", "privatliv"],
        "code": ["2.3"],
        "forum": sorted({slug for slug, _ in garden.topics}),
        "number": [str(number) for number in range(1, len(STATES) + 1)],
        "scope": ["show"],
        "page": ["1"],
        "pk": ["1"],
        "file_id": ["x"],
        "name": ["images/x.jpg"],
        "rest": ["x"],
    }
    for route in routes():
        if is_wagtails_admin(route) and (name != "editor" or route.names):
            continue
        if "(" in route.path:
            continue
        names = {part.rpartition(":")[2] for part in route.names}
        if {"topic_id", "slug"} <= names:
            for forum, topic_id in garden.topics:
                yield route.fill(forum_slug=forum, topic_id=topic_id, slug="x", number=1)
        elif route.path.startswith("v/<"):
            for code in garden.codes:
                yield route.fill(code=code)
        elif route.path.startswith("vaerksteder/<"):
            for public_id in garden.workshops:
                yield route.fill(public_id=public_id)
        elif "public_id" in names:
            for public_id in garden.ids:
                yield route.fill(public_id=public_id, scope="show", number=1, pk=1, file_id="x")
        elif "forum_slug" in names:
            for forum in values["forum"]:
                yield route.fill(forum_slug=forum, topic_id=1, slug="x", number=1)
        elif names == {"number"}:
            for number in values["number"]:
                yield route.fill(number=number)
        else:
            yield route.fill(**{n: values.get(n, ["1"])[0] for n in names})


def opened(client: Client, path: str, seen: set[str]) -> Iterator[HttpResponse]:
    """The answer, and the page it leads on to unless that has been read already."""
    response = client.get(path)
    yield response
    if response.has_header("Location"):
        to = urljoin(path, response.headers["Location"])
        if to not in seen:
            seen.add(to)
            yield client.get(to, follow=True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [STRANGER_NAME, *PEOPLE])
def test_nobody_finds_a_word_that_is_not_theirs_to_read(
    house: None, cast: Cast, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    garden = Garden(cast)
    note_decisions()
    note_messages()
    send_letters()
    client: Client = cast.client(name)
    found: list[str] = []
    heard: set[str] = set()
    seen: set[str] = set()
    for path in addresses(garden, name):
        seen.add(path)
        for response in opened(client, path, seen):
            assert response.status_code < 500, path
            body = response.getvalue().decode(errors="replace") + str(response.headers)
            if "zq" not in body:
                continue
            final = response.request["PATH_INFO"]
            told = {word for word in garden.where if word in body}
            found += [
                f"{path}: {word}" for word in told if not may_read(name, final, garden.where[word])
            ]
            heard |= told
    assert found == []
    assert {secret(plant) for plant in EVERYBODYS} <= heard
    assert len(seen) > 100
    if name in {"host", "second_host"}:
        assert {secret(plant) for plant in AT_THE_DESK} <= heard
    said = caplog.text + "".join(m.subject + str(m.body) for m in mail.outbox)
    assert [word for word in garden.where if word in said] == []
