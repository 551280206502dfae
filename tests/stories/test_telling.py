"""A person tells, without an account, an e-mail or a name."""

import pytest
from django.test import Client
from django.urls import reverse

from cocreate.contributions.models import Contribution, Receipt, Scope, State, VoiceRole
from cocreate.stories.models import About, Story
from cocreate.text.receipt_words import read_code
from cocreate.themes.models import Guideline, Theme
from tests.cast import Cast, give_story
from tests.stories.pages import TELL, code_on, filled, forms_in, send, tell


def the_story() -> Story:
    return Story.objects.get()


def the_words() -> str:
    return the_story().versions.get().text or ""


def test_three_words_are_enough_and_give_a_code(stranger: Client) -> None:
    answer = tell(stranger, "Jeg vil bo")
    assert answer.status_code == 200
    words = code_on(answer)
    assert len(words) == 7
    assert read_code(" ".join(words))
    assert the_words() == "Jeg vil bo"
    assert the_story().state == State.PENDING


def test_the_page_is_shown_to_somebody_who_has_no_cookies(stranger: Client) -> None:
    page = stranger.get(TELL)
    assert page.status_code == 200
    assert set(stranger.cookies) == {"csrftoken"}
    assert page["Cache-Control"] == "no-store"


def test_nothing_is_ticked_beforehand(stranger: Client) -> None:
    page = stranger.get(TELL)
    offered = forms_in(page).choices
    assert offered["consents"] == Scope.values
    asked = {"consents", "about", "theme", "guidelines", "name_level", "recognised", "listed"}
    assert set(offered) == asked
    assert not set(offered) & set(filled(page))


@pytest.mark.parametrize("scope", Scope.values)
def test_each_box_is_a_yes_to_itself_alone(stranger: Client, scope: str) -> None:
    tell(stranger, consents=[scope])
    assert list(the_story().consents.values_list("scope", flat=True)) == [scope]


def test_the_title_is_kept_with_the_wording(stranger: Client) -> None:
    tell(stranger, title="En nøgle")
    assert the_story().versions.get().title == "En nøgle"


@pytest.mark.parametrize(
    ("about", "role"),
    [
        (About.SELF, VoiceRole.CITIZEN),
        (About.RELATIVE, VoiceRole.RELATIVE),
        (About.WORK, VoiceRole.VOLUNTEER),
        ("", VoiceRole.CITIZEN),
    ],
)
def test_who_tells_is_what_the_person_says(stranger: Client, about: str, role: str) -> None:
    assert tell(stranger, about=about).status_code == 200
    assert (the_story().about, the_story().role) == (about or About.SELF, role)


def test_nobody_can_say_that_they_sit_in_the_council(stranger: Client) -> None:
    page = stranger.get(TELL)
    data = {**filled(page, text="Jeg bestemmer", consents=["show"]), "role": "politician"}
    stranger.post(TELL, data)
    assert the_story().role == VoiceRole.CITIZEN


@pytest.mark.parametrize(("name", "role"), [("staff", "staff"), ("politician", "politician")])
def test_staff_and_councillors_speak_in_their_own_name(cast: Cast, name: str, role: str) -> None:
    client = cast.client(name)
    assert "about" not in forms_in(client.get(TELL)).choices
    answer = client.post(TELL, {**filled(client.get(TELL), text="Vi venter også",
                                         consents=["show"]), "about": "self"})  # fmt: skip
    assert answer.status_code == 200
    assert (the_story().role, the_story().about) == (role, About.WORK)
    assert the_story().alias == getattr(cast, name).get_full_name()


def test_staff_without_a_name_are_told_so_and_keep_their_words(cast: Cast) -> None:
    cast.staff.__class__.objects.filter(pk=cast.staff.pk).update(first_name="", last_name="")
    answer = tell(cast.client("staff"), "Vi venter også")
    assert answer.status_code == 422
    assert filled(answer)["text"] == ["Vi venter også"]
    assert not Contribution.objects.exists()


def test_a_citizen_with_an_account_tells_without_a_name(cast: Cast) -> None:
    assert tell(cast.client("citizen")).status_code == 200
    assert the_story().author == cast.citizen
    assert the_story().alias is None


def test_the_address_of_a_theme_page_chooses_the_theme(stranger: Client, theme: Theme) -> None:
    page = stranger.get(f"{TELL}?tema=2")
    assert filled(page)["theme"] == ["2"]
    send(stranger, page, text="Om tema to", consents=["show"])
    assert the_story().theme == theme


