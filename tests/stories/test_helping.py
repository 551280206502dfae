"""Somebody holds the pen: the words, the voice, the yes and the code belong to the one who tells."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cocreate.contributions.models import Contribution, GivenHow, Helper, VoiceRole
from cocreate.contributions.viewer import Viewer
from cocreate.stories import drafts
from cocreate.stories.models import About, Draft, Story
from tests.cast import Cast, show
from tests.stories.pages import TELL, code_on, filled, forms_in
from tests.stories.test_guide import NAMES, SEND, START, TOPIC, USE, WORDS, press

HELPER = "/fortael/hjaelper/"
TEXT = "Hun ringede aldrig tilbage."
HELPED: dict[str, dict[str, Any]] = {
    START: {"about": "helping"},
    HELPER: {"told_by": "self", "helper": "volunteer"},
    WORDS: {"text": TEXT},
    TOPIC: {},
    NAMES: {},
    USE: {"consents": ["show", "analyse"], "given_how": "spoken"},
    SEND: {"read_back": "on"},
}


def help_somebody(client: Client, until: str = SEND, **changed: Any) -> HttpResponse:
    for where, answers in HELPED.items():
        said = {**answers, **changed.get(where, {})}
        offered = forms_in(client.get(where)).choices
        if "helper" in said and "helper" not in offered:
            del said["helper"]
        answer = press(client, where, **said)
        if where == until:
            return answer
    raise AssertionError(until)


@pytest.mark.parametrize(
    ("told_by", "role"), [("self", VoiceRole.CITIZEN), ("relative", VoiceRole.RELATIVE)]
)
def test_the_voice_is_that_of_the_one_who_tells(stranger: Client, told_by: str, role: str) -> None:
    receipt = help_somebody(stranger, **{HELPER: {"told_by": told_by}})
    story = Story.objects.get()
    assert (story.about, story.role, story.helper) == (told_by, role, Helper.VOLUNTEER)
    assert story.versions.get().text == TEXT
    assert len(code_on(receipt)) == 7
    assert receipt.context["helped"]


def test_who_tells_alone_meets_nothing_of_it(stranger: Client) -> None:
    press(stranger, START, about="self")
    assert stranger.get(HELPER).status_code == 302
    press(stranger, WORDS, text=TEXT)
    for where in (TOPIC, NAMES):
        press(stranger, where)
    assert "given_how" not in filled(stranger.get(USE), USE)
    press(stranger, USE, consents=["show"])
    assert "read_back" not in forms_in(stranger.get(SEND)).choices
    press(stranger, SEND)
    story = Story.objects.get()
    assert story.helper == Helper.NONE
    assert story.consents.get().given_how == GivenHow.WEB


@pytest.mark.parametrize("how", ["spoken", "signed"])
def test_each_yes_says_how_it_was_given(stranger: Client, how: str) -> None:
    help_somebody(stranger, **{USE: {"given_how": how}})
    consents = Story.objects.get().consents.all()
    assert {(row.scope, row.given_how) for row in consents} == {("show", how), ("analyse", how)}


def test_a_yes_without_how_it_was_given_is_not_sent(stranger: Client) -> None:
    answer = help_somebody(stranger, until=USE, **{USE: {"given_how": None}})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"given_how"}
    answer = press(stranger, SEND, read_back="on")
    assert answer.status_code == 422
    assert [page.name for page, _why in answer.context["elsewhere"]] == ["brug"]
    assert not Contribution.objects.exists()


def test_nothing_ticked_needs_no_way_of_saying_yes(stranger: Client) -> None:
    asked = help_somebody(stranger, **{USE: {"consents": [], "given_how": None}})
    assert asked.status_code == 422
    answer = stranger.post(SEND, filled(asked, SEND, without_use="1"))
    assert len(code_on(answer)) == 7
    assert not Story.objects.get().consents.exists()


def test_a_box_ticked_when_asked_again_needs_one(stranger: Client) -> None:
    asked = help_somebody(stranger, **{USE: {"consents": [], "given_how": None}})
    refused = stranger.post(SEND, filled(asked, SEND, consents=["show"]))
    assert refused.status_code == 422 and not Contribution.objects.exists()
    assert press(stranger, USE, given_how="signed").status_code == 303
    press(stranger, SEND, read_back="on")
    assert Story.objects.get().consents.get().given_how == GivenHow.SIGNED


def test_it_is_read_aloud_before_it_is_sent(stranger: Client) -> None:
    answer = help_somebody(stranger, **{SEND: {"read_back": None}})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"read_back"}
    assert TEXT in answer.content.decode()
    assert not Contribution.objects.exists()
    # It is asked each time the page is opened: other words may stand there now.
    assert "read_back" not in filled(stranger.get(SEND), SEND)


def test_who_helps_is_asked_and_has_to_be_answered(stranger: Client) -> None:
    answer = help_somebody(stranger, until=HELPER, **{HELPER: {"helper": None}})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"helper"}


@pytest.mark.parametrize("name", ["citizen", "staff", "host"])
def test_the_account_that_helps_is_not_the_author(cast: Cast, name: str) -> None:
    client = cast.client(name)
    press(client, START, about="helping")
    draft = Draft.objects.get()
    assert draft.author is None
    assert str(cast.accounts[name].pk) not in [*drafts.answers_of(draft).get("_speaker", [])]
    for where, answers in list(HELPED.items())[1:]:
        offered = forms_in(client.get(where)).choices
        press(client, where, **{key: said for key, said in answers.items()
                                if key != "helper" or key in offered})  # fmt: skip
    story = Story.objects.get()
    assert (story.author, story.role, story.alias) == (None, VoiceRole.CITIZEN, None)
    assert story.helper == (Helper.VOLUNTEER if name == "citizen" else Helper.STAFF)
    assert client.get("/min/").content.decode().count(story.public_id) == 0


def test_a_councillor_speaks_for_nobody_else(cast: Cast) -> None:
    client = cast.client("politician")
    assert "about" not in forms_in(client.get(START)).choices


def test_staff_who_begin_in_their_own_name_and_then_help_are_no_author(cast: Cast) -> None:
    client = cast.client("staff")
    press(client, START, about="work")
    press(client, f"{START}?tilbage=1", about="helping")
    assert not drafts.answers_of(Draft.objects.get())["_speaker"]
    help_somebody_from_here(client)
    assert Story.objects.get().author is None


def help_somebody_from_here(client: Client) -> None:
    press(client, HELPER, told_by="self")
    for where, answers in list(HELPED.items())[2:]:
        press(client, where, **answers)


def test_an_account_that_turns_to_helping_lets_go_of_the_draft(cast: Cast) -> None:
    client = cast.client("citizen")
    press(client, START, about="self")
    assert Draft.objects.get().author == cast.citizen
    press(client, f"{START}?tilbage=1", about="helping")
    assert Draft.objects.get().author is None
    assert not drafts.own(Viewer(user=cast.citizen)).exists()


def test_a_first_page_sent_twice_is_one_draft(cast: Cast) -> None:
    client = cast.client("citizen")
    page = client.get(START)
    for _ in range(2):
        assert client.post(START, filled(page, START, about="helping")).status_code == 303
    assert Draft.objects.count() == 1


def test_after_done_the_helper_finds_nothing(cast: Cast) -> None:
    client = cast.client("staff")
    receipt = help_somebody(client)
    client.post("/kode/luk/", filled(receipt, "/kode/luk/"))
    assert TEXT not in client.get("/kode/mine/", follow=True).content.decode()
    assert not Viewer.of(client.get("/kode/").wsgi_request).receipts


def test_the_story_says_that_there_was_a_helper_and_not_who(stranger: Client, cast: Cast) -> None:
    help_somebody(stranger)
    story = show(Contribution.objects.get(), by=cast.host)
    for where in (f"/fortaellinger/{story.public_id}/", "/fortaellinger/"):
        said = stranger.get(where).content.decode()
        assert "en hjælper" in said or "a helper" in said
        assert str(Helper.VOLUNTEER.label) not in said
    desk = cast.client("host").get(f"/vaert/{story.public_id}/").content.decode()
    assert str(Helper.VOLUNTEER.label) in desk


def test_all_on_one_page_is_for_who_tells_alone(stranger: Client) -> None:
    page = stranger.get(TELL)
    assert About.HELPING not in forms_in(page).choices["about"]
    sent = {**filled(page, text=TEXT, consents=["show"]), "about": "helping"}
    assert stranger.post(TELL, sent).status_code == 422
    assert not Contribution.objects.exists()


def test_the_one_who_tells_goes_on_with_the_code_on_their_own_phone(
    stranger: Client, cast: Cast
) -> None:
    staff = cast.client("staff")
    help_somebody(staff, until=WORDS)
    code = " ".join(code_on(staff.get(TOPIC)))
    stranger.get("/kode/")
    stranger.post("/kode/", filled(stranger.get("/kode/"), "/kode/", code=code))
    press(stranger, USE, consents=["show"], given_how="spoken")
    press(stranger, SEND, read_back="on")
    assert Story.objects.get().helper == Helper.STAFF
