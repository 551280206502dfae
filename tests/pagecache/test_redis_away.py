"""Redis is away: pages are made anew, forms are taken in, hosts decide. Nobody notices but by time."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.core.cache import cache, caches
from django.test import Client, override_settings

from cocreate.contributions.models import Contribution
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide
from cocreate.pagecache import redis_away
from cocreate.pagecache.models import kept_pages
from tests.cast import Cast, give_story, show
from tests.run import free_port, redis
from tests.stories.pages import tell

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def kept_at(address: str) -> override_settings:
    backend = "cocreate.pagecache.redis_away.PatientRedis"
    names = ("default", "pages")
    return override_settings(
        CACHES={
            name: {"BACKEND": backend, "LOCATION": address, "KEY_PREFIX": name} for name in names
        }
    )


@pytest.fixture
def away() -> Iterator[None]:
    with kept_at(f"redis://127.0.0.1:{free_port()}/0"):
        yield


def test_pages_and_forms_go_on(away: None, house: None) -> None:
    assert [Client().get("/fortaellinger/").status_code for _reader in "ab"] == [200, 200]
    assert tell(Client(), "Jeg vil bo.", consents=["show"]).status_code == 200
    assert Contribution.objects.count() == 1


def test_a_host_decides_and_the_page_changes(away: None, house: None, cast: Cast) -> None:
    story = give_story().contribution
    show(story, by=cast.host)
    address = f"/fortaellinger/{story.public_id}/"
    assert Client().get(address).status_code == 200
    hide(story, by=cast.host, reason=Reason.HATE, message="Vi ser på den.")
    assert Client().get(address).status_code == 404


def test_all_that_a_cache_does_is_a_miss(away: None) -> None:
    cache.set("a", 1)
    cache.set_many({"a": 1, "b": 2})
    assert cache.add("a", 1) is True
    assert (cache.get("a"), cache.get("a", 7), cache.get_many(["a"])) == (None, 7, {})
    assert not cache.has_key("a")
    assert not cache.touch("a")
    assert not cache.delete("a")
    cache.delete_many(["a"])
    assert not cache.clear()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_one_that_never_answers_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as stack:
        deaf = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        stack.enter_context(kept_at(f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"))
        asked: list[float] = []
        waited = redis_away.PatientClient._or

        def counted(self: redis_away.PatientClient, answer: object, *rest: object) -> object:
            started = time.monotonic()
            found = waited(self, answer, *rest)  # type: ignore[arg-type]
            asked.append(time.monotonic() - started)
            return found

        monkeypatch.setattr(redis_away.PatientClient, "_or", counted)
        for _look in range(20):
            cache.get("a")
        assert sum(seconds > 0.1 for seconds in asked) == 1


def test_it_is_used_again_when_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_away, "PAUSE_SECONDS", 0.0)
    with redis() as address, kept_at(address):
        assert caches["pages"] is not None
        for _try in range(50):
            kept_pages.set("a", "kept")
            if kept_pages.get("a") == "kept":
                break
            time.sleep(0.1)
        assert kept_pages.get("a") == "kept"
        assert cache.get("a") is None
