"""What staff may add to the rules, and that the built-in ones stay the floor."""

import pytest

from cocreate.text import concern, corpus
from cocreate.text.finder import ExtraRule, Kind, Level, StaffRules, find, find_by_name
from cocreate.text.staff_rules import (
    COMMON,
    built_in_that_may_rest,
    false_alarms,
    silenced,
    why_not_a_pattern,
)

RULE = ExtraRule("lægger ~2 nøglerne ~3 postkassen", level=Level.HIGH)
SAID = "Jeg lægger i aften nøglerne i postkassen."


def levels(text: str, rules: StaffRules) -> list[Level]:
    return [one.level for one in find(text, rules=rules) if one.kind is Kind.CONCERN]


def test_a_rule_by_staff_sees_what_the_built_in_ones_do_not() -> None:
    assert levels(SAID, StaffRules()) == []
    assert levels(SAID, StaffRules(extra=(RULE,))) == [Level.HIGH]


def test_a_rule_of_a_case_is_of_the_case() -> None:
    rules = StaffRules(extra=(ExtraRule("byggesag* ~2 stille", Kind.INDIVIDUAL_CASE, Level.LOW),))
    assert [one.kind for one in find("Byggesagen ligger stille.", rules=rules)] == [
        Kind.INDIVIDUAL_CASE
    ]


def test_its_own_exception_holds_for_it_alone() -> None:
    with_exception = ExtraRule(RULE.pattern, never=("nøglerne ~3 postkassen",))
    assert levels(SAID, StaffRules(extra=(with_exception,))) == []
    assert levels(SAID, StaffRules(extra=(with_exception, RULE))) == [Level.HIGH]


def test_an_exception_by_staff_reaches_the_milder_built_in_rules() -> None:
    said = "Jeg orker ikke mere, sagde hun i skuespillet."
    assert levels(said, StaffRules()) == [Level.LOW]
    assert levels(said, StaffRules(never=("orker ~5 skuespillet",))) == []


@pytest.mark.parametrize("never", ["slå mig ihjel", "vil slå mig ihjel", "afskedsbrev*"])
def test_no_exception_silences_a_plan_or_a_farewell(never: str) -> None:
    rules = StaffRules(never=(never,))
    assert Level.HIGH in levels("Han siger, at han vil slå mig ihjel.", rules)
    assert Level.HIGH in levels("Jeg har skrevet et afskedsbrev.", rules)


def test_a_built_in_rule_can_rest_but_for_the_gravest() -> None:
    said = "Min søn blev ramt af voldtægt."
    (named,) = find_by_name(said)
    assert levels(said, StaffRules(off=frozenset({named.rule}))) == []
    grave = [source for source, level in concern.RULES if level is Level.HIGH]
    assert not set(grave) & set(built_in_that_may_rest())
    everything = StaffRules(off=frozenset(source for source, _level in concern.RULES))
    assert levels("Jeg har skrevet et afskedsbrev.", everything) == [Level.HIGH]


def test_who_saw_it_is_told() -> None:
    named = find_by_name(f"{SAID} Jeg har skrevet et afskedsbrev.", rules=StaffRules(extra=(RULE,)))
    assert [(one.rule, one.by_staff) for one in named] == [
        (RULE.pattern, True),
        ("afskedsbrev*", False),
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        RULE.pattern,
        "selvskadende",
        "hele? medicinskabet ~3 tomt|tømt",
        "afskedsmail* .",
        "gaspedalen ~2 i bund",
        "skinnerne|banen ~6 vente*",
    ],
)
def test_what_staff_would_write_is_taken(pattern: str) -> None:
    has_loose_end = pattern.startswith("hele?") or pattern.endswith(".")
    assert bool(why_not_a_pattern(pattern)) == has_loose_end


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "   ",
        "jeg",
        "ikke ~3 mere",
        "kontanthjælp",
        "nat",
        "nat*",
        "a*",
        "* ~3 medicinskabet",
        "~3 medicinskabet",
        "medicinskabet ~3",
        "medicinskabet?",
        "medicinskabet ~9 tomt",
        "medicinskabet ~66 tomt",
        "medicinskabet ~0 tomt",
        "medicinskabet ~6 ~6 ~6 tomt",
        "(medicinskabet)+ tomt",
        "medicinskabet.* tomt",
        "[a-z]* medicinskabet",
        "medicinskabet || tomt",
        "|medicinskabet",
        "medicin-skabet tomt",
        "medicinskabet\\b",
        "|".join(f"medicinskab{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
        " ".join(["medicinskabet"] * 13),
        "**medicinskabet",
        "medicin*skabet",
        "medicinskabet??",
    ],
)
def test_a_crooked_or_wide_pattern_is_refused_in_a_sentence(pattern: str) -> None:
    assert why_not_a_pattern(pattern).endswith(".")


@pytest.mark.parametrize("word", sorted(COMMON)[::12])
def test_a_common_word_alone_is_no_rule(word: str) -> None:
    assert why_not_a_pattern(word)


def test_a_rule_that_sees_what_is_harmless_names_it() -> None:
    wide = ExtraRule("fællesspisningen")
    assert [said for said in corpus.NEUTRAL if "fællesspisningen" in said] == false_alarms(wide)
    assert false_alarms(RULE) == []


def test_an_exception_that_would_hide_somebody_names_the_sentence() -> None:
    assert silenced("tænker på selvmord")
    assert silenced("orker ~5 skuespillet") == []
