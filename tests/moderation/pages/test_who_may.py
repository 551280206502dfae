"""Each page as each of the cast: who may, and what the others are told."""

import pytest
from django.test import Client

from cocreate.contributions.models import State
from cocreate.moderation.models import Decision
from tests.cast import Cast, give_story
from tests.moderation.pages.acts import now, of, opened

HOSTS = ("host", "second_host")
OTHERS = (
    "stranger", "citizen", "relative", "staff", "politician", "editor",
    "host_without_second_factor",
)  # fmt: skip
DESK_PAGES = ("desk_item", "desk_finding", "desk_reports", "desk_appeal")
OWN_PAGES = (("reword", ()), ("appeal", ()), ("withdraw", ()), ("revoke_consent", ("show",)))


@pytest.mark.parametrize("name", HOSTS)
def test_hosts_with_a_second_factor_sit_at_the_desk(cast: Cast, name: str) -> None:
    client = cast.client(name)
    assert client.get("/vaert/").status_code == 200
    assert client.get(of(give_story(), "desk_item")).status_code == 200
    assert client.get("/en/vaert/").status_code == 200


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_reads_or_decides_there(cast: Cast, name: str) -> None:
    received = give_story("Plantet.", title="Plantet.")
    client = cast.client(name)
    more = {"desk_finding": ("1",)}
    for page in DESK_PAGES:
        address = of(received, page, *more.get(page, ()))
        for answer in (
            client.get(address, follow=True),
            client.get(f"/en{address}", follow=True),
            client.post(address, {"outcome": "published", "wording": "1"}, follow=True),
        ):
            assert "Plantet." not in answer.content.decode()
            assert "desk-item" not in answer.content.decode()
    assert "desk-queue" not in client.get("/vaert/", follow=True).content.decode()
    assert now(received.contribution).state == State.PENDING
    assert not Decision.objects.exists()


def test_the_views_of_the_desk_do_not_lean_on_the_door_alone(cast: Cast, settings: object) -> None:
    """With the middleware gone, only a host's own page is there."""
    middleware = [name for name in settings.MIDDLEWARE if "SecondFactor" not in name]  # type: ignore[attr-defined]
    settings.MIDDLEWARE = middleware  # type: ignore[attr-defined]
    received = give_story()
    for name in OTHERS:
        client = cast.client(name)
        assert client.get("/vaert/").status_code == 404
        assert client.get(of(received, "desk_item")).status_code == 404
    assert cast.client("host").get("/vaert/").status_code == 200


@pytest.mark.parametrize("name", [*OTHERS, *HOSTS])
def test_what_somebody_else_gave_is_nobodys_to_change(cast: Cast, name: str) -> None:
    received = give_story("Plantet.", title="Plantet.")
    client = cast.client(name)
    expected = 302 if name == "stranger" else 404
    for page, more in OWN_PAGES:
        address = of(received, page, *more)
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == expected
            assert "Plantet." not in answer.content.decode()
    assert now(received.contribution).state == State.PENDING
    assert received.contribution.consents.active().count() == 4


def test_a_stranger_is_asked_for_the_code_whatever_is_behind_the_address() -> None:
    addresses = [of_any(page, more) for page, more in OWN_PAGES]
    assert {Client().get(address)["Location"] for address in addresses} == {"/kode/?igen=1"}


def of_any(page: str, more: tuple[str, ...]) -> str:
    return f"/kode/{'u' * 24}/ret/" if page == "reword" else f"/kode/{'u' * 24}/traek-tilbage/"


@pytest.mark.parametrize("page", [name for name, _more in OWN_PAGES])
def test_the_one_who_holds_the_code_may(cast: Cast, page: str) -> None:
    received = give_story()
    more = dict(OWN_PAGES)[page]
    assert opened(received, Client()).get(of(received, page, *more)).status_code == 200


def test_the_one_who_wrote_it_may_with_the_account_too(cast: Cast) -> None:
    received = give_story(viewer=cast.viewer("citizen"))
    client = cast.client("citizen")
    for page, more in OWN_PAGES:
        assert client.get(of(received, page, *more)).status_code == 200
    assert cast.client("relative").get(of(received, "withdraw")).status_code == 404


def test_a_code_opened_in_one_browser_opens_nothing_in_another(cast: Cast) -> None:
    received = give_story("Min.")
    opened(received, Client())
    assert "Min." not in Client().get("/kode/mine/", follow=True).content.decode()
