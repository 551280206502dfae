"""The rules on a corpus of our own: what they must see, what they leave alone, and at what price."""

import random
import time
from collections.abc import Callable

import pytest

from cocreate.text import concern, corpus
from cocreate.text.finder import PERSONAL, ExtraRule, Kind, Level, StaffRules, find, find_by_name
from cocreate.text.phrases import compile_patterns

CONCERN = frozenset({Kind.CONCERN})


def share(sentences: list[str], kinds: frozenset[Kind]) -> float:
    seen = [any(one.kind in kinds for one in find(said)) for said in sentences]
    return sum(seen) / len(seen)


def test_there_are_eighty_sentences_and_more_of_each_kind_than_one() -> None:
    lots = (corpus.CONCERN, corpus.NEUTRAL, corpus.INDIVIDUAL_CASE, corpus.PERSONAL_DATA)
    assert sum(map(len, lots)) >= 80
    assert min(map(len, lots)) >= 10
    assert all(len(set(lot)) == len(lot) for lot in lots)


def test_of_concern_nearly_all_is_seen() -> None:
    assert share(corpus.CONCERN, CONCERN) >= 0.95


def test_of_the_same_words_without_danger_little_is_taken_for_it() -> None:
    assert share(corpus.NEUTRAL, CONCERN) <= 0.10


def test_ones_own_case_and_personal_data_are_seen() -> None:
    assert share(corpus.INDIVIDUAL_CASE, frozenset({Kind.INDIVIDUAL_CASE})) >= 0.95
    assert share(corpus.PERSONAL_DATA, PERSONAL) >= 0.95


def test_no_sentence_was_copied_into_a_rule() -> None:
    """Of a sentence with seven words or more no rule holds six in a row."""
    for said in corpus.CONCERN:
        words = "".join(sign for sign in said.lower() if sign.isalnum() or sign == " ").split()
        runs = [" ".join(words[place : place + 6]) for place in range(len(words) - 5)]
        assert not [run for run in runs for rule, _level in concern.RULES if run in rule], said


@pytest.mark.parametrize("text", [*corpus.CONCERN[:8], *corpus.PERSONAL_DATA[:3]])
def test_a_find_by_name_is_the_same_find_with_its_rule(text: str) -> None:
    named = find_by_name(text)
    assert {one.find.kind for one in named} == {one.kind for one in find(text)}
    rules = {source for source, _level in concern.RULES} | set(concern.INDIVIDUAL_CASE)
    assert all(one.rule in rules for one in named if one.find.kind not in PERSONAL)


# --- price ----------------------------------------------------------------------------------------

STAFF = StaffRules(
    extra=tuple(
        ExtraRule(f"{first} ~6 {second}{number}* ~6 ende", never=(f"{second}{number} ~6 ro",))
        for number in range(50)
        for first, second in (("jeg", "reb"), ("har", "bro"), ("vil", "nat"), ("mig", "slut"))
    ),
    never=("slår ~3 søm", "tiden ~3 ihjel"),
)


def jumble(size: int) -> str:
    """The rules' own words in any order, without a full stop: as many near misses as can be."""
    said = [rule for rule, _level in concern.RULES] + [rule.pattern for rule in STAFF.extra]
    words = [
        word.strip("*?")
        for rule in said
        for part in rule.split()
        if not part.startswith("~")
        for word in part.split("|")
        if word != "."
    ]
    picked = random.Random(4).choices(words, k=size // 4)  # noqa: S311
    return " ".join(picked)[:size]


SHAPES: dict[str, Callable[[int], str]] = {
    "one word again and again": lambda size: ("har " * size)[:size],
    "one long word": lambda size: "h" * size,
    "a long word after each opening": lambda size: (("har " + "x" * 200 + " ") * size)[:size],
    "near misses": jumble,
    "stops": lambda size: "!" * size,
    "stops before a word": lambda size: "." * (size - 1) + "a",
    "figures": lambda size: "1" * size,
    "figures apart": lambda size: ("1 " * size)[:size],
    "signs of mail": lambda size: ("a@" * size)[:size],
    "line breaks": lambda size: ("har\n \n" * size)[:size],
}


def seconds(text: str) -> float:
    tries = []
    for _ in range(3):
        began = time.process_time()
        find(text, rules=STAFF)
        tries.append(time.process_time() - began)
    return min(tries)


@pytest.mark.parametrize("shape", SHAPES)
def test_eight_times_the_text_is_not_sixty_four_times_the_work(shape: str) -> None:
    """Growth, not time: what machine this runs on must not matter. Two hundred rules by staff."""
    find("har", rules=STAFF)
    small, large = seconds(SHAPES[shape](10_000)), seconds(SHAPES[shape](80_000))
    assert large < max(small, 0.001) * 8 * 3, (shape, small, large)


def test_no_rule_takes_more_than_a_straight_walk() -> None:
    """Each built-in rule alone on the worst text for it: its own opening again and again."""
    texts = {size: {} for size in (4_000, 32_000)}  # type: ignore[var-annotated]
    for source, _level in concern.RULES:
        for pattern in compile_patterns([source]):
            for size, taken in texts.items():
                joined = (pattern.opening * size)[:size] + " "
                began = time.process_time()
                sum(1 for _ in pattern.spans_in(joined))
                taken[pattern] = time.process_time() - began
    slow = [
        pattern.source
        for pattern, taken in texts[32_000].items()
        if taken > max(texts[4_000][pattern], 0.0005) * 8 * 4
    ]
    assert not slow


def test_the_gravest_level_is_kept_where_rules_see_the_same() -> None:
    rules = StaffRules(extra=(ExtraRule("leve mere", level=Level.HIGH),))
    (found,) = find("Jeg vil ikke leve mere.", rules=rules)
    assert found.level is Level.HIGH
