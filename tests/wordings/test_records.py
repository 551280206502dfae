"""The texts that a promise, a yes or a letter hangs on: who writes them, and who answered which."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Revision

from cocreate.contributions.models import Consent
from cocreate.moderation.forms import is_a_draft, letter_for
from cocreate.wordings.built_in import BUILT_IN, CONSENTS, FIRST_OF_STAFF
from cocreate.wordings.models import TextRecord, Wording
from cocreate.wordings.reading import Said, answered, in_force, read_asked_in
from home.operations import prepare_site
from tests.cast import Cast
from tests.stories.pages import TELL, filled

QUOTE = CONSENTS["quote"]
NEW = "Korte stykker må stå i politikernes papirer"
# What the built-in texts were when they got their number, in Danish and in English: the first signs
# of a digest. A change in one of them is a new wording, and needs a new number.
NUMBERED = {
    "promise": (1, "2e609462d556"),
    "consent.show": (1, "a28cf970c46c"),
    "consent.analyse": (1, "9d57b747eb67"),
    "consent.read_aloud": (1, "f70edd62692e"),
    "consent.quote": (1, "ea726967967a"),
    "crisis": (1, "a36d478923d3"),
    "receipt": (1, "8ff073ccf0ee"),
    "letter.opening.returned": (1, "36f6a6a1b6a7"),
    "letter.opening.declined": (1, "1ca177bbb679"),
    "letter.opening.hidden": (1, "a7d42c32ea58"),
    "letter.reason.personal_data": (1, "8f64365319ee"),
    "letter.reason.names_others": (1, "fabfb3085056"),
    "letter.reason.individual_case": (1, "b74cb694e9a7"),
    "letter.reason.harm": (1, "b107a4f4f5f1"),
    "letter.reason.hate": (1, "5c1b96a291ef"),
    "letter.reason.off_topic": (1, "04b38a7e3e80"),
    "letter.reason.unclear": (1, "99e335a57ba0"),
    "letter.reason.care": (1, "80a06b9202d0"),
    "letter.closing.returned": (1, "409071d493cb"),
    "letter.closing.declined": (1, "48a946998e32"),
    "letter.closing.hidden": (1, "48a946998e32"),
}
EDIT = TextRecord.snippet_viewset.get_url_name


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def editor(cast: Cast) -> Client:
    prepare_site()
    return cast.client("editor")


def write(key: str = QUOTE, text: str = NEW, *, language: str = "da", hint: str = "") -> TextRecord:
    record, _made = TextRecord.objects.get_or_create(
        key=key, language=language, defaults={"text": text, "hint": hint}
    )
    record.text, record.hint = text, hint
    record.save()
    return record


def tell(stranger: Client, page: dict[str, list[str]], *scopes: str) -> None:
    answer = stranger.post(TELL, {**page, "text": ["Jeg vil bo"], "consents": list(scopes)})
    assert answer.status_code == 200


def numbers() -> dict[str, int]:
    return dict(Consent.objects.active().values_list("scope", "wording_version"))


def digest_of(key: str) -> str:
    said = BUILT_IN[key]
    words = []
    for language in ("da", "en"):
        with translation.override(language):
            words += [str(said.text), str(said.hint or "")]
    return sha256("|".join(words).encode()).hexdigest()[:12]


def test_no_built_in_text_changes_under_its_number() -> None:
    now = {key: (said.number, digest_of(key)) for key, said in BUILT_IN.items()}
    assert now == NUMBERED


def test_what_an_editor_writes_stands_in_the_form(
    editor: Client, stranger: Client, strategy: None
) -> None:
    wanted = {"key": QUOTE, "language": "da", "text": NEW, "hint": "Alle kan læse dem."}
    assert editor.post(reverse(EDIT("add")), wanted).status_code == 302
    page = stranger.get(TELL).content.decode()
    assert NEW in page
    assert "Alle kan læse dem." in page
    assert NEW not in stranger.get(f"/en{TELL}").content.decode()


def test_a_yes_keeps_the_wording_it_answered(stranger: Client, strategy: None) -> None:
    tell(stranger, filled(stranger.get(TELL), TELL), "show", "quote")
    assert numbers() == {"show": 1, "quote": 1}
    write()
    assert numbers() == {"show": 1, "quote": 1}
    Consent.objects.update(revoked_at=timezone.now())
    second = Client(enforce_csrf_checks=True)
    tell(second, filled(second.get(TELL), TELL), "show", "quote")
    assert numbers() == {"show": 1, "quote": FIRST_OF_STAFF}
    assert answered(QUOTE, FIRST_OF_STAFF) == Said(FIRST_OF_STAFF, NEW)


def test_the_page_that_was_open_decides_which_words_were_answered(
    stranger: Client, strategy: None
) -> None:
    page = filled(stranger.get(TELL), TELL)
    write()
    tell(stranger, page, "quote")
    assert numbers() == {"quote": 1}


@pytest.mark.parametrize(
    "crooked",
    [
        "quote.101",
        "quote.0",
        "quote.-1",
        "quote.99999999",
        "quote",
        "x.1",
        "quote.2",
        "\x00",
        "9" * 900,
    ],
)
def test_a_wording_that_never_was_is_not_recorded(
    stranger: Client, strategy: None, crooked: str
) -> None:
    write()
    page = {**filled(stranger.get(TELL), TELL), "asked_in": [crooked]}
    tell(stranger, page, "quote")
    assert numbers() == {"quote": FIRST_OF_STAFF}


def test_the_guide_keeps_the_wording_of_the_page_that_asked(
    stranger: Client, strategy: None
) -> None:
    from tests.stories.test_guide import SEND, USE, press
    from tests.stories.test_guide import write as write_story

    write_story(stranger, until=USE)
    write()
    assert b"show.1" not in stranger.get(SEND).content
    assert press(stranger, SEND).status_code == 200
    assert numbers() == {"show": 1, "quote": 1}


def test_the_same_words_are_the_same_wording(db: None) -> None:
    first = write()
    assert write().number == first.number
    assert write(text="Andre ord").number == first.number + 1
    assert write(language="en", text="Short quotes").number == first.number + 2
    assert Wording.objects.filter(key=QUOTE).count() == 3


def test_without_a_record_the_built_in_words_are_back(db: None) -> None:
    record = write()
    assert in_force([QUOTE], "da")[QUOTE].text == NEW
    record.delete()
    assert in_force([QUOTE], "da")[QUOTE].number == BUILT_IN[QUOTE].number
    assert answered(QUOTE, FIRST_OF_STAFF) == Said(FIRST_OF_STAFF, NEW)
    assert write().number == FIRST_OF_STAFF


@pytest.mark.parametrize("done", ["update", "delete"])
def test_the_database_keeps_every_wording(db: None, done: str) -> None:
    write()
    with pytest.raises((IntegrityError, ProgrammingError, DatabaseError)), transaction.atomic():
        rows = Wording.objects.all()
        rows.update(text="noget andet") if done == "update" else rows.delete()
    assert Wording.objects.get().text == NEW


def test_a_letter_begins_with_the_words_of_staff(db: None) -> None:
    write("letter.opening.declined", "Vi har læst det.")
    letter = letter_for("declined", "hate", language="da")
    assert letter.startswith("Vi har læst det.\n\n")
    assert is_a_draft(letter, language="da")
    assert not is_a_draft(letter, language="en")


def test_what_is_said_to_somebody_in_danger_is_theirs_to_write(
    stranger: Client, strategy: None
) -> None:
    write("crisis", "Vi kan høre, at det er svært.")
    page = filled(stranger.get(TELL), TELL)
    answer = stranger.post(TELL, {**page, "text": ["Jeg vil ikke leve mere"], "consents": ["show"]})
    assert "Vi kan høre, at det er svært." in answer.content.decode()


def test_an_editor_changes_it_and_sees_what_it_was(editor: Client) -> None:
    wanted = {"key": "promise", "language": "da", "text": "Vi læser det.", "hint": ""}
    editor.post(reverse(EDIT("add")), wanted)
    record = TextRecord.objects.get()
    change = {"text": "Vi læser det hele.", "hint": ""}
    assert editor.post(reverse(EDIT("edit"), args=[record.pk]), change).status_code == 302
    record.refresh_from_db()
    assert (record.key, record.text, record.number) == (
        "promise",
        "Vi læser det hele.",
        FIRST_OF_STAFF + 1,
    )
    assert Revision.objects.for_instance(record).count() == 2
    assert editor.get(reverse(EDIT("history"), args=[record.pk])).status_code == 200
    oldest = Revision.objects.for_instance(record).earliest("pk")
    page = editor.get(reverse(EDIT("revisions_revert"), args=[record.pk, oldest.pk]))
    assert "Vi læser det." in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " \n "},
        {"hint": "Småt"},
        {"key": "noget"},
        {"language": "xx"},
        {"text": "x" * 1_001},
    ],
)
def test_what_cannot_be_said_is_not_saved(editor: Client, wrong: dict[str, str]) -> None:
    wanted = {"key": "promise", "language": "da", "text": "Vi læser det.", "hint": "", **wrong}
    answer = editor.post(reverse(EDIT("add")), wanted)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not TextRecord.objects.exists()
    assert not Wording.objects.exists()


def test_a_text_is_written_once_in_a_language(editor: Client) -> None:
    write("promise", "Vi læser det.")
    wanted = {"key": "promise", "language": "da", "text": "Noget andet.", "hint": ""}
    assert editor.post(reverse(EDIT("add")), wanted).status_code == 200
    assert TextRecord.objects.get().text == "Vi læser det."


@pytest.mark.parametrize("name", ["citizen", "staff", "host", "analyst", "politician"])
def test_only_an_editor_writes_them(cast: Cast, name: str) -> None:
    prepare_site()
    wanted = {"key": "promise", "language": "da", "text": "Vi læser det.", "hint": ""}
    assert cast.client(name).post(reverse(EDIT("add")), wanted).status_code in {302, 403, 404}
    assert not TextRecord.objects.exists()


def test_reading_all_of_them_is_one_query(db: None, django_assert_num_queries: object) -> None:
    write()
    with django_assert_num_queries(1):  # type: ignore[operator]
        in_force(BUILT_IN)
    with django_assert_num_queries(0):  # type: ignore[operator]
        read_asked_in("show.1 quote.1")
    with django_assert_num_queries(1):  # type: ignore[operator]
        read_asked_in("show.1 quote.100 analyse.100")


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_two_languages_at_once_get_a_number_each() -> None:
    def save(language: str) -> int:
        try:
            return write(language=language, text=f"Korte citater {language}").number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        given = sorted(people.map(save, ("da", "en")))
    assert given == [FIRST_OF_STAFF, FIRST_OF_STAFF + 1]
