"""Taking part: with no account, once, with nothing lost and nothing shown before a host has read."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cocreate.contributions.models import Contribution, Receipt, Scope, State, VoiceRole
from cocreate.forums.models import Forum, Post, Topic
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import decline, hide, publish, return_to_author
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import filled, room_url, same_browser, send, text_of, url_of

pytestmark = pytest.mark.django_db


def code_in(response: Any) -> str:
    return " ".join(response.context["words"])


def test_a_stranger_begins_a_topic_and_gets_a_code(client: Client, room: Forum) -> None:
    response = send(
        client, room_url(room, "nyt-emne"), title="Ni uger", text="Jeg venter.", alias="Vibe"
    )
    assert response.status_code == 200
    assert "data-receipt-code" in text_of(response)
    assert len(response.context["words"]) == 7
    post = Post.objects.get()
    assert (post.state, post.number, post.role) == (State.PENDING, None, VoiceRole.CITIZEN)
    assert set(post.consents.values_list("scope", flat=True)) == {Scope.SHOW, Scope.ANALYSE}


def test_an_answer_needs_nothing_but_its_words(client: Client, topic: Topic) -> None:
    page = client.get(f"{url_of(topic)}svar/")
    only = {"submission_id": page.context["form"]["submission_id"].value(), "text": "Samme her."}
    assert client.post(f"{url_of(topic)}svar/", only).status_code == 200
    assert topic.posts.filter(state=State.PENDING).count() == 1


def test_quoting_needs_the_box(client: Client, topic: Topic) -> None:
    assert "may_quote" not in filled(client, f"{url_of(topic)}svar/")
    send(client, f"{url_of(topic)}svar/", text="Citer mig.", may_quote="on")
    post = topic.posts.get(state=State.PENDING)
    assert post.consents.active().filter(scope=Scope.QUOTE).exists()


def test_what_waits_is_seen_by_its_author_alone(client: Client, cast: Cast, topic: Topic) -> None:
    send(client, f"{url_of(topic)}svar/", text="Kun jeg ser det her.")
    assert "Kun jeg ser det her." in text_of(client.get(url_of(topic)))
    assert "post-wait" in text_of(client.get(url_of(topic)))
    for name in cast.names():
        assert "Kun jeg ser det her." not in text_of(cast.client(name).get(url_of(topic)))


def test_the_author_of_a_waiting_topic_finds_it_again_and_others_do_not(
    client: Client, cast: Cast, room: Forum
) -> None:
    sent = send(client, room_url(room, "nyt-emne"), title="Min nat", text="Jeg sover ikke.")
    assert "Min nat" in text_of(client.get(room_url(room)))
    page = client.get(sent.context["url"], follow=True)
    assert "Jeg sover ikke." in text_of(page)
    assert "Min nat" in text_of(page)
    for name in cast.names():
        stranger = cast.client(name)
        assert "Min nat" not in text_of(stranger.get(room_url(room)))
        elsewhere = stranger.get(sent.context["url"])
        # A host knows that something waits; its words are read at the desk alone.
        assert elsewhere.status_code == (200 if name in {"host", "second_host"} else 404)
        assert "Min nat" not in text_of(elsewhere)
        assert "Jeg sover ikke." not in text_of(elsewhere)


def test_with_an_account_one_sees_what_waits_without_a_code(cast: Cast, topic: Topic) -> None:
    send(cast.client("relative"), f"{url_of(topic)}svar/", text="Fra en mor.", role="relative")
    page = text_of(cast.client("relative").get(url_of(topic)))
    assert "Fra en mor." in page
    assert topic.posts.get(state=State.PENDING).author == cast.relative


@pytest.mark.parametrize("decide", [return_to_author, decline])
def test_who_was_answered_by_a_host_is_told_where_the_answer_is(
    client: Client, cast: Cast, topic: Topic, decide: Any
) -> None:
    send(client, f"{url_of(topic)}svar/", text="Mine ord.")
    post = topic.posts.get(state=State.PENDING)
    decide(post, by=cast.host, reason=Reason.UNCLEAR, message="Hvad mener du?")
    page = client.get(url_of(topic))
    assert page.context["answer_url"] == reverse("receipt")
    assert "Hvad mener du?" not in text_of(page)
    assert not Client().get(url_of(topic)).context["answer_url"]


def test_the_waiting_line_names_the_last_day_until_that_has_passed(topic: Topic) -> None:
    with time_machine.travel("2027-05-10 12:00 +0200", tick=True):
        sender = Client()
        send(sender, f"{url_of(topic)}svar/", text="Hej.")
        assert "12" in _waiting_line(sender, topic)
    receipt = topic.posts.get(state=State.PENDING).receipt
    assert receipt is not None
    with time_machine.travel("2027-05-20 12:00 +0200", tick=True):
        later = Client()
        people.open_in(later, receipt)
        assert _waiting_line(later, topic)
        assert "12" not in _waiting_line(later, topic)


def _waiting_line(client: Client, topic: Topic) -> str:
    page = text_of(client.get(url_of(topic)))
    return page.split("post-wait", 1)[1].split('<p class="small">', 1)[1].split("</p>")[0]


def test_the_same_form_twice_is_one_post_and_the_same_code(client: Client, topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    form = {**filled(client, url), "text": "Kun én gang."}
    first, second = client.post(url, form), same_browser(client).post(url, form)
    assert code_in(first) == code_in(second)
    assert Post.objects.filter(state=State.PENDING).count() == 1
    assert Receipt.objects.count() == 2  # the opening's and this one's


def test_the_same_topic_form_twice_is_one_topic(client: Client, room: Forum) -> None:
    url = room_url(room, "nyt-emne")
    form = {**filled(client, url), "title": "En gang", "text": "Kun én gang."}
    codes = [code_in(same_browser(client).post(url, form)) for _ in range(3)]
    assert len(set(codes)) == 1
    assert (Topic.objects.count(), Post.objects.count()) == (1, 1)


def test_the_form_sent_again_after_it_was_shown_gives_the_same_code(
    client: Client, cast: Cast, topic: Topic
) -> None:
    url = f"{url_of(topic)}svar/"
    form = {**filled(client, url), "text": "Svaret gik tabt undervejs.", "alias": "Terne"}
    code = code_in(client.post(url, form))
    people.show(topic.posts.get(state=State.PENDING), by=cast.host)
    again = same_browser(client).post(url, form)
    assert again.status_code == 200
    assert code_in(again) == code


def test_other_words_after_a_host_has_read_are_kept_and_can_be_sent_as_new(
    client: Client, cast: Cast, topic: Topic
) -> None:
    url = f"{url_of(topic)}svar/"
    form = {**filled(client, url), "text": "Det første."}
    client.post(url, form)
    publish(topic.posts.get(state=State.PENDING), by=cast.host)
    refused = client.post(url, {**form, "text": "Det andet."})
    assert refused.status_code == 409
    assert "Det andet." in text_of(refused)
    fresh = {field.name: field.value() or "" for field in refused.context["form"]}
    assert client.post(url, fresh).status_code == 200
    assert topic.posts.count() == 3


def test_a_form_from_yesterday_keeps_its_words(client: Client, topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    form = {**filled(client, url), "text": "Skrevet i går."}
    client.post(url, form)
    with time_machine.travel("2099-01-01"):
        late = same_browser(client).post(url, form)
    assert late.status_code == 409
    assert "Skrevet i går." in text_of(late)


def test_a_form_without_its_id_keeps_its_words(client: Client, topic: Topic) -> None:
    response = client.post(f"{url_of(topic)}svar/", {"text": "Mine ord."})
    assert response.status_code == 422
    assert "Mine ord." in text_of(response)
    assert response.context["form"]["submission_id"].value()
    assert not topic.posts.filter(state=State.PENDING).exists()


def test_a_stale_token_gives_the_words_back(topic: Topic) -> None:
    browser = Client(enforce_csrf_checks=True)
    url = f"{url_of(topic)}svar/"
    form = {**filled(browser, url), "text": "Mine lange\nord.", "csrfmiddlewaretoken": "x" * 64}
    response = browser.post(url, form)
    assert response.status_code == 403
    assert "Mine lange\nord." in text_of(response)
    assert not topic.posts.filter(state=State.PENDING).exists()


@pytest.mark.parametrize(("field", "words"), [("text", " \n "), ("title", "")])
def test_what_is_missing_is_said_and_the_rest_is_kept(
    client: Client, room: Forum, field: str, words: str
) -> None:
    url = room_url(room, "nyt-emne")
    response = send(client, url, **{"title": "Et emne", "text": "Nogle ord", field: words})
    assert response.status_code == 422
    assert 'role="alert"' in text_of(response)
    assert ("Nogle ord" if field == "title" else "Et emne") in text_of(response)
    assert not Topic.objects.exists()


def test_a_text_that_is_too_long_is_kept_whole(client: Client, topic: Topic) -> None:
    long = "ord " * 2_000
    response = send(client, f"{url_of(topic)}svar/", text=long)
    assert response.status_code == 422
    assert long.strip() in text_of(response)


def test_personal_data_is_asked_about_once_before_anything_is_stored(
    client: Client, topic: Topic
) -> None:
    url = f"{url_of(topic)}svar/"
    asked = send(client, url, text="Ring til mig på 20 30 40 50 i morgen.")
    assert asked.status_code == 422
    assert "20 30 40 50" in text_of(asked)
    assert not topic.posts.filter(state=State.PENDING).exists()
    form = {field.name: field.value() or "" for field in asked.context["form"]}
    knowing = client.post(url, {**form, "sent_knowingly": asked.context["accepted"]})
    assert knowing.status_code == 200
    post = topic.posts.get(state=State.PENDING)
    assert post.versions.get().findings.open().exists()


def test_a_name_that_is_a_number_is_asked_about_too(client: Client, topic: Topic) -> None:
    asked = send(client, f"{url_of(topic)}svar/", text="Hej", alias="20304050")
    assert asked.status_code == 422
    assert not topic.posts.filter(state=State.PENDING).exists()


def test_words_of_concern_are_stored_first_and_then_help_stands_first(
    client: Client, topic: Topic
) -> None:
    words = "Nogle nætter tænker jeg, at det var lettere for alle, hvis jeg ikke var her."
    response = send(client, f"{url_of(topic)}svar/", text=words)
    assert response.status_code == 200
    assert topic.posts.filter(state=State.PENDING).count() == 1
    page = text_of(response)
    assert page.index('href="tel:112"') < page.index("data-receipt-code")


def test_somebodys_own_case_is_stored_and_told_where_to_go(client: Client, topic: Topic) -> None:
    words = "Hvornår får jeg svar på min ansøgning om bostøtte?"
    response = send(client, f"{url_of(topic)}svar/", text=words)
    assert response.status_code == 200
    assert response.context["individual_case"]
    assert topic.posts.filter(state=State.PENDING).count() == 1


def test_the_next_person_at_the_same_computer_gets_a_code_of_their_own(
    client: Client, topic: Topic
) -> None:
    url = f"{url_of(topic)}svar/"
    first, second = (send(client, url, text=words) for words in ("Mit.", "En andens."))
    assert code_in(first) != code_in(second)
    page = text_of(client.get(url_of(topic)))
    assert "En andens." in page
    assert "Mit." not in page


def test_who_says_so_keeps_the_post_under_the_code_that_is_open(
    client: Client, topic: Topic
) -> None:
    url = f"{url_of(topic)}svar/"
    send(client, url, text="Det første.")
    second = send(client, url, text="Det andet.", under_open_code="on")
    assert second.context["words"] is None
    posts = topic.posts.filter(state=State.PENDING)
    assert len({post.receipt_id for post in posts}) == 1


def test_a_typed_code_keeps_the_new_post_with_the_earlier(client: Client, topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    code = code_in(send(Client(), url, text="Det første."))
    second = send(client, url, text="Det andet.", code=code.upper())
    assert second.status_code == 200
    assert second.context["words"] is None
    posts = topic.posts.filter(state=State.PENDING)
    assert len({post.receipt_id for post in posts}) == 1


def test_an_unknown_code_is_told_and_the_words_are_kept(client: Client, topic: Topic) -> None:
    response = send(client, f"{url_of(topic)}svar/", text="Mine ord.", code="nej nej nej")
    assert response.status_code == 422
    assert "Mine ord." in text_of(response)
    assert response.context["form"].errors["code"]


def test_guessing_codes_is_stopped_and_the_words_are_kept(client: Client, topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    form = {**filled(client, url), "text": "Mine ord.", "code": "et to tre"}
    statuses = [client.post(url, form).status_code for _ in range(32)]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    assert "Mine ord." in text_of(client.post(url, form))


def test_a_flood_is_answered_with_429_and_the_words(client: Client, topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    for _ in range(61):
        response = client.post(url, {"text": "Mine ord."})
    assert response.status_code == 429
    assert "Mine ord." in text_of(response)


def test_a_closed_topic_takes_no_answer_and_loses_no_word(client: Client, topic: Topic) -> None:
    url = f"{url_of(topic)}svar/"
    form = {**filled(client, url), "text": "Lige for sent."}
    Topic.objects.filter(pk=topic.pk).update(closed=True)
    response = client.post(url, form)
    assert response.status_code == 409
    assert "Lige for sent." in text_of(response)
    assert "/svar/" not in text_of(client.get(url_of(topic)))
    assert not topic.posts.filter(state=State.PENDING).exists()


def test_an_answer_to_a_post_quotes_it_and_remembers_it(
    client: Client, cast: Cast, topic: Topic
) -> None:
    url = f"{url_of(topic)}svar/?paa=1"
    assert "Jeg har ventet i ni uger." in text_of(client.get(url))
    send(client, url, text="Det kender jeg.")
    post = topic.posts.get(state=State.PENDING)
    assert post.reply_to == topic.posts.get(number=1)


def test_an_answer_to_a_post_that_was_hidden_meanwhile_is_not_lost(
    client: Client, cast: Cast, topic: Topic
) -> None:
    answered = people.show(people.reply(topic, "Hemmelige ord."), by=cast.host)
    url = f"{url_of(topic)}svar/?paa=2"
    form = {**filled(client, url), "text": "Mit svar."}
    hide(answered, by=cast.host, reason=Reason.HATE, message="Nej.")
    assert "Hemmelige ord." not in text_of(client.get(url))
    assert client.post(url, form).status_code == 200
    assert topic.posts.get(state=State.PENDING).reply_to is None


def test_an_answer_can_be_about_a_guideline_of_the_rooms_theme(
    client: Client, strategy: None
) -> None:
    from cocreate.themes.models import Guideline

    guideline = Guideline.objects.get(code="2.3")
    room = people.open_forum("svar", theme=guideline.theme)
    url = room_url(room, "nyt-emne")
    form = client.get(f"{url}?retningslinje=2.3").context["form"]
    assert form["guideline"].value() == "2.3"
    assert "1.1" not in dict(form.fields["guideline"].choices)
    send(client, url, title="Svar", text="Hurtigere, tak.", guideline="2.3")
    assert list(Post.objects.get().guidelines.all()) == [guideline]


def test_sent_fields_that_are_not_in_the_form_change_nothing(client: Client, topic: Topic) -> None:
    hostile = {
        "state": "published",
        "author": "1",
        "number": "1",
        "topic": "1",
        "audience": "host",
        "published_html": "<b>x</b>",
        "is_staff": "1",
        "theme": "1",
    }
    send(client, f"{url_of(topic)}svar/", text="Almindelige ord.", **hostile)
    post = topic.posts.get(state=State.PENDING)
    assert (post.number, post.author, post.published_html) == (None, None, "")
    assert post.audience == "public"


def test_nobody_can_say_they_are_staff(client: Client, topic: Topic) -> None:
    response = send(client, f"{url_of(topic)}svar/", text="Jeg bestemmer.", role="staff")
    assert response.status_code == 422
    assert not Contribution.objects.filter(role=VoiceRole.STAFF).exists()


def test_the_code_is_never_opened_in_a_session_that_was_there_before(
    client: Client, topic: Topic
) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    send(client, f"{url_of(topic)}svar/", text="Mine ord.")
    assert client.session.session_key != session.session_key


def test_done_on_the_receipt_closes_the_code(client: Client, topic: Topic) -> None:
    page = send(client, f"{url_of(topic)}svar/", text="Mine ord.")
    assert f'action="{reverse("receipt_close")}"' in text_of(page)
    client.post(reverse("receipt_close"))
    assert "Mine ord." not in text_of(client.get(url_of(topic)))
