"""An author's own copy, erasing for ever, and an account that takes what a code opens."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from cocreate.contributions.models import Contribution, Receipt, State, TextVersion
from cocreate.contributions.viewer import Viewer
from cocreate.moderation import operations, thread
from cocreate.moderation.appeals import appeal
from cocreate.moderation.models import Appeal, Reason
from cocreate.stories.models import Draft
from tests.cast import Cast, give_story, open_in, show
from tests.moderation.pages.acts import now, of, opened, press
from tests.stories.pages import filled

pytestmark = pytest.mark.django_db
COPY, ADOPT = "/kode/kopi/", "/kode/min-konto/"


def fetch(client: Client, kind: str, address: str = COPY) -> object:
    return press(client, address, **{"as": kind})


def test_the_copy_holds_everything(cast: Cast, stranger: Client) -> None:
    story = show(received := give_story("Zqtekst.", alias="Zqnavn"), by=cast.host)
    thread.write(story, text="Zqbesked.", submission_id="a")
    hiding = operations.hide(story, by=cast.host, reason=Reason.HATE, message="Zqbrev.")
    appeal(hiding, text="Zqklage.")
    Draft.objects.create(
        seal="s",
        receipt=received.contribution.receipt,
        answers=json.dumps({"text": ["Zqkladde."]}),
        begun_at=timezone.now(),
        saved_at=timezone.now(),
    )
    opened(received, stranger)
    for kind in ("html", "json"):
        answer = fetch(stranger, kind)
        words = answer.content.decode()  # type: ignore[attr-defined]
        wanted = ("Zqtekst.", "Zqnavn", "Zqbesked.", "Zqbrev.", "Zqklage.", "Zqkladde.")
        assert [word for word in wanted if word not in words] == []
        assert answer["Cache-Control"] == "no-store"  # type: ignore[index]
        assert answer["Content-Disposition"] == f'attachment; filename="kopi.{kind}"'  # type: ignore[index]
        assert cast.host.get_full_name() not in words
    assert len(json.loads(words)["contributions"][0]["consents"]) == 4


def test_nothing_of_anothers_is_in_it_and_without_a_code_there_is_none(stranger: Client) -> None:
    give_story("Zqfremmed.")
    opened(give_story("Min egen."), stranger)
    words = fetch(stranger, "json").content.decode()  # type: ignore[attr-defined]
    assert "Min egen." in words and "Zqfremmed." not in words
    nobody = Client()
    nobody.get("/kode/")
    assert nobody.post(COPY, {"as": "json"})["Location"] == "/kode/?igen=1"
    assert Client().post("/min/kopi/", {"as": "json"}).status_code == 302


def test_words_cannot_become_markup_in_the_copy(stranger: Client) -> None:
    opened(give_story("<script>alert(1)</script>"), stranger)
    assert "<script>" not in fetch(stranger, "html").content.decode()  # type: ignore[attr-defined]


def test_an_account_fetches_its_own(cast: Cast) -> None:
    give_story("Under kontoen.", viewer=Viewer(user=cast.citizen))
    words = fetch(cast.client("citizen"), "json", "/min/kopi/")
    assert "Under kontoen." in words.content.decode()  # type: ignore[attr-defined]


def test_erased_for_ever_leaves_no_word_and_no_code(cast: Cast, stranger: Client) -> None:
    story = show(received := give_story(email="kim@example.com"), by=cast.host)
    appeal(operations.hide(story, by=cast.host, reason=Reason.HATE, message="N."), text="Hvorfor?")
    answer = press(opened(received, stranger), of(received, "erase"))
    assert answer["Location"] == "/kode/slettet/"
    assert stranger.get("/kode/slettet/").status_code == 200
    assert now(story).state == State.ERASED
    assert not Receipt.objects.exists()
    assert not TextVersion.objects.filter(text__isnull=False).exists()
    assert Appeal.objects.get().text is None
    assert not story.decisions.filter(message__isnull=False).exists()


def test_pressed_twice_it_is_erased_once(stranger: Client) -> None:
    received = give_story()
    address = of(received, "erase")
    form = filled(opened(received, stranger).get(address), address)
    assert [stranger.post(address, form)["Location"] for _twice in range(2)] == [
        "/kode/slettet/",
        "/kode/slettet/",
    ]
    assert received.contribution.decisions.filter(outcome="erased").count() == 1


def test_a_draft_under_the_same_code_is_left_where_it_is(stranger: Client) -> None:
    received = give_story()
    Draft.objects.create(
        seal="s",
        receipt=received.contribution.receipt,
        answers="{}",
        begun_at=timezone.now(),
        saved_at=timezone.now(),
    )
    press(opened(received, stranger), of(received, "erase"))
    assert Draft.objects.exists() and Receipt.objects.exists()


def test_nobody_else_erases_it(cast: Cast) -> None:
    received = give_story()
    for name in ("citizen", "host", "staff"):
        client = cast.client(name)
        assert client.get(of(received, "erase")).status_code == 404
        assert client.post(of(received, "erase")).status_code == 404
    assert now(received.contribution).state == State.PENDING


def test_an_account_takes_what_a_code_opens_and_lets_go_of_it(cast: Cast) -> None:
    received = give_story("Min tekst.")
    client = opened(received, cast.client("citizen"))
    assert press(client, ADOPT)["Location"] == "/min/"
    story = now(received.contribution)
    assert story.author == cast.citizen
    assert "Min tekst." in client.get("/min/").content.decode()
    assert press(client, of(received, "let_go"))["Location"] == "/kode/mine/"
    assert now(story).author is None and now(story).receipt is not None


def test_looking_at_the_question_takes_nothing(cast: Cast) -> None:
    received = give_story()
    client = opened(received, cast.client("citizen"))
    page = client.get(ADOPT)
    assert cast.citizen.email in page.content.decode()
    assert now(received.contribution).author is None


@pytest.mark.parametrize("name", ["staff", "host", "politician"])
def test_who_speaks_in_their_own_name_takes_nobodys(cast: Cast, name: str) -> None:
    received = give_story()
    client = opened(received, cast.client(name))
    assert ADOPT not in client.get("/kode/mine/").content.decode()
    client.post(ADOPT)
    assert now(received.contribution).author is None


def test_an_account_takes_nothing_from_another(cast: Cast) -> None:
    received = give_story(viewer=Viewer(user=cast.relative))
    client = cast.client("citizen")
    receipt = received.contribution.receipt
    assert receipt is not None
    open_in(client, receipt)
    client.post(ADOPT)
    assert now(received.contribution).author == cast.relative


def test_it_is_let_go_only_while_its_code_is_open(cast: Cast) -> None:
    received = give_story(viewer=Viewer(user=cast.citizen))
    client = cast.client("citizen")
    assert client.post(of(received, "let_go")).status_code == 409
    assert Contribution.objects.get().author == cast.citizen
    assert cast.client("relative").get(of(received, "let_go")).status_code == 404
