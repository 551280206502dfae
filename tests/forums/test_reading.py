"""What a reader meets: rooms, topics, posts, and a line where a post is no longer shown."""

import pytest
from django.test import Client

from cocreate.contributions.models import Audience
from cocreate.forums.models import Forum, Topic
from cocreate.forums.templatetags.rooms import WHO_READS
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide, revoke_consent, withdraw
from cocreate.pagecache.models import kept_pages
from tests import cast as people
from tests.cast import Cast
from tests.forums.conftest import room_url, send, text_of, url_of

pytestmark = pytest.mark.django_db


def test_the_list_of_rooms_names_the_host_and_counts_topics(client: Client, topic: Topic) -> None:
    page = text_of(client.get("/samtaler/"))
    assert topic.forum.title in page
    assert "Host" in page  # the host's first name
    assert room_url(topic.forum) in page


def test_a_room_says_who_its_host_is_and_who_reads_along(
    client: Client, cast: Cast, room: Forum
) -> None:
    page = text_of(client.get(room_url(room)))
    assert cast.host.get_full_name() in page
    assert "Hverdage kl. 9–15" in page
    assert str(WHO_READS[Audience.PUBLIC]) in page


def test_the_way_here_ends_above_the_page(client: Client, topic: Topic) -> None:
    for url in (room_url(topic.forum), topic.get_absolute_url()):
        page = text_of(client.get(url, follow=True))
        crumbs = page.partition('class="crumbs"')[2].partition("</nav>")[0]
        assert "/samtaler/" in crumbs and 'aria-current="page"' not in crumbs


def test_an_empty_room_offers_to_begin(client: Client, room: Forum) -> None:
    page = text_of(client.get(room_url(room)))
    assert 'class="empty"' in page
    assert room_url(room, "nyt-emne") in page


def test_a_room_shows_its_own_rules_one_on_each_line(client: Client, cast: Cast) -> None:
    room = people.open_forum("regler", rules="Tal pænt.\n\n  Lyt først.  ")
    page = text_of(client.get(room_url(room)))
    assert "<li>Tal pænt.</li><li>Lyt først.</li>" in page


def test_topics_stand_pinned_first_and_then_by_newest_activity(
    client: Client, cast: Cast, room: Forum
) -> None:
    first, second, third = (_shown_topic(cast, room, title) for title in ("Et", "To", "Tre"))
    Topic.objects.filter(pk=second.pk).update(pinned=True)
    people.show(people.reply(first, "Nyt svar"), by=cast.host)
    rows = client.get(room_url(room)).context["topics"]
    assert [row["topic"].pk for row in rows] == [second.pk, first.pk, third.pk]


def test_paging_forth_and_back_meets_every_topic_once(
    client: Client, cast: Cast, room: Forum
) -> None:
    made = [_shown_topic(cast, room, f"Emne {number}").pk for number in range(45)]
    Topic.objects.filter(pk__in=made[:3]).update(pinned=True)
    there, pages = _walk(client, room_url(room), "older")
    assert sorted(there) == sorted(made)
    assert len(pages) == 3
    back, _pages = _walk(client, pages[-1], "newer")
    assert sorted(back) == sorted(made)


def test_a_link_to_topics_after_one_that_is_gone_leads_to_the_top(
    client: Client, cast: Cast, topic: Topic
) -> None:
    hide(topic.opening, by=cast.host, reason=Reason.HARM, message="Vi skjuler det.")
    response = client.get(room_url(topic.forum), {"efter": topic.pk})
    assert response.status_code == 302
    assert response["Location"] == room_url(topic.forum)


@pytest.mark.parametrize("direction", ["efter", "foer"])
def test_beyond_the_end_of_the_list_one_begins_at_the_top(
    client: Client, topic: Topic, direction: str
) -> None:
    response = client.get(room_url(topic.forum), {direction: topic.pk})
    assert response["Location"] == room_url(topic.forum)


def test_a_wrong_slug_leads_to_the_right_one_and_keeps_the_page(
    client: Client, topic: Topic
) -> None:
    response = client.get(f"/samtaler/{topic.forum.slug}/{topic.pk}-noget-andet/?side=1")
    assert response.status_code == 302
    assert response["Location"] == f"{url_of(topic)}?side=1"


