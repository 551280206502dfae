"""A story on its whole way through the pages: told, sent back, changed, shown, hidden, appealed,
shown again and taken back, and each of the two only ever sees their own side."""

import pytest
from django.test import Client

from cocreate.contributions.models import Contribution, State
from tests.cast import Cast
from tests.moderation.pages.acts import decide, desk_of, enter, now, press, read, says
from tests.stories.pages import code_on, filled, tell

MINE = "/kode/mine/"


@pytest.fixture
def told(strategy: None) -> tuple[Contribution, str]:
    """Told on the site by somebody with nothing but a browser, who wrote the code down."""
    page = tell(Client(), "Jeg ventede i ni uger. Louise ringede aldrig.", title="Ni uger")
    return Contribution.objects.get(), " ".join(code_on(page))


def test_a_story_on_its_whole_way(
    cast: Cast, host: Client, second_host: Client, told: tuple[Contribution, str]
) -> None:
    story, code = told
    decide(host, story, "returned", reason="names_others", message="Skriv det uden navnet.")
    author = Client()
    enter(author, code)
    assert "Skriv det uden navnet." in author.get(MINE).content.decode()
    press(
        author,
        f"/kode/{story.public_id}/ret/",
        text="Jeg ventede i ni uger.",
        consents=["show", "analyse"],
    )
    assert "Louise" in read(host, story).content.decode()
    decide(host, story, "published")
    public = f"/fortaellinger/{story.public_id}/"
    shown = Client().get(public).content.decode()
    assert "Jeg ventede i ni uger." in shown and "Louise" not in shown
    decide(host, story, "hidden", reason="off_topic", message="Det handler om noget andet.")
    assert Client().get(public).status_code == 404
    press(author, f"/kode/{story.public_id}/bed-om-at-se-igen/", text="Det handler om 2.3.")
    answer_appeal(second_host, story)
    assert Client().get(public).status_code == 200
    assert "Du har ret." in author.get(MINE).content.decode()
    press(author, f"/kode/{story.public_id}/traek-tilbage/")
    assert Client().get(public).status_code == 404
    assert read(host, story).status_code == 404
    assert now(story).state == State.WITHDRAWN


def answer_appeal(client: Client, story: Contribution) -> None:
    address = f"{desk_of(story)}se-igen/"
    page = read(client, story)
    assert "Det handler om 2.3." in page.content.decode()
    answers = filled(page, address, outcome="upheld", message="Du har ret.")
    assert client.post(address, answers).status_code == 302


def test_a_story_that_is_not_accepted_is_looked_at_anew(
    cast: Cast, host: Client, second_host: Client, told: tuple[Contribution, str]
) -> None:
    story, code = told
    decide(host, story, "declined", reason="individual_case", message="Ring til din rådgiver.")
    author = Client()
    enter(author, code)
    press(author, f"/kode/{story.public_id}/bed-om-at-se-igen/", text="Det handler om 2.3.")
    answer_appeal(second_host, story)
    assert now(story).state == State.PENDING
    assert story.public_id in host.get("/vaert/").content.decode()
    assert says(author.get(MINE), "Waits for a host")


def test_the_pages_speak_english_too(
    cast: Cast, host: Client, told: tuple[Contribution, str]
) -> None:
    story, code = told
    author = Client()
    enter(author, code)
    for client, address in (
        (host, "/en/vaert/"),
        (host, f"/en{desk_of(story)}"),
        (author, f"/en{MINE}"),
        (author, f"/en/kode/{story.public_id}/ret/"),
    ):
        page = client.get(address)
        assert page.status_code == 200 and '<html lang="en">' in page.content.decode()
    assert 'dir="auto" lang="da"' in author.get(f"/en{MINE}").content.decode()