def test_the_address_of_a_guideline_chooses_it_and_its_theme(
    stranger: Client, guideline: Guideline
) -> None:
    page = stranger.get(f"{TELL}?retningslinje=2.3")
    assert filled(page)["guidelines"] == ["2.3"]
    send(stranger, page, text="Om retningslinjen", consents=["show"])
    assert list(the_story().guidelines.all()) == [guideline]
    assert the_story().theme == guideline.theme


@pytest.mark.parametrize("query", ["tema=99", "tema=to", "retningslinje=9.9", "tema[]=2", "x=%ff"])
def test_an_address_with_nonsense_chooses_nothing(stranger: Client, query: str) -> None:
    page = stranger.get(f"{TELL}?{query}")
    assert page.status_code == 200
    assert "guidelines" not in filled(page)
    assert filled(page).get("theme", [""]) == [""]


def test_an_empty_page_says_what_is_missing_and_keeps_the_rest(stranger: Client) -> None:
    answer = tell(stranger, "  ", title="En nøgle", email="kim@example.com")
    assert answer.status_code == 422
    assert 'href="#id_text"' in answer.content.decode()
    kept = filled(answer)
    assert kept["title"] == ["En nøgle"]
    assert kept["email"] == ["kim@example.com"]
    assert kept["consents"] == ["show", "analyse"]
    assert not Contribution.objects.exists()


def test_a_text_that_is_too_long_is_shown_again_whole(stranger: Client) -> None:
    long = "Vi ventede igen. " * 1_300
    answer = tell(stranger, long)
    assert answer.status_code == 422
    assert filled(answer)["text"] == [long.strip()]
    assert not Contribution.objects.exists()


def test_an_address_that_is_no_address_costs_no_words(stranger: Client) -> None:
    answer = tell(stranger, "Jeg vil bo", email="kim snabel-a example")
    assert answer.status_code == 422
    assert filled(answer)["text"] == ["Jeg vil bo"]
    assert filled(answer)["email"] == ["kim snabel-a example"]


def test_an_e_mail_is_kept_with_the_receipt_alone(stranger: Client) -> None:
    tell(stranger, email="kim@example.com")
    assert Receipt.objects.get().email == "kim@example.com"


def test_a_story_told_on_the_english_page_is_marked_english(stranger: Client) -> None:
    page = stranger.get("/en/fortael/paa-en-side/")
    send(stranger, page, "/en/fortael/paa-en-side/", text="I want a home", consents=["show"])
    assert the_story().language == "en"


def test_the_next_person_at_the_computer_gets_a_code_of_their_own(stranger: Client) -> None:
    first = tell(stranger, "Den første")
    second = tell(stranger, "En andens")
    assert len(code_on(second)) == 7
    assert code_on(second) != code_on(first)
    assert Receipt.objects.count() == 2


def test_a_code_left_open_can_be_closed_before_anything_is_written(stranger: Client) -> None:
    closing = reverse("receipt_close")
    assert closing not in forms_in(stranger.get(TELL)).found
    tell(stranger, "Den første")
    send(stranger, stranger.get(TELL), closing)
    assert closing not in forms_in(stranger.get(TELL)).found
    assert closing not in forms_in(tell(stranger, "")).found


def test_one_who_says_that_the_open_code_is_theirs_keeps_both_under_it(stranger: Client) -> None:
    tell(stranger, "Den første")
    assert "under_open_code" not in filled(stranger.get(TELL))
    second = tell(stranger, "Den anden", under_open_code="on")
    assert second.status_code == 200
    assert code_on(second) == []
    assert Story.objects.filter(receipt=Receipt.objects.get()).count() == 2


def test_no_code_can_be_claimed_that_is_not_open(stranger: Client) -> None:
    give_story("En andens")
    data = filled(stranger.get(TELL), text="Min egen", consents=["show"])
    answer = stranger.post(TELL, {**data, "under_open_code": "on"})
    assert len(code_on(answer)) == 7
    assert Receipt.objects.count() == 2


def test_a_network_that_sends_without_end_is_asked_to_wait_with_its_words(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cocreate.stories.telling.FORMS_AT_A_TIME", {"limit": 1, "seconds": 600})
    page = stranger.get(TELL)
    tell(stranger, "Den første")
    answer = send(stranger, page, text="Den anden", consents=["show"])
    assert answer.status_code == 429
    assert filled(answer)["text"] == ["Den anden"]
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert tell(elsewhere, "Et andet sted").status_code == 200


def test_a_story_is_read_by_nobody_before_a_host(stranger: Client) -> None:
    given = give_story("Kun en vært må læse det her.")
    assert stranger.get(f"/fortaellinger/{given.contribution.public_id}/").status_code == 404
