"""A planted sentence in every state, audience and column, looked for everywhere by everybody.

The sentences are unique words, so that one hit names the row, the column and the reader at fault.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cocreate.contributions.access import HOSTS_READ
from cocreate.contributions.models import Audience, Contribution, Scope, State
from cocreate.contributions.operations import Received
from cocreate.moderation import operations
from cocreate.moderation.appeals import appeal, decision_to_appeal
from cocreate.moderation.intake import say_to
from cocreate.moderation.models import Reason
from cocreate.notifications.operations import note_decisions, send_letters
from tests.cast import (
    ALL_SCOPES,
    PEOPLE,
    STRANGER_NAME,
    Cast,
    begin,
    give_story,
    open_forum,
    show,
    topic_of,
)
from tests.walking import is_wagtails_admin, routes

STATES = [state for state in State.values if state != State.DRAFT]
CLOSED = [State.PENDING, State.PUBLISHED, State.HIDDEN]


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
        self.rooms = {
            Audience.PUBLIC: open_forum("aabent"),
            Audience.ROOM: open_forum("lukket", audience=Audience.ROOM),
            Audience.COUNCIL: open_forum("raad", audience=Audience.COUNCIL),
        }
        for state in STATES:
            self.grow("story", state, Audience.PUBLIC)
            self.grow("post", state, Audience.PUBLIC)
        for audience in (Audience.ROOM, Audience.COUNCIL):
            for state in CLOSED:
                self.grow("post", state, audience)

    def grow(self, kind: str, state: str, audience: str) -> None:
        def words(column: str) -> str:
            plant = Plant(kind, state, audience, column)
            self.where[secret(plant)] = plant
            return secret(plant)

        text, title, alias = words("text"), words("title"), words("alias")
        if kind == "story":
            scopes = {Scope.ANALYSE} if state == State.KEPT else ALL_SCOPES
            received = give_story(
                text, title=title, email=f"{words('email')}@x.example", scopes=scopes
            )
        else:
            received = begin(self.rooms[audience], text, title=title, alias=alias)
            topic = topic_of(received)
            self.topics.append((self.rooms[audience].slug, topic.pk))
        self.ids.append(received.contribution.public_id)
        self.bring(received, state, words("message"), words("report"), words("appeal"))

    def bring(self, received: Received, state: str, message: str, report: str, plea: str) -> None:
        story, host = received.contribution, self.cast.host
        why = {"by": host, "reason": Reason.NAMES_OTHERS, "message": message}
        match state:
            case State.PUBLISHED | State.HIDDEN:
                show(story, by=host)
                say_to(story, submission_id=report, reason="tone", text=report)
            case State.APPROVED:
                operations.approve(story, by=host, publish_at=timezone.now(), message=message)
            case State.KEPT:
                operations.revoke_consent(story, Scope.SHOW)
                operations.keep(story, by=host, message=message)
            case State.RETURNED:
                operations.return_to_author(story, **why)
            case State.DECLINED:
                operations.decline(story, **why)
            case State.WITHDRAWN | State.ERASED:
                show(story, by=host)
                operations.withdraw(story)
        if state == State.HIDDEN:
            operations.hide(story, **why)
        if state == State.ERASED:
            operations.erase(story)
        decision = decision_to_appeal(Contribution.objects.get(pk=story.pk))
        if decision is not None:
            appeal(decision, text=plea)


def may_read(name: str, path: str, plant: Plant) -> bool:
    """The rule in plain words, written independently of the code it judges."""
    own_words = plant.column in {"text", "title", "alias"}
    at_the_desk = path.startswith("/vaert/") and name in {"host", "second_host"}
    if at_the_desk and plant.audience == Audience.PUBLIC and plant.state in HOSTS_READ:
        return plant.column != "email"
    if plant.state != State.PUBLISHED or not own_words:
        return False
    if plant.audience == Audience.PUBLIC:
        return True
    in_the_house = name not in {STRANGER_NAME, "citizen", "relative", "host_without_second_factor"}
    return plant.audience == Audience.COUNCIL and in_the_house


def addresses(garden: Garden, name: str) -> Iterator[str]:
    """Every GET address of the product, filled with every planted row it could mean."""
    values: dict[str, list[str]] = {
        "public_id": garden.ids,
        "slug": ["borgeren-i-centrum", "privatliv"],
        "code": ["2.3"],
        "forum": sorted({slug for slug, _ in garden.topics}),
        "number": ["1"],
        "scope": ["show"],
        "page": ["1"],
        "pk": ["1"],
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
        elif "public_id" in names:
            for public_id in garden.ids:
                yield route.fill(public_id=public_id, scope="show", number=1, pk=1)
        elif "forum_slug" in names:
            for forum in values["forum"]:
                yield route.fill(forum_slug=forum, topic_id=1, slug="x", number=1)
        else:
            yield route.fill(**{n: values.get(n, ["1"])[0] for n in names})


@pytest.mark.django_db
@pytest.mark.parametrize("name", [STRANGER_NAME, *PEOPLE])
def test_nobody_finds_a_word_that_is_not_theirs_to_read(
    house: None, cast: Cast, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    garden = Garden(cast)
    note_decisions()
    send_letters()
    client: Client = cast.client(name)
    found, visited = [], 0
    for path in addresses(garden, name):
        response = client.get(path, follow=True)
        assert response.status_code < 500, path
        visited += 1
        body = response.getvalue().decode(errors="replace") + str(response.headers)
        if "zq" not in body:
            continue
        final = response.request["PATH_INFO"]
        found += [
            f"{path}: {word}"
            for word, plant in garden.where.items()
            if word in body and not may_read(name, final, plant)
        ]
    assert found == []
    assert visited > 100
    said = caplog.text + "".join(m.subject + str(m.body) for m in mail.outbox)
    assert [word for word in garden.where if word in said] == []
