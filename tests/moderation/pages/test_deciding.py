"""What a host decides, what is refused, and that nothing typed is lost on the way."""

from typing import Any

import pytest
from django.test import Client

from cocreate.contributions.models import Scope, State
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import STRANGER
from cocreate.moderation.appeals import appeal
from cocreate.moderation.forms import letter_for
from cocreate.moderation.intake import say_to
from cocreate.moderation.models import Decision, Reason, Report
from cocreate.moderation.operations import decline, hide, publish, send_again
from tests.cast import Cast, give_story, show
from tests.moderation.pages.acts import (
    LETTER,
    WHY,
    decide,
    desk_of,
    now,
    read,
    says,
    send_decision,
)
from tests.stories.pages import filled, forms_in


def test_a_story_is_shown_and_the_host_goes_on_to_the_next(cast: Cast, host: Client) -> None:
    story, waiting = give_story().contribution, give_story().contribution
    answer = decide(host, story, "published")
    assert answer["Location"] == desk_of(waiting)
    assert now(story).state == State.PUBLISHED
    after = host.get(answer["Location"])
    assert says(after, "It is shown on the site now.")
    assert desk_of(story) in after.content.decode().partition('class="case ')[2]


def test_after_the_last_one_the_host_is_back_at_the_desk(cast: Cast, host: Client) -> None:
    answer = decide(host, give_story(scopes={Scope.ANALYSE}).contribution, "kept")
    assert answer["Location"] == "/vaert/"


@pytest.mark.parametrize(
    ("outcome", "state"), [("returned", State.RETURNED), ("declined", State.DECLINED)]
)
def test_a_restriction_keeps_its_reason_and_the_letter(
    cast: Cast, host: Client, outcome: str, state: str
) -> None:
    story = give_story().contribution
    assert decide(host, story, outcome, reason=WHY, message=LETTER).status_code == 302
    decision = Decision.objects.get()
    assert now(story).state == state
    assert (decision.reason, decision.message, decision.by) == (WHY, LETTER, cast.host)


@pytest.mark.parametrize("outcome", ["returned", "declined"])
@pytest.mark.parametrize("answers", [{}, {"message": LETTER}, {"reason": "nonsense"}])
def test_a_restriction_without_reason_and_letter_is_not_made(
    cast: Cast, host: Client, outcome: str, answers: dict[str, str]
) -> None:
    story = give_story().contribution
    page = decide(host, story, outcome, **answers)
    assert page.status_code == 422 and "data-errors" in page.content.decode()
    assert now(story).state == State.PENDING and not Decision.objects.exists()
    kept = forms_in(page).found[desk_of(story)]
    assert kept["outcome"] == [outcome]
    assert kept["message"] == [answers.get("message", "")]


def test_a_reason_without_a_letter_brings_a_draft_to_read_first(cast: Cast, host: Client) -> None:
    story = give_story().contribution
    page = decide(host, story, "declined", reason=WHY)
    draft = letter_for("declined", WHY, language="da")
    assert says(page, "A draft stands here now. Read it, change it as you like, and save again.")
    assert page.status_code == 422 and not Decision.objects.exists()
    assert forms_in(page).found[desk_of(story)]["message"] == [draft]
    assert send_decision(host, page, story, "declined", reason=WHY).status_code == 302
    assert Decision.objects.get().message == draft


def test_a_draft_can_be_asked_for_and_follows_the_reason_until_it_is_changed(
    cast: Cast, host: Client
) -> None:
    story = give_story().contribution
    page = decide(host, story, "returned", reason="hate", draft="1")
    assert page.status_code == 200 and not Decision.objects.exists()
    page = send_decision(host, page, story, "returned", reason="off_topic", draft="1")
    words = forms_in(page).found[desk_of(story)]["message"][0]
    assert words == letter_for("returned", "off_topic", language="da")
    own = f"{words}\n\nVenlig hilsen"
    page = send_decision(host, page, story, "returned", reason="harm", message=own, draft="1")
    assert forms_in(page).found[desk_of(story)]["message"] == [own]


@pytest.mark.parametrize(
    "reason",
    [
        value
        for value in Reason
        if value
        not in {
            Reason.WITHIN_RULES,
            Reason.NO_CONSENT,
            Reason.AUTHORS_WISH,
            Reason.LOOKED_AGAIN,
            Reason.MISTAKE,
            Reason.AUTHOR_DECIDES,
            Reason.NO_ANSWER,
            Reason.LOST_CODE,
        }
    ],
)
@pytest.mark.parametrize("outcome", ["returned", "declined", "hidden"])
def test_there_is_a_draft_for_every_reason_a_host_can_choose(
    db: None, outcome: str, reason: str
) -> None:
    words = letter_for(outcome, reason, language="da")
    assert len(words.split("\n\n")) == 3 and "!" not in words


