"""Printing errors: said beside the adopted text, which stays as it was adopted."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cocreate import guards
from cocreate.themes.demonstration import make_demonstration
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.models import Corrigendum, CorrigendumStands, Edition, Passage
from cocreate.themes.operations import import_strategy
from tests.moderation.pages.acts import says
from tests.themes.conftest import snippet
from tests.themes.editions import begin_edition, next_edition

pytestmark = [pytest.mark.django_db, pytest.mark.db]

SENTENCE = "Printing error, corrected %(day)s: “%(was)s” should read “%(should_be)s”."
CORRECTED_ON = date(2025, 3, 3)


@pytest.fixture
def misprint(solbaek: StrategyDocument) -> Passage:
    """Guideline 1.1, which was printed with "bnake"."""
    import_strategy(solbaek)
    return Passage.objects.get(guideline__code="1.1")


def correct(passage: Passage, was: str, should_be: str, **columns: Any) -> Corrigendum:
    return Corrigendum.objects.create(
        passage=passage, was=was, should_be=should_be, published_on=CORRECTED_ON, **columns
    )


def shown(client: Client, address: str, was: str, should_be: str) -> bool:
    day = '<time datetime="2025-03-03">3. marts 2025</time>'
    was, should_be = (f'<span lang="da">{words}</span>' for words in (was, should_be))
    return says(client.get(address), SENTENCE, day=day, was=was, should_be=should_be)


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/strategien/1/", "/strategien/1/1.1/", "/retningslinjer/1.1/"]
)
def test_a_printing_error_is_said_beside_the_text_and_the_text_stays(
    client: Client, misprint: Passage, address: str
) -> None:
    before = client.get(address)
    assert not shown(client, address, "bnake", "banke")
    correct(misprint, "bnake", "banke", note="Fundet af en læser.")
    after = client.get(address)
    assert shown(client, address, "bnake", "banke")
    assert "bnake på hos alle" in after.content.decode()
    assert "Fundet af en læser." in after.content.decode()
    assert after["ETag"] != before["ETag"]
    assert Passage.objects.get(pk=misprint.pk).text == misprint.text


@pytest.mark.parametrize(
    ("kind", "was", "address"),
    [
        ("vision", "hilser", "/temaer/den-foerste-tid/"),
        ("challenge", "sværeste", "/temaer/den-foerste-tid/"),
        ("lead_in", "derfor at…", "/temaer/den-foerste-tid/"),
        ("lead_in", "derfor at…", "/retningslinjer/1.1/"),
    ],
)
def test_every_part_of_a_theme_can_have_one(
    client: Client, misprint: Passage, kind: str, was: str, address: str
) -> None:
    correct(Passage.objects.get(theme__number=1, kind=kind), was, "noget andet")
    assert shown(client, address, was, "noget andet")


def test_the_preface_and_the_signature_can_have_one(client: Client, misprint: Passage) -> None:
    correct(Passage.objects.get(kind="preface"), "Tak til alle", "Tak til jer")
    correct(Passage.objects.get(kind="signature"), "Rigmor", "Ragnhild")
    for address in ("/strategien/", "/strategien/1/", "/strategien/1/forord/"):
        assert shown(client, address, "Tak til alle", "Tak til jer"), address
    for address in ("/strategien/1/", "/strategien/1/underskrift/"):
        assert shown(client, address, "Rigmor", "Ragnhild"), address


def test_a_wrong_correction_is_answered_by_another_one(client: Client, misprint: Passage) -> None:
    correct(misprint, "bnake", "tanke")
    correct(misprint, "bnake", "banke", note="Den forrige rettelse var forkert.")
    html = client.get("/strategien/1/1.1/").content.decode()
    assert html.index("tanke") < html.index("banke")


def test_the_next_edition_does_not_inherit_the_error_of_the_print(
    client: Client, misprint: Passage
) -> None:
    correct(misprint, "bnake", "banke")
    next_edition({"1.1": misprint.text.replace("bnake", "banke")})
    assert not shown(client, "/strategien/2/1.1/", "bnake", "banke")
    assert shown(client, "/strategien/1/1.1/", "bnake", "banke")


def test_several_cost_no_more_than_one(
    client: Client, misprint: Passage, django_assert_max_num_queries: Any
) -> None:
    client.get("/strategien/1/")
    counts = []
    for passage in Passage.objects.of_guidelines()[:2]:
        correct(passage, passage.text[:4], "noget")
        with django_assert_max_num_queries(10) as seen:
            client.get("/strategien/1/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_markup_in_a_correction_stays_text(client: Client, misprint: Passage) -> None:
    correct(misprint, "bnake", "<b>banke</b>", note="<i>se</i>")
    html = client.get("/strategien/1/1.1/").content.decode()
    assert "<b>banke" not in html and "<i>se" not in html


# --- writing --------------------------------------------------------------------------------------


def form(passage: Passage, **answers: str) -> dict[str, str]:
    sent = {"passage": str(passage.pk), "was": "bnake", "should_be": "banke", "note": ""}
    return sent | {"published_on": "2025-03-03"} | answers


def test_an_editor_adds_one_and_it_is_shown(
    editor: Client,
    client: Client,
    misprint: Passage,
) -> None:
    address = snippet(Corrigendum, "add")
    page = editor.get(address).content.decode()
    assert f'<option value="{misprint.pk}">' in page
    assert editor.post(address, form(misprint)).status_code == 302
    assert shown(client, "/strategien/1/1.1/", "bnake", "banke")
    listed = editor.get(snippet(Corrigendum, "list")).content.decode()
    assert "bnake → banke" in listed and "1.1" in listed
    row = Corrigendum.objects.get()
    assert editor.get(snippet(Corrigendum, "inspect", row.pk)).status_code == 200


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"was": "bnakke"}, "These words do not stand in the text. Copy them from it."),
        ({"should_be": "bnake"}, "Write the words as they should be: these are the same."),
    ],
)
def test_an_editor_is_told_in_plain_words_what_is_wrong(
    editor: Client,
    misprint: Passage,
    answers: dict[str, str],
    sentence: str,
) -> None:
    page = editor.post(snippet(Corrigendum, "add"), form(misprint, **answers))
    assert page.status_code == 200 and not Corrigendum.objects.exists()
    content = unescape(page.content.decode())
    with translation.override("da"):
        assert translation.gettext(sentence) in content or sentence in content


@pytest.mark.parametrize("answers", [{"was": ""}, {"should_be": " "}, {"published_on": "i går"}])
def test_an_editor_cannot_leave_the_words_or_the_day_out(
    editor: Client,
    misprint: Passage,
    answers: dict[str, str],
) -> None:
    assert editor.post(snippet(Corrigendum, "add"), form(misprint, **answers)).status_code == 200
    assert not Corrigendum.objects.exists()


def test_only_adopted_words_can_be_chosen(editor: Client) -> None:
    passage = Passage.objects.of_guidelines()[0]
    assert passage.edition.demonstration
    sent = form(passage, was=passage.text[:4])
    assert editor.post(snippet(Corrigendum, "add"), sent).status_code == 200
    assert not Corrigendum.objects.exists()


def test_nobody_changes_or_removes_one_in_the_admin(
    superuser: Client,
    misprint: Passage,
) -> None:
    row = correct(misprint, "bnake", "banke")
    superuser.post(snippet(Corrigendum, "edit", row.pk), form(misprint, should_be="tanke"))
    superuser.post(snippet(Corrigendum, "delete", row.pk))
    bulk = reverse("wagtail_bulk_action", args=["themes", "corrigendum", "delete"])
    superuser.post(f"{bulk}?id={row.pk}")
    assert Corrigendum.objects.get().should_be == "banke"


# --- what stands, stands --------------------------------------------------------------------------


def test_the_model_refuses_to_rewrite_one(misprint: Passage) -> None:
    row = correct(misprint, "bnake", "banke")
    row.should_be = "tanke"
    with pytest.raises(CorrigendumStands):
        row.save()
    with pytest.raises(CorrigendumStands):
        row.delete()


def test_the_database_refuses_to_rewrite_one(misprint: Passage) -> None:
    correct(misprint, "bnake", "banke")
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        Corrigendum.objects.update(should_be="tanke")
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Corrigendum.objects.all().delete()
    assert Corrigendum.objects.get().should_be == "banke"


@pytest.mark.parametrize("words", [("", "x"), ("x", ""), ("x", "x")])
def test_the_database_wants_words_that_differ(misprint: Passage, words: tuple[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        correct(misprint, *words)


def test_words_that_nobody_has_adopted_have_none(misprint: Passage) -> None:
    draft = begin_edition(Edition.objects.get())
    passage = Passage.objects.create(edition=draft, kind="preface", text="Udkast.", order=1)
    with pytest.raises(ValidationError):
        Corrigendum(passage=passage, was="Udkast", should_be="Kladde").full_clean()
    with pytest.raises(IntegrityError, match="only adopted words"), transaction.atomic():
        correct(passage, "Udkast", "Kladde")


def test_a_replaced_edition_can_still_be_corrected(client: Client, misprint: Passage) -> None:
    next_edition()
    correct(misprint, "bnake", "banke")
    assert shown(client, "/strategien/1/", "bnake", "banke")


def test_a_demonstration_has_none() -> None:
    passage = make_demonstration().passages.of_guidelines()[0]
    with pytest.raises(IntegrityError, match="only adopted words"), transaction.atomic():
        correct(passage, passage.text[:3], "x")


def test_the_guards_of_corrections_stand_in_the_database(misprint: Passage) -> None:
    assert not [name for name in guards.missing(connection) if "corrigendum" in name]
