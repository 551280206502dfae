"""No public answer tells on which day a story was sent or shown: not on a page, in a header, in a
machine's file (trust requirement 5). And between a host's yes and the page lies a random time."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.http import http_date

from cocreate.contributions.models import Contribution, State
from cocreate.moderation.operations import publish_due
from cocreate.pagecache.models import bump
from cocreate.revisions.models import Outcome
from cocreate.stories.models import Selection, Story
from cocreate.themes.models import Theme
from tests.cast import Cast, begin, give_story, open_forum, show
from tests.revisions.conftest import Council
from tests.revisions.conftest import adopted_for_real as adopted_for_real
from tests.revisions.conftest import council as council
from tests.stories.selecting import selection

HERE = ZoneInfo("Europe/Copenhagen")
# Days and minutes that nothing else in the place has.
SENT = datetime(2026, 2, 17, 3, 41, 23, tzinfo=HERE)
SHOWN = datetime(2026, 2, 23, 4, 52, 37, tzinfo=HERE)
NOW = datetime(2026, 6, 9, 12, 0, tzinfo=HERE)


def spelt(at: datetime) -> set[str]:
    """The ways in which our pages, files and headers could write the day or the time."""
    found = {
        at.date().isoformat(),
        f"{at:%Y%m%d}",
        f"{at:%d.%m.%Y}",
        f"{at:%d-%m-%Y}",
        f"{at:%d/%m/%Y}",
        f"{at:%H:%M}",
        f"{at:%H.%M}",
        f"{at.astimezone(ZoneInfo('UTC')):%H:%M}",
        http_date(at.timestamp())[5:16],
        str(int(at.timestamp())),
    }
    for language in ("da", "en"):
        with translation.override(language):
            for wanted in ("j. F", "j F", "F j", "jS", "j. M", "M j"):
                found.add(date_format(at, wanted))
    return {words.lower() for words in found}


CANARIES = spelt(SENT) | spelt(SHOWN)


@pytest.fixture
def told(council: Council, theme: Theme) -> Contribution:
    """A story that stands everywhere a story can stand."""
    with time_machine.travel(SENT, tick=False):
        received = give_story(
            "Vi ventede. Så kom der en.",
            title="Om at vente",
            theme=theme,
            guidelines=theme.guidelines.all()[:1],
        )
    with time_machine.travel(SHOWN, tick=False):
        story = show(received, by=council.cast.host)
    Story.objects.filter(pk=story.pk).update(listed=True)
    with time_machine.travel(NOW - timedelta(days=5), tick=False):
        insight = council.insight(received.version)
        council.decides(council.wants(insights=(insight,)), Outcome.ADOPTED)
        selection(story, by=council.cast.host, days=4)
    bump("site", "stories", "strategy", "insights", "amendments")
    return story


ADDRESS = re.compile(r'(?:href|src)="(/[^"#]*)"|<loc>http://testserver(/[^<]*)</loc>')
# Where an insight and an outcome stand that the story is behind.
ABOVE = ("/indsigter/", "/hvad-blev-der-ud-af-det/")
READ_BY_MACHINES = ("/sitemap.xml", "/robots.txt")


def test_no_public_answer_has_a_finer_date_than_the_month(told: Contribution) -> None:
    """Follows every link of a stranger from the pages where the story stands."""
    client, seen, found = Client(), set(), []
    waiting = [
        reverse("stories"),
        reverse("story", args=[told.public_id]),
        Selection.objects.get().get_absolute_url(),
        *READ_BY_MACHINES,
        *ABOVE,
        "/",
    ]
    stood_on = set()
    with time_machine.travel(NOW, tick=False):
        while waiting:
            where = waiting.pop()
            if where in seen or where.startswith(("/static/", "/konto/", "/medier/")):
                continue
            seen.add(where)
            answer = client.get(where)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = body.decode(errors="replace")
            headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
            said = re.sub(r"csrfmiddlewaretoken[^>]*|\s+", " ", f"{text}\n{headers}").lower()
            found += [
                (where, words)
                for words in CANARIES
                if re.search(rf"(?<![\w.]){re.escape(words)}(?!\w)", said)
            ]
            assert "Last-Modified" not in answer.headers, where
            if told.public_id in text:
                stood_on.add(where.partition("?")[0])
            for pair in ADDRESS.findall(text):
                waiting.append((pair[0] or pair[1]).replace("&amp;", "&"))
    assert found == []
    theme = told.theme
    assert theme is not None
    # It was looked for where it stands.
    assert {"/sitemap.xml", reverse("stories"), theme.get_absolute_url()} <= stood_on
    for above in ("/fortaellinger/udvalg/", "/indsigter/", "/retningslinjer/"):
        assert any(where.startswith(above) and where != above for where in stood_on), above


def test_the_canaries_would_be_found() -> None:
    """The same words in the shapes that pages use elsewhere."""
    with translation.override("da"):
        assert date_format(SENT, "j. F Y").lower().startswith(date_format(SENT, "j. F").lower())
    assert SENT.date().isoformat() in CANARIES
    assert "17 feb 2026" in CANARIES


# --- the random time --------------------------------------------------------------------------------


def approve(client: Client, story: Contribution) -> None:
    client.post(
        f"/vaert/{story.public_id}/",
        {"outcome": "published", "reason": "", "message": "", "wording": "1"},
    )
    story.refresh_from_db()


def test_an_approved_story_is_shown_at_a_random_time(cast: Cast, settings: object) -> None:
    settings.STORY_DELAY_HOURS = 48  # type: ignore[attr-defined]
    host, waits = cast.client("host"), []
    for number in range(8):
        sent = SENT + timedelta(minutes=number)
        with time_machine.travel(sent, tick=False):
            story = give_story().contribution
        with time_machine.travel(sent + timedelta(hours=5), tick=False):
            approve(host, story)
            assert story.state == State.APPROVED
            assert story.publish_at is not None
            wait = story.publish_at - timezone.now()
            assert timedelta() <= wait <= timedelta(hours=48)
            waits.append(wait)
    # Sent and approved at the same pace, and still in no order and at no distance of their own.
    gaps = {later - earlier for earlier, later in zip(waits, waits[1:], strict=False)}
    assert len(set(waits)) == 8
    assert len(gaps) == 7
    assert max(waits) - min(waits) > timedelta(hours=4)


def test_it_is_read_by_nobody_before_that_time(cast: Cast, settings: object) -> None:
    settings.STORY_DELAY_HOURS = 48  # type: ignore[attr-defined]
    story = give_story().contribution
    approve(cast.client("host"), story)
    where, stranger = f"/fortaellinger/{story.public_id}/", Client()
    publish_due()
    assert stranger.get(where).status_code == 404
    assert story.publish_at is not None
    with time_machine.travel(story.publish_at + timedelta(seconds=1), tick=False):
        publish_due()
        caches["default"].clear()
        assert stranger.get(where).status_code == 200


def test_a_post_waits_for_nobody(cast: Cast, settings: object) -> None:
    settings.STORY_DELAY_HOURS = 48  # type: ignore[attr-defined]
    post = begin(open_forum()).contribution
    approve(cast.client("host"), post)
    assert post.state == State.PUBLISHED
