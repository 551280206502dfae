"""Word rules as an editor keeps them, and the box in which they are tried."""

import logging

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from cocreate.help.models import RestingRule, WordRule
from cocreate.help.words import is_of_concern, read, staff_rules
from cocreate.text import concern, corpus
from cocreate.text.finder import Level
from cocreate.text.staff_rules import built_in_that_may_rest
from home.operations import prepare_site
from tests.cast import Cast

SAID = "Jeg lægger i aften nøglerne i postkassen."
BOX = "word_box:try"


@pytest.fixture
def editor(cast: Cast) -> Client:
    prepare_site()
    return cast.client("editor")


def answers(**changed: str) -> dict[str, str]:
    return {
        "kind": "concern",
        "pattern": "lægger ~2 nøglerne ~3 postkassen",
        "level": "medium",
        "not_when": "",
        "note": "Sagt på en åben rådgivning.",
        "is_on": "on",
        **changed,
    }


def test_a_rule_reads_the_next_text_and_none_after_it_is_deleted(editor: Client) -> None:
    assert not is_of_concern(SAID)
    assert editor.post(reverse("wordrule:add"), answers()).status_code == 302
    assert is_of_concern(SAID)
    rule = WordRule.objects.get()
    editor.post(reverse("wordrule:edit", args=[rule.pk]), answers(not_when="nøglerne i postkassen"))
    assert not is_of_concern(SAID)
    editor.post(reverse("wordrule:edit", args=[rule.pk]), answers())
    assert is_of_concern(SAID)
    editor.post(reverse("wordrule:delete", args=[rule.pk]))
    assert not is_of_concern(SAID)


def test_a_rule_that_is_off_reads_nothing(editor: Client) -> None:
    editor.post(reverse("wordrule:add"), answers(is_on=""))
    assert WordRule.objects.exists() and not is_of_concern(SAID)


def test_who_changed_a_rule_is_kept(editor: Client, cast: Cast) -> None:
    editor.post(reverse("wordrule:add"), answers())
    entry = ModelLogEntry.objects.get(object_id=str(WordRule.objects.get().pk))
    assert entry.user == cast.editor


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("pattern", {"pattern": "jeg"}),
        ("pattern", {"pattern": "(a+)+ medicinskabet"}),
        ("pattern", {"pattern": "fællesspisningen"}),
        ("pattern", {"pattern": "x" * 201}),
        ("pattern", {"kind": "never", "pattern": "tænker på selvmord"}),
        ("not_when", {"not_when": "nøglerne ~99"}),
        ("not_when", {"not_when": "\n".join(["nøglerne hos naboen"] * 11)}),
        ("not_when", {"not_when": "nøglerne " + "x" * 300}),
        ("not_when", {"kind": "never", "not_when": "nøglerne hos naboen"}),
        ("kind", {"kind": "alarm"}),
        ("level", {"level": "grave"}),
        ("note", {"note": ""}),
    ],
)
def test_a_rule_that_would_be_slow_or_wide_is_refused(
    editor: Client, field: str, changed: dict[str, str]
) -> None:
    answer = editor.post(reverse("wordrule:add"), answers(**changed))
    assert field in answer.context["form"].errors
    assert not WordRule.objects.exists()


def test_the_same_words_are_one_rule(editor: Client) -> None:
    for _ in range(2):
        editor.post(reverse("wordrule:add"), answers())
    assert WordRule.objects.count() == 1


def test_there_is_an_end_to_how_many_are_read(editor: Client) -> None:
    WordRule.objects.bulk_create(
        WordRule(pattern=f"skorstensfejer {number}", note="Prøve") for number in range(200)
    )
    assert editor.post(reverse("wordrule:add"), answers()).status_code == 200
    assert not WordRule.objects.filter(pattern__startswith="lægger").exists()
    assert editor.post(reverse("wordrule:add"), answers(is_on="")).status_code == 302


def test_a_built_in_rule_rests_with_a_reason_and_the_gravest_never(editor: Client) -> None:
    milder = built_in_that_may_rest()[0]
    grave = next(source for source, level in concern.RULES if level is Level.HIGH)
    address = reverse("restingrule:add")
    assert editor.post(address, {"pattern": grave, "reason": "For mange"}).status_code == 200
    assert editor.post(address, {"pattern": milder, "reason": ""}).status_code == 200
    assert editor.post(address, {"pattern": milder, "reason": "For mange"}).status_code == 302
    assert staff_rules().off == {milder}


@pytest.mark.db
def test_the_database_wants_a_reason_and_a_known_kind(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RestingRule.objects.create(pattern="x", reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        WordRule.objects.create(pattern="x", kind="alarm", note="x")


@pytest.mark.parametrize("person", ["stranger", "citizen", "host", "politician", "staff"])
def test_nobody_else_keeps_rules_or_tries_them(cast: Cast, person: str) -> None:
    prepare_site()
    client = cast.client(person)
    client.get("/kode/")
    for name in ("wordrule:add", "restingrule:add", "staffedhours:add", "closedday:add", BOX):
        assert client.get(reverse(name)).status_code in {302, 403, 404}, name
        assert client.post(reverse(name), answers(text="x")).status_code in {302, 403, 404}, name
    assert not WordRule.objects.exists()


def test_reading_takes_two_queries_however_many_rules(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 40):
        WordRule.objects.bulk_create(
            WordRule(pattern=f"skorstensfejer {size} {number}", note="Prøve")
            for number in range(size)
        )
        with django_assert_num_queries(2):
            read(SAID)
    with django_assert_num_queries(0):
        read("")


# --- the box --------------------------------------------------------------------------------------


def test_the_box_shows_what_is_found_where_and_by_which_rule(editor: Client) -> None:
    editor.post(reverse("wordrule:add"), answers(level="high"))
    answer = editor.post(reverse(BOX), {"text": f"{SAID} Jeg vil ikke leve mere. <b>12</b>"})
    page = answer.content.decode()
    assert "<mark>lægger i aften nøglerne i postkassen</mark>" in page
    assert "lægger ~2 nøglerne ~3 postkassen" in page
    assert [(row.words, row.by_staff) for row in answer.context["listed"]][0][1]
    assert len(answer.context["listed"]) >= 2
    assert "<b>12</b>" not in page


def test_the_box_says_how_the_rules_fare(editor: Client) -> None:
    concern_score, *_others, neutral = editor.get(reverse(BOX)).context["scores"]
    assert (
        concern_score.of == len(corpus.CONCERN) and concern_score.right >= 0.95 * concern_score.of
    )
    assert neutral.of == len(corpus.NEUTRAL) and neutral.right >= 0.9 * neutral.of
    rest = built_in_that_may_rest()
    RestingRule.objects.bulk_create(RestingRule(pattern=one, reason="Prøve") for one in rest)
    assert editor.get(reverse(BOX)).context["scores"][0].right < concern_score.right


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001, "a\x00b", "😀 ‏עברית"])
def test_the_box_takes_any_text(editor: Client, text: str) -> None:
    assert editor.post(reverse(BOX), {"text": text}).status_code in {200, 422}


def test_nothing_that_is_tried_is_kept_or_logged(
    editor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    tried = "Jeg lægger kaprifolier i postkassen i aften."
    with caplog.at_level(logging.DEBUG, logger="cocreate"):
        answer = editor.post(reverse(BOX), {"text": tried})
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]
    assert "kaprifolier" not in caplog.text
    assert "kaprifolier" not in everything_stored()


def everything_stored() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)
