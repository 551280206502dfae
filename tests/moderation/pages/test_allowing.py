"""A yes that comes later, and the name that stands with a story."""

import pytest
from django.test import Client
from django.urls import reverse

from cocreate.contributions.models import Consent, Contribution, Scope, State
from cocreate.moderation import editing, operations
from cocreate.moderation.models import Finding
from cocreate.stories.models import NameLevel, Story
from tests.cast import Cast, begin, give_story, open_forum, show
from tests.moderation.pages.acts import now, of, opened, press
from tests.stories.pages import filled

pytestmark = pytest.mark.django_db


def public(story: Contribution) -> str:
    return Client().get(reverse("story", args=[story.public_id])).content.decode()


def test_a_yes_that_comes_later_is_a_new_row_for_the_text_as_it_stands(stranger: Client) -> None:
    received = give_story(scopes=["analyse"])
    answer = press(opened(received, stranger), of(received, "give_consent", "quote"))
    assert answer.status_code == 302
    given = Consent.objects.active().get(scope=Scope.QUOTE)
    assert given.text_version == received.version and given.wording_version == 1
    press(stranger, of(received, "revoke_consent", "quote"))
    press(stranger, of(received, "give_consent", "quote"))
    assert Consent.objects.filter(scope=Scope.QUOTE).count() == 2


def test_said_twice_it_is_one_yes(stranger: Client) -> None:
    received = give_story(scopes=[])
    address = of(received, "give_consent", "show")
    form = filled(opened(received, stranger).get(address), address)
    assert [stranger.post(address, form).status_code for _twice in range(2)] == [302, 302]
    assert Consent.objects.count() == 1


def test_a_story_that_was_kept_waits_for_a_host_again(cast: Cast, stranger: Client) -> None:
    received = give_story(scopes=["analyse"])
    operations.keep(received.contribution, by=cast.host)
    press(opened(received, stranger), of(received, "give_consent", "show"))
    assert now(received.contribution).state == State.PENDING
    show(now(received.contribution), by=cast.host)
    assert now(received.contribution).state == State.PUBLISHED


def test_a_yes_is_to_the_words_that_stood_on_the_page(stranger: Client) -> None:
    received = give_story(scopes=["analyse"])
    address = of(received, "give_consent", "show")
    form = filled(opened(received, stranger).get(address), address)
    press(stranger, of(received, "reword"), text="Andre ord nu.", consents=["analyse"])
    assert stranger.post(address, form).status_code == 409
    assert not Consent.objects.active().filter(scope=Scope.SHOW).exists()


@pytest.mark.parametrize("wording", ["", "x", "-1", "9" * 400, "٣"])
def test_half_a_form_changes_nothing(stranger: Client, wording: str) -> None:
    received = give_story(scopes=[])
    address = of(received, "give_consent", "show")
    form = {**filled(opened(received, stranger).get(address), address), "wording": wording}
    assert stranger.post(address, form).status_code == 409
    assert not Consent.objects.exists()


def test_a_post_has_no_boxes_for_quoting(cast: Cast, stranger: Client) -> None:
    received = begin(open_forum())
    opened(received, stranger)
    assert stranger.get(of(received, "give_consent", "quote")).status_code == 404
    assert stranger.get(of(received, "change_name")).status_code == 404


def test_the_name_comes_off_the_page_at_the_next_request(cast: Cast, stranger: Client) -> None:
    story = show(received := give_story(alias="Rødhals"), by=cast.host)
    Story.objects.update(name_level=NameLevel.NICKNAME)
    assert "Rødhals" in public(story)
    press(opened(received, stranger), of(received, "change_name"), level="none", text="Rødhals")
    assert "Rødhals" not in public(story) and "drikke kaffe" in public(story)
    shown = now(story)
    assert (shown.state, shown.alias) == (State.PUBLISHED, None)
    assert Story.objects.get().name_level == NameLevel.NONE


def test_a_story_whose_name_came_off_can_be_hidden_and_shown_again(
    cast: Cast, stranger: Client
) -> None:
    story = show(received := give_story(alias="Rødhals"), by=cast.host)
    press(opened(received, stranger), of(received, "change_name"), level="none")
    operations.hide(story, by=cast.host, reason="hate", message="Nej.")
    operations.restore(story, by=cast.host)
    assert "drikke kaffe" in public(story) and "Rødhals" not in public(story)


def test_a_new_name_waits_for_a_host(cast: Cast, stranger: Client) -> None:
    story = show(received := give_story(), by=cast.host)
    press(opened(received, stranger), of(received, "change_name"), level="nickname", text="Vibe")
    assert now(story).state == State.PENDING
    assert "drikke kaffe" not in public(story)
    show(now(story), by=cast.host)
    assert "Vibe" in public(story)


def test_the_rules_read_a_new_name(cast: Cast, stranger: Client) -> None:
    received = give_story()
    said = {"level": "nickname", "text": "Ring 40 12 34 56"}
    address = of(received, "change_name")
    asked = press(opened(received, stranger), address, **said)
    assert asked.status_code == 422 and now(received.contribution).alias is None
    if "accepted" in (asked.context or {}):
        form = filled(asked, address, sent_knowingly=asked.context["accepted"])
        stranger.post(address, form)
        assert Finding.objects.filter(in_field="alias").exists()


def test_what_a_host_has_hidden_gets_no_other_name(cast: Cast, stranger: Client) -> None:
    story = show(received := give_story(), by=cast.host)
    operations.hide(story, by=cast.host, reason="hate", message="Nej.")
    address = of(received, "change_name")
    answer = press(opened(received, stranger), address, level="nickname", text="Vibe")
    assert answer.status_code == 409
    assert (now(story).state, now(story).alias) == (State.HIDDEN, None)


def test_a_name_has_to_be_written(stranger: Client) -> None:
    received = give_story()
    answer = press(opened(received, stranger), of(received, "change_name"), level="nickname")
    assert answer.status_code == 422


def test_nobody_else_allows_or_names(cast: Cast) -> None:
    received = give_story()
    for name in ("citizen", "host", "staff"):
        client = cast.client(name)
        for address in (of(received, "give_consent", "show"), of(received, "change_name")):
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404


def test_a_yes_to_a_hosts_words_can_be_regretted_while_a_place_in_them_waits(
    cast: Cast, stranger: Client
) -> None:
    received = give_story()
    words = editing.Words(text="Ring til mig på 40 12 34 56.", title="En nøgle")
    editing.suggest(received.contribution, words=words, message="Sådan?", by=cast.host)
    address = of(received, "suggested_edit")
    press(opened(received, stranger), address, answer="yes")
    assert now(received.contribution).state == State.PENDING
    page = stranger.get("/kode/mine/")
    assert stranger.post(address, filled(page, address, answer="regret")).status_code == 302
    standing = received.contribution.versions.last_approved()
    assert standing is not None and "drikke kaffe" in (standing.text or "")
    assert received.contribution.decisions.filter(outcome="regretted").count() == 1
    assert 'value="regret"' not in stranger.get("/kode/mine/").content.decode()