def test_what_is_shown_can_be_hidden_and_shown_again(cast: Cast, host: Client) -> None:
    story = show(give_story(), by=cast.host)
    decide(host, story, "hidden", reason=WHY, message=LETTER)
    assert now(story).state == State.HIDDEN
    decide(host, story, "restored")
    assert now(story).state == State.PUBLISHED
    assert Decision.objects.latest("pk").reason == Reason.MISTAKE


def refused(page: Any, status: int, sentence: str, typed: str = LETTER) -> None:
    assert page.status_code == status
    assert says(page, sentence)
    assert typed in page.content.decode()


def test_nothing_is_shown_before_each_place_has_been_looked_at(cast: Cast, host: Client) -> None:
    story = give_story("Ring på 20 30 40 50.").contribution
    page = decide(host, story, "published", message=LETTER)
    refused(
        page,
        422,
        "It cannot be shown yet. First say of each place we found whether it is a problem.",
    )
    assert now(story).state == State.PENDING


def test_nothing_is_shown_without_a_yes_to_it(cast: Cast, host: Client) -> None:
    story = give_story(scopes={Scope.ANALYSE}).contribution
    assert "published" not in forms_in(read(host, story)).choices["outcome"]
    page = decide(host, story, "published", message=LETTER)
    refused(page, 422, "The author has not said yes to having it shown. You can keep it.")


def test_what_its_author_wants_shown_is_not_kept_out_of_sight(cast: Cast, host: Client) -> None:
    story = give_story().contribution
    assert "kept" not in forms_in(read(host, story)).choices["outcome"]
    page = decide(host, story, "kept", message=LETTER)
    refused(
        page,
        422,
        "The author has said yes to having it shown. If it is not to be shown, send it back or do "
        "not accept it, and say why.",
    )
    assert now(story).state == State.PENDING


def test_nobody_decides_about_what_they_wrote_themselves(cast: Cast) -> None:
    story = give_story(viewer=cast.viewer("host")).contribution
    client = cast.client("host")
    assert desk_of(story) not in forms_in(read(client, story)).found
    page = client.post(desk_of(story), {"outcome": "published", "message": LETTER, "wording": "1"})
    assert page.status_code == 422
    assert says(page, "You wrote this yourself. Another host decides about it.")
    assert now(story).state == State.PENDING


def test_nobody_answers_what_is_said_to_about_their_own_words(cast: Cast) -> None:
    story = show(give_story("Ring 20 30 40 50", viewer=cast.viewer("host")), by=cast.second_host)
    say_to(story, submission_id="a", reason="tone", text="")
    client = cast.client("host")
    assert client.post(of_story(story, "lad-staa"), {"seen": "1"}).status_code == 422
    assert Report.objects.open().exists()
    found = story.versions.get().findings.get()
    assert client.post(of_story(story, f"fund/{found.pk}")).status_code == 422


def of_story(story: Any, end: str) -> str:
    return f"{desk_of(story)}{end}/"


def test_the_second_of_two_hosts_is_told_what_the_first_decided(
    cast: Cast, host: Client, second_host: Client
) -> None:
    story = give_story().contribution
    page = read(second_host, story)
    decide(host, story, "published")
    late = send_decision(second_host, page, story, "declined", reason=WHY, message=LETTER)
    assert late.status_code == 409
    assert "Host Testvig" in late.content.decode() and LETTER in late.content.decode()
    assert now(story).state == State.PUBLISHED
    assert Decision.objects.count() == 1


def test_the_same_decision_sent_twice_is_one(cast: Cast, host: Client) -> None:
    story = give_story(scopes={Scope.ANALYSE}).contribution
    page = read(host, story)
    assert send_decision(host, page, story, "kept").status_code == 302
    assert send_decision(host, page, story, "kept").status_code == 409
    assert Decision.objects.count() == 1


def test_words_the_host_has_not_read_are_not_shown(cast: Cast, host: Client) -> None:
    story = give_story("De første ord.").contribution
    page = read(host, story)
    send_again(story, Given("", Words("Helt andre ord."), STRANGER, frozenset({Scope.SHOW})))
    late = send_decision(host, page, story, "published", message=LETTER)
    refused(
        late,
        409,
        "The author has changed the text since you read it. Read the new text, and decide then.",
    )
    assert "Helt andre ord." in late.content.decode()
    assert now(story).state == State.PENDING
    assert send_decision(host, late, story, "published").status_code == 302


def test_reports_are_answered_by_letting_it_stand(cast: Cast, host: Client) -> None:
    story = show(give_story(), by=cast.host)
    say_to(story, submission_id="a", reason="tone", text="")
    address = of_story(story, "lad-staa")
    assert host.post(address, filled(read(host, story), address)).status_code == 302
    assert Report.objects.get().answered_by == cast.host
    assert now(story).state == State.PUBLISHED


