"""A private word between an author and the hosts."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cocreate.contributions.viewer import Viewer
from cocreate.moderation import operations, queue, thread
from cocreate.moderation.models import Message
from cocreate.notifications.operations import note_messages, send_letters
from tests.cast import Cast, begin, give_story, open_forum, show
from tests.moderation.pages.acts import desk_of, of, opened, press, read
from tests.stories.pages import filled

pytestmark = pytest.mark.django_db
WORD, ANSWER = "Hvornår læser I den?", "I morgen tidlig."


def from_desk(host: Client, story: object, **answers: object) -> object:
    address = f"{desk_of(story)}beskeder/"  # type: ignore[arg-type]
    form = filled(read(host, story), address, **answers)  # type: ignore[arg-type]
    # That button stands in a form of its own.
    form.pop("seen", None)
    return host.post(address, form)


def test_a_word_and_its_answer(cast: Cast, host: Client, stranger: Client) -> None:
    received = give_story()
    address = of(received, "thread")
    assert press(opened(received, stranger), address, text=WORD).status_code == 302
    assert WORD in read(host, received.contribution).content.decode()
    from_desk(host, received.contribution, text=ANSWER)
    page = stranger.get(address).content.decode()
    assert WORD in page and ANSWER in page and cast.host.get_full_name() not in page
    assert not Message.objects.waiting().exists() and not Message.objects.unread().exists()


def test_the_same_form_twice_is_one_word(stranger: Client) -> None:
    received = give_story()
    address = of(received, "thread")
    form = filled(opened(received, stranger).get(address), address, text=WORD)
    assert [stranger.post(address, form).status_code for _twice in range(2)] == [302, 302]
    assert Message.objects.count() == 1


def test_personal_data_is_asked_about_once(host: Client, stranger: Client) -> None:
    received, said = give_story(), "Ring på 40 12 34 56."
    address = of(received, "thread")
    asked = press(opened(received, stranger), address, text=said)
    assert asked.status_code == 422 and not Message.objects.exists()
    knowing = filled(asked, address, sent_knowingly=asked.context["accepted"])
    assert stranger.post(address, knowing).status_code == 302
    refused = from_desk(host, received.contribution, text=said)
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert Message.objects.filter(from_host=True).count() == 0


def test_a_word_that_waits_stands_in_the_queue_until_it_is_answered(
    cast: Cast, host: Client
) -> None:
    story = show(give_story(), by=cast.host)
    viewer = cast.viewer("second_host")
    assert queue.count_waiting(viewer) == 0
    thread.write(story, text=WORD, submission_id="a")
    (row,) = queue.page_of(viewer).rows
    assert row.rank == queue.WRITTEN and queue.count_waiting(viewer) == 1  # type: ignore[attr-defined]
    from_desk(host, story, text=ANSWER)
    assert queue.count_waiting(viewer) == 0


def test_a_word_of_concern_is_first_and_help_is_shown(cast: Cast, stranger: Client) -> None:
    give_story()
    received = give_story()
    text = "Jeg har skrevet afsked, og jeg tager mit eget liv i aften."
    press(opened(received, stranger), of(received, "thread"), text=text)
    assert stranger.get("/kode/mine/").context["help_lines"] is not None
    rows = queue.page_of(cast.viewer("host")).rows
    assert rows[0].pk == received.contribution.pk
    assert rows[0].rank <= queue.CONCERN  # type: ignore[attr-defined]


def test_a_host_says_that_it_needs_no_answer_only_of_what_was_read(host: Client) -> None:
    story = give_story().contribution
    thread.write(story, text=WORD, submission_id="a")
    address = f"{desk_of(story)}beskeder/"
    token = {"seen": "1"}
    thread.write(story, text="Og en ting til.", submission_id="b")
    assert host.post(address, token).status_code == 409
    assert Message.objects.waiting().count() == 2
    assert host.post(address, {"seen": "2"}).status_code == 302
    assert not Message.objects.waiting().exists()


@pytest.mark.parametrize("seen", ["", "x", "9" * 500, "-1"])
def test_whatever_is_sent_as_seen_is_answered(host: Client, seen: str) -> None:
    story = give_story().contribution
    thread.write(story, text=WORD, submission_id="a")
    assert host.post(f"{desk_of(story)}beskeder/", {"seen": seen}).status_code == 409


def test_one_neutral_letter_until_it_is_read(
    cast: Cast, host: Client, stranger: Client, settings: object
) -> None:
    settings.TELL_AFTER_SECONDS = 0  # type: ignore[attr-defined]
    received = give_story(email="kim@example.com")
    story = received.contribution
    for number in range(2):
        thread.write(story, text=ANSWER, submission_id=str(number), by=cast.host)
    assert note_messages() == 1
    assert send_letters() == 1
    (letter,) = mail.outbox
    assert letter.to == ["kim@example.com"] and ANSWER not in letter.body + letter.subject
    thread.write(story, text=ANSWER, submission_id="3", by=cast.host)
    assert note_messages() == 0
    opened(received, stranger).get(of(received, "thread"))
    thread.write(story, text=ANSWER, submission_id="4", by=cast.host)
    assert note_messages() == 1


def test_without_an_address_nobody_is_written_to(cast: Cast, settings: object) -> None:
    settings.TELL_AFTER_SECONDS = 0  # type: ignore[attr-defined]
    thread.write(give_story().contribution, text=ANSWER, submission_id="a", by=cast.host)
    assert note_messages() == 0


def test_what_was_taken_back_is_closed_and_typed_words_come_back(stranger: Client) -> None:
    received = give_story()
    address = of(received, "thread")
    form = filled(opened(received, stranger).get(address), address, text=WORD)
    operations.withdraw(received.contribution)
    late = stranger.post(address, form)
    assert late.status_code == 409 and WORD in late.content.decode()
    assert stranger.get(address).status_code == 404
    assert not Message.objects.exists()


def test_words_written_after_the_half_hour_come_along_with_the_code(stranger: Client) -> None:
    received = give_story()
    page = stranger.get("/kode/")
    form = filled(page, "/kode/", code=None)
    form.update({"text": [WORD]})
    asked = stranger.post(of(received, "thread"), form)
    assert asked.status_code == 422
    back = stranger.post("/kode/", filled(asked, "/kode/", code=" ".join(received.code or ())))
    address = of(received, "thread")
    assert filled(back, address)["text"] == [WORD]


def test_nobody_else_reads_or_writes_in_it(cast: Cast) -> None:
    received = begin(open_forum("lukket", audience="room"))
    thread.write(received.contribution, text=WORD, submission_id="a")
    for name in ("citizen", "host", "staff", "politician"):
        client = cast.client(name)
        assert client.get(of(received, "thread")).status_code == 404
        assert WORD not in client.get(desk_of(received.contribution)).content.decode()


def test_a_host_does_not_answer_as_host_what_they_wrote_themselves(cast: Cast) -> None:
    viewer = Viewer(user=cast.host, roles=cast.host.roles, second_factor=True)
    story = give_story(viewer=viewer).contribution
    host = cast.client("host")
    address = f"{desk_of(story)}beskeder/"
    form = {"text": ANSWER, "submission_id": "a" * 22}
    assert host.post(address, form).status_code == 422
    assert not Message.objects.exists()


def test_the_words_go_with_the_story(stranger: Client) -> None:
    received = give_story()
    thread.write(received.contribution, text=WORD, submission_id="a")
    operations.erase_now(received.contribution)
    message = Message.objects.get()
    assert message.text is None and message.at <= timezone.now()
