"""Bulk voices for measuring: many rows, the same columns as real ones, words of no meaning.

Rows go in as waiting and are then shown in bulk, so that the database guards judge them too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from secrets import token_hex

from django.db import connection, transaction
from django.utils import timezone

from cocreate.contributions.models import (
    Audience,
    Consent,
    Contribution,
    KindName,
    Room,
    RoomKind,
    Scope,
    State,
    TextVersion,
)
from cocreate.contributions.models.versions import seal_of
from cocreate.forums.models import Forum, Post, Topic
from cocreate.forums.recount import recount_forum, recount_topic
from cocreate.moderation.models import Decision, Outcome, Reason, seal
from cocreate.pagecache.models import bump
from cocreate.stories.models import Story
from cocreate.text.html import to_html
from cocreate.text.stems import stems
from cocreate.themes.models import Theme

BATCH = 500
SENTENCES = (
    "Jeg har ventet længe på et svar.",
    "Vi mødtes om onsdagen og lavede mad sammen.",
    "Det hjalp, at nogen ringede, da de sagde, de ville.",
    "Brevet var svært at forstå.",
    "Min nabo bankede på og spurgte, hvordan det gik.",
    "Der mangler et sted, hvor man bare kan være.",
    "Nu har jeg fået en nøgle, der er min.",
    "Vi skrev ned, hvem der gør hvad.",
)
NAMES = ("Musvit", "Egeblad", "Solsort", "Hyldetræ", "Kastanje", "Blåmejse")


@dataclass(frozen=True)
class Row:
    kind: str
    words: str
    title: str
    alias: str
    at: datetime
    theme: Theme | None
    room: Room | None


def seed_stories(number: int) -> None:
    themes = list(Theme.objects.order_by("number"))
    rows = (
        _row(KindName.STORY, n, title=f"Fortælling {n + 1}", theme=_pick(themes, n))
        for n in range(number)
    )
    for batch in _batches(rows):
        with transaction.atomic():
            parents = _store(batch)
            _children(Story, [(parent.pk, "self") for parent in parents], ("about",))
            _show(parents, batch)
    bump("stories", "site")


def seed_topics(topics: int, posts: int) -> None:
    """`posts` answers shared out evenly over `topics` topics, all in one room per theme."""
    forums = [_forum(theme) for theme in Theme.objects.order_by("number")] or [_forum(None)]
    each = max(1, posts // max(1, topics))
    for number in range(topics):
        forum = forums[number % len(forums)]
        topic = Topic.objects.create(forum=forum)
        rows = [
            _row(
                KindName.POST,
                place,
                title=f"Emne {number + 1}" if place == 0 else "",
                theme=forum.theme,
                room=forum.room,
            )
            for place in range(each)
        ]
        _fill(topic, rows)
    for forum in forums:
        recount_forum(forum.pk)
        bump(f"forum:{forum.slug}", "forums")


def _fill(topic: Topic, rows: list[Row]) -> None:
    place = 0
    for batch in _batches(rows):
        with transaction.atomic():
            parents = _store(batch)
            numbered = [(p.pk, topic.pk, place + n) for n, p in enumerate(parents, 1)]
            _children(Post, numbered, ("topic_id", "number"))
            _show(parents, batch)
            if place == 0:
                Topic.objects.filter(pk=topic.pk).update(opening=parents[0].pk)
            place += len(parents)
    recount_topic(topic.pk)


def _row(
    kind: str, n: int, *, title: str, theme: Theme | None = None, room: Room | None = None
) -> Row:
    chance = Random(n)  # noqa: S311 - the same words each time, for comparing runs
    words = " ".join(chance.choice(SENTENCES) for _ in range(chance.randint(2, 12)))
    at = timezone.now() - timedelta(minutes=chance.randint(1, 500_000))
    return Row(kind, words, title, chance.choice(NAMES), at, theme, room)


def _store(rows: Iterable[Row]) -> list[Contribution]:
    parents = Contribution.objects.bulk_create(
        Contribution(
            kind=row.kind,
            submission_digest=token_hex(32),
            theme=row.theme,
            room=row.room,
            audience=row.room.audience if row.room else Audience.PUBLIC,
            submitted_at=row.at,
            state_changed_at=row.at - timedelta(minutes=1),
        )
        for row in rows
    )
    return list(parents)


def _show(parents: list[Contribution], rows: Iterable[Row]) -> None:
    pairs = list(zip(parents, rows, strict=True))
    versions = TextVersion.objects.bulk_create(
        TextVersion(
            contribution=parent,
            number=1,
            title=row.title,
            text=row.words,
            approved_by_author_at=row.at,
            seal=seal_of(row.title, row.words, None),
        )
        for parent, row in pairs
    )
    Decision.objects.bulk_create(
        Decision(
            contribution=parent,
            outcome=Outcome.PUBLISHED,
            reason=Reason.WITHIN_RULES,
            message_seal=seal(""),
            automated=True,
            at=row.at,
        )
        for parent, row in pairs
    )
    Consent.objects.bulk_create(
        Consent(
            contribution=version.contribution,
            text_version=version,
            scope=scope,
            wording_version=1,
            given_at=timezone.now(),
        )
        for version in versions
        for scope in (Scope.SHOW, Scope.ANALYSE)
    )
    for (parent, row), version in zip(pairs, versions, strict=True):
        parent.published_version = version
        parent.published_title, parent.published_text = row.title, row.words
        parent.published_alias = row.alias if row.kind == KindName.POST else ""
        parent.published_html = to_html(row.words)
        parent.published_stems = stems(f"{row.title} {row.words}")
        parent.published_at, parent.state = row.at, State.PUBLISHED
        parent.state_changed_at = row.at
        parent.save()


def _children(
    model: type[Story] | type[Post], rows: Sequence[tuple[str | int, ...]], columns: tuple[str, ...]
) -> None:
    """Django cannot bulk-create the child of a multi-table parent."""
    table = model._meta.db_table
    names = ", ".join(("contribution_ptr_id", *columns))
    marks = ", ".join(["%s"] * (len(columns) + 1))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def _forum(theme: Theme | None) -> Forum:
    found = Forum.objects.filter(theme=theme, room__audience=Audience.PUBLIC).first()
    if found:
        return found
    room = Room.objects.create(kind=RoomKind.FORUM, audience=Audience.PUBLIC)
    slug = f"rum-{theme.slug}" if theme else "rum"
    return Forum.objects.create(room=room, slug=slug, title=slug.capitalize(), theme=theme)


def _pick(themes: list[Theme], n: int) -> Theme | None:
    return themes[n % len(themes)] if themes else None


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