def test_a_report_that_came_in_the_meantime_is_not_answered_unread(
    cast: Cast, host: Client
) -> None:
    story = show(give_story(), by=cast.host)
    say_to(story, submission_id="a", reason="tone", text="")
    address = of_story(story, "lad-staa")
    answers = filled(read(host, story), address)
    say_to(story, submission_id="b", reason="worried", text="Ring til ham.")
    late = host.post(address, answers)
    assert late.status_code == 409 and "Ring til ham." in late.content.decode()
    assert Report.objects.open().count() == 2


def hidden_and_appealed(cast: Cast) -> Any:
    story = show(give_story(), by=cast.host)
    appeal(hide(story, by=cast.host, reason=WHY, message=LETTER), text="Se <b>igen</b>.")
    return now(story)


def test_another_host_answers_an_appeal_and_changes_the_decision(
    cast: Cast, second_host: Client
) -> None:
    story = hidden_and_appealed(cast)
    address = of_story(story, "se-igen")
    page = read(second_host, story)
    assert "Se &lt;b&gt;igen&lt;/b&gt;." in page.content.decode()
    answers = filled(page, address, outcome="upheld", message="Du har ret.")
    assert second_host.post(address, answers).status_code == 302
    assert now(story).state == State.PUBLISHED


def test_an_appeal_is_not_answered_without_words(cast: Cast, second_host: Client) -> None:
    story = hidden_and_appealed(cast)
    address = of_story(story, "se-igen")
    answer = second_host.post(address, {"outcome": "upheld", "message": " "})
    assert answer.status_code == 422 and now(story).state == State.HIDDEN
    answer = second_host.post(address, {"message": LETTER})
    assert answer.status_code == 422 and LETTER in answer.content.decode()


def test_the_first_host_neither_answers_an_appeal_nor_goes_round_it(
    cast: Cast, host: Client, second_host: Client
) -> None:
    story = hidden_and_appealed(cast)
    sentence = (
        "The author has asked for another look. A host who did not make the first decision answers."
    )
    answer = host.post(of_story(story, "se-igen"), {"outcome": "upheld", "message": LETTER})
    assert answer.status_code == 422 and says(answer, sentence)
    for client in (host, second_host):
        wording = {"outcome": "restored", "wording": "1", "message": LETTER}
        round_it = client.post(desk_of(story), wording)
        assert round_it.status_code == 422 and says(round_it, sentence)
    assert now(story).state == State.HIDDEN


def test_an_appeal_answered_twice_is_answered_once(cast: Cast, second_host: Client) -> None:
    story = hidden_and_appealed(cast)
    answer = {"outcome": "refused", "message": "Nej, fordi du nævner en ved navn."}
    assert second_host.post(of_story(story, "se-igen"), answer).status_code == 302
    late = second_host.post(of_story(story, "se-igen"), answer)
    assert late.status_code == 409


def test_the_actions_lead_back_to_the_item_when_they_are_only_looked_at(
    cast: Cast, host: Client
) -> None:
    story = give_story("Ring 20 30 40 50")
    found = story.version.findings.get()
    for end in ("lad-staa", "se-igen", f"fund/{found.pk}"):
        answer = host.get(of_story(story.contribution, end))
        assert answer["Location"] == desk_of(story.contribution)
    found.refresh_from_db()
    assert found.resolved_at is None


def test_a_second_appeal_form_is_not_offered_after_a_decline(
    cast: Cast, host: Client, second_host: Client
) -> None:
    story = give_story().contribution
    decline(story, by=cast.host, reason=WHY, message=LETTER)
    late = second_host.post(of_story(story, "se-igen"), {"outcome": "upheld", "message": LETTER})
    assert late.status_code == 409 and now(story).state == State.DECLINED


@pytest.mark.parametrize(
    "outcome", ["", "erased", "approved", "x" * 5000, "\x00", "publ\ud83d\ude00"]
)
@pytest.mark.parametrize("message", ["Beholdt.", "Beholdt. " * 600])
def test_whatever_is_sent_as_a_decision_the_letter_comes_back(
    cast: Cast, host: Client, outcome: str, message: str
) -> None:
    story = give_story().contribution
    sent = outcome.encode("utf-16", "surrogatepass").decode("utf-16")
    page = host.post(desk_of(story), {"outcome": sent, "message": message, "wording": "\x00"})
    assert page.status_code in {409, 422}
    assert message.strip() in page.content.decode()
    assert now(story).state == State.PENDING


def test_a_host_who_decided_it_is_told_so_without_a_name(cast: Cast, host: Client) -> None:
    story = give_story().contribution
    publish(story, by=cast.host)
    late = host.post(desk_of(story), {"outcome": "published", "wording": "1"})
    told = late.content.decode().partition('role="alert"')[2].partition("</div>")[0]
    assert late.status_code == 409 and "Testvig" not in told