@pytest.mark.parametrize("rest", ["abc/", "abc-def/", "1/", "99999999999999999999-x/", "-1-x/"])
def test_what_is_no_topic_is_not_found(client: Client, room: Forum, rest: str) -> None:
    assert client.get(room_url(room) + rest).status_code == 404


def test_a_topic_of_another_room_is_not_found_here(client: Client, topic: Topic) -> None:
    other = people.open_forum("andet-rum")
    assert client.get(f"{room_url(other)}{topic.pk}-hvad-gor-i/").status_code == 404


def test_posts_stand_by_number_with_twenty_on_a_page(
    client: Client, cast: Cast, topic: Topic
) -> None:
    for number in range(2, 24):
        people.show(people.reply(topic, f"Svar nummer {number}."), by=cast.host)
    first, second = (client.get(url_of(topic), {"side": side}) for side in (1, 2))
    assert [post.number for post in first.context["posts"]] == list(range(1, 21))
    assert [post.number for post in second.context["posts"]] == [21, 22, 23]
    assert first.context["later"] == "?side=2"
    assert client.get(url_of(topic), {"side": 3}).status_code == 404


def test_an_answer_links_to_the_post_it_answers_also_on_another_page(
    client: Client, cast: Cast, topic: Topic
) -> None:
    first = topic.posts.get(number=1)
    near = people.reply(topic, "Det kender jeg.", reply_to=first)
    people.show(near, by=cast.host)
    for number in range(3, 21):
        people.show(people.reply(topic, f"Svar {number}"), by=cast.host)
    people.show(people.reply(topic, "Langt nede.", reply_to=first), by=cast.host)
    assert 'href="#i1"' in text_of(client.get(url_of(topic)))
    far = client.get(url_of(topic), {"side": 2})
    assert f'href="{url_of(topic)}#i1"' in text_of(far)


def test_a_hidden_post_leaves_one_line_with_the_reason_and_no_word(
    client: Client, cast: Cast, topic: Topic
) -> None:
    answer = people.show(
        people.reply(topic, "Sagsbehandler Hansen er dum.", alias="Vred"), by=cast.host
    )
    hide(answer, by=cast.host, reason=Reason.NAMES_OTHERS, message="Du nævner en ved navn.")
    page = text_of(client.get(url_of(topic)))
    assert 'class="post post-hidden" id="i2"' in page
    assert str(Reason.NAMES_OTHERS.label) in page
    assert "Hansen" not in page
    assert "Vred" not in page
    assert "Du nævner en ved navn" not in page


def test_that_a_host_wants_to_talk_first_is_said_to_nobody_else(
    client: Client, cast: Cast, topic: Topic
) -> None:
    answer = people.show(people.reply(topic, "Jeg orker ikke mere."), by=cast.host)
    hide(answer, by=cast.host, reason=Reason.CARE, message="Vi vil gerne tale med dig.")
    assert str(Reason.CARE.label) not in text_of(client.get(url_of(topic)))


def test_of_two_decisions_the_newest_is_told(client: Client, cast: Cast, topic: Topic) -> None:
    from cocreate.moderation.operations import restore

    answer = people.show(people.reply(topic, "Noget."), by=cast.host)
    hide(answer, by=cast.host, reason=Reason.HATE, message="Hårdt.")
    restore(answer, by=cast.second_host)
    hide(answer, by=cast.second_host, reason=Reason.OFF_TOPIC, message="Andet sted.")
    page = text_of(client.get(url_of(topic)))
    assert str(Reason.OFF_TOPIC.label) in page
    assert str(Reason.HATE.label) not in page


def test_what_is_taken_back_or_no_longer_to_be_shown_leaves_a_line(
    client: Client, cast: Cast, topic: Topic
) -> None:
    gone, kept = (people.show(people.reply(topic, f"Hemmelig {n}"), by=cast.host) for n in (1, 2))
    withdraw(gone)
    revoke_consent(kept, "show")
    page = text_of(client.get(url_of(topic)))
    assert page.count("post-hidden") == 2
    assert "Hemmelig" not in page


def test_the_title_goes_with_a_hidden_first_post_also_from_the_address(
    client: Client, cast: Cast, topic: Topic
) -> None:
    people.show(people.reply(topic, "Det kender jeg."), by=cast.host)
    old = url_of(topic)
    hide(topic.opening, by=cast.host, reason=Reason.HARM, message="Vi skjuler det.")
    assert client.get(old)["Location"] == f"{room_url(topic.forum)}{topic.pk}-emne/"
    for url in (room_url(topic.forum), url_of(topic)):
        page = text_of(client.get(url))
        assert "Hvad gør I?" not in page
        assert "hvad-g" not in page
    assert "Det kender jeg." in text_of(client.get(url_of(topic)))


def test_staff_stand_with_full_name_and_a_filled_role_and_the_host_is_marked(
    client: Client, cast: Cast, topic: Topic
) -> None:
    for name in ("host", "staff"):
        send(cast.client(name), f"{url_of(topic)}svar/", text=f"Hilsen fra {name}")
    for post in topic.posts.filter(number=None):
        people.show(post, by=cast.second_host)
    page = text_of(client.get(url_of(topic)))
    assert f"<bdi>{cast.host.get_full_name()}</bdi>" in page
    assert f"<bdi>{cast.staff.get_full_name()}</bdi>" in page
    assert page.count("role-staff") == 2
    assert page.count("Vært, ansat i kommunen") + page.count("Host, works for") == 1


def test_what_a_host_once_wrote_as_a_citizen_is_not_marked(
    client: Client, cast: Cast, room: Forum, topic: Topic
) -> None:
    earlier = people.reply(topic, "Dengang.", alias="Stille", viewer=cast.viewer("citizen"))
    people.show(earlier, by=cast.host)
    Forum.objects.filter(pk=room.pk).update(host=cast.citizen)
    assert "role-staff" not in text_of(client.get(url_of(topic)))


def test_a_content_note_folds_the_post(client: Client, cast: Cast, topic: Topic) -> None:
    topic.posts.filter(number=1).update(content_note="Handler om selvmord")
    page = text_of(client.get(url_of(topic)))
    assert "<summary>Handler om selvmord" in page


def test_who_wrote_with_no_name_is_called_anonymous(
    client: Client, cast: Cast, topic: Topic
) -> None:
    people.show(people.reply(topic, "Uden navn.", alias=""), by=cast.host)
    assert "<bdi></bdi>" not in text_of(client.get(url_of(topic)))


def test_words_are_shown_as_words_never_as_markup(client: Client, cast: Cast, room: Forum) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    begun = people.begin(room, evil, title=evil, alias='"><b>x')
    people.show(begun, by=cast.host)
    for url in (room_url(room), url_of(people.topic_of(begun))):
        page = text_of(client.get(url))
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>x" not in page


def test_what_is_shown_to_fewer_is_not_shown_when_the_room_opens(
    client: Client, cast: Cast
) -> None:
    closed = people.open_forum("lukket", audience=Audience.ROOM, hosts=[cast.host])
    begun = people.begin(closed, "Kun for os.", title="Fortroligt")
    people.show(begun, by=cast.host)
    closed.room.audience = Audience.PUBLIC
    closed.room.save()
    page = text_of(client.get(room_url(closed)))
    page += text_of(client.get(f"{room_url(closed)}{people.topic_of(begun).pk}-emne/"))
    assert "Fortroligt" not in page
    assert "Kun for os." not in page


def _shown_topic(cast: Cast, room: Forum, title: str) -> Topic:
    begun = people.begin(room, f"Om {title}.", title=title)
    people.show(begun, by=cast.host)
    return people.topic_of(begun)


def _walk(client: Client, url: str, direction: str) -> tuple[list[int], list[str]]:
    """Topics met and pages opened when one follows the link to its end."""
    met: list[int] = []
    pages = []
    while True:
        kept_pages.clear()  # a kept page has no context
        page = client.get(url)
        pages.append(url)
        met += [row["topic"].pk for row in page.context["topics"]]
        link = page.context[direction]
        if not link:
            return met, pages
        url = page.request["PATH_INFO"] + link
