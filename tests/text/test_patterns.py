"""No pattern of ours can be made to walk a text more often than once for each of its letters.

For each pattern in the code the worst texts are made from its own parts: whatever it may repeat, again
and again, alone and in pairs, before an end that does not fit. A walk for each letter (quadratic) grows
four times when the text doubles; one more would be eight, and a pattern that tries every way of
splitting a text would never come back.
"""

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import permutations
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import cocreate
import home
from bench.words import WORST
from cocreate.text.html import to_html
from cocreate.text.plain import clean
from cocreate.text.stems import stems

LONG = 4_000
# Doubling, with room for a clock that is not exact. What takes less than this is not looked at.
MOST_GROWTH, TOO_SHORT_TO_MEASURE = 5.5, 0.03
MOST_GROWTH_OF_ONE = 3.0
# A walk for each letter of the long text is a fraction of a second of this process's own time.
MOST_SECONDS = 3.0
ANYTHING = "a1 .-\n@/:A~\x00"
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT}


class TooLong(Exception):
    pass


def patterns() -> dict[str, re.Pattern[str]]:
    """Those that stand in our modules, by where they stand."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (cocreate, home):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in module.name or ".settings" in module.name:
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                several = value if isinstance(value, tuple | list) else (value,)
                for number, one in enumerate(several):
                    if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                        found.setdefault(one.pattern, one)
                        where = f"{module.name}.{name}.{number}"
                        if found[one.pattern] is one:
                            found[where] = found.pop(one.pattern)
    return found


# --- the worst texts for a pattern ----------------------------------------------------------------


def letter_for(state: Any, node: Any) -> str:
    """One that this part of a pattern takes; "" where it takes none of ours."""
    part = _compiler.compile(_parser.SubPattern(state, [node]), state.flags)
    named = [chr(said[1] if said[0] is _constants.LITERAL else said[1][0]) for said in _named(node)]
    return next((letter for letter in [*named, *ANYTHING] if part.fullmatch(letter)), "")


def _named(node: Any) -> list[Any]:
    kinds = {_constants.LITERAL, _constants.RANGE}
    said = node[1] if node[0] is _constants.IN else [node]
    return [one for one in said if one[0] in kinds]


def inside(node: Any) -> list[list[Any]]:
    """The sequences of parts that a part is made of."""
    kind, said = node
    if kind in REPEATS:
        return [list(said[2])]
    if kind is _constants.SUBPATTERN:
        return [list(said[3])]
    if kind is _constants.BRANCH:
        return [list(way) for way in said[1]]
    if kind is _constants.ASSERT:
        return [list(said[1])]
    return []


def example(state: Any, parts: list[Any]) -> str:
    """A text that these parts take, or nearly."""
    said = []
    for node in parts:
        deeper = inside(node)
        if node[0] in REPEATS:
            said.append(example(state, deeper[0]) * max(1, min(node[1][0], 40)))
        elif node[0] is _constants.ASSERT:
            continue
        elif deeper:
            said.append(example(state, deeper[0]))
        elif node[0] in {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}:
            said.append(letter_for(state, node))
    return "".join(said)


def repeated(state: Any, parts: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """What leads to each part that may be repeated, and what it repeats."""
    for at, node in enumerate(parts):
        leading = before + example(state, parts[:at])
        for deeper in inside(node):
            if node[0] in REPEATS and node[1][1] > 3:
                yield leading, example(state, deeper)
                for way in (way for part in deeper for way in inside(part)):
                    yield leading, example(state, way)
            yield from repeated(state, deeper, leading)


def worst_texts(pattern: re.Pattern[str]) -> dict[str, Callable[[int], str]]:
    """By a short name, how each is made in any length."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    pumped = [pair for pair in repeated(tree.state, list(tree)) if pair[1]]
    bodies = list(dict.fromkeys(body for _before, body in pumped))[:8]
    every = [*pumped, ("", example(tree.state, list(tree)) or "a"), ("", "a"), ("", " "), ("", "1")]
    every += [("", one + other) for one, other in permutations(bodies, 2)]
    return {
        f"{before[:20]!r} {body[:20]!r} {end!r}": _text(before, body, end)
        for before, body in every
        for end in ("", "\x00")
    }


def _text(before: str, body: str, end: str) -> Callable[[int], str]:
    return lambda size: before + (body * (size // len(body) + 1))[:size] + end


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Of this process's own time, so that a busy machine does not matter."""

    def give_up(*_said: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(pattern: re.Pattern[str], text: str) -> float:
    began = time.process_time()
    for _found in pattern.finditer(text):
        pass
    return time.process_time() - began


def too_slow(pattern: re.Pattern[str]) -> str:
    """The first text on which it walks more than once for each letter; "" when there is none."""
    for name, made in worst_texts(pattern).items():
        try:
            with at_most(MOST_SECONDS):
                growth = _growth(pattern, made)
            if growth > MOST_GROWTH:
                # A cache that others filled meanwhile: what is really worse is so every time.
                growth = min(growth, *(_growth(pattern, made) for _again in range(2)))
        except TooLong:
            return f"{name}: no end"
        if growth > MOST_GROWTH:
            return f"{name}: {growth:.1f} times"
    return ""


def _growth(pattern: re.Pattern[str], made: Callable[[int], str], size: int = LONG) -> float:
    """When the text doubles to this size; nought when it takes next to no time."""
    first = seconds(pattern, made(size))
    if first < TOO_SHORT_TO_MEASURE:
        return 0
    long = min(first, *(seconds(pattern, made(size)) for _again in range(2)))
    return long / min(seconds(pattern, made(size // 2)) for _again in range(3))


# --- the tests ------------------------------------------------------------------------------------


def test_patterns_are_found_in_the_code() -> None:
    assert len(patterns()) >= 50
    assert any("contacts" in where for where in patterns())


@pytest.mark.parametrize("where", sorted(patterns()))
def test_no_pattern_walks_more_than_once_for_each_letter(where: str) -> None:
    assert not too_slow(patterns()[where])


OF_PEOPLES_TEXTS = [where for where in sorted(patterns()) if where.startswith("cocreate.text.")]
# Asked of one whole word, never of a text.
OF_A_WORD = {"cocreate.text.stems._MAY_BE_INFLECTED.0"}


@pytest.mark.parametrize("where", [one for one in OF_PEOPLES_TEXTS if one not in OF_A_WORD])
def test_what_reads_peoples_texts_walks_them_once(where: str) -> None:
    """A story is twenty thousand letters, and is read each time it is saved."""
    pattern = patterns()[where]
    growths = {name: _growth(pattern, made, 6_000) for name, made in worst_texts(pattern).items()}
    assert {name: growth for name, growth in growths.items() if growth > MOST_GROWTH_OF_ONE} == {}


@pytest.mark.parametrize(
    "slow",
    [
        r"(a+)+$",
        r"\s*\s*\s*x",
        r"b(?:[^x]*,)*[^x]*,[^x]*,[^x]*x",
        r"(?:\d+[-.]?)+ kr",
    ],
)
def test_a_pattern_that_does_is_found(slow: str) -> None:
    assert too_slow(re.compile(slow))


@pytest.mark.parametrize("quick", [r"\s+x", r"a.*b", r"(?:a|b)+c", r"[^\n]+(?:\n[^\n]+)*"])
def test_a_pattern_that_walks_once_for_each_letter_is_let_be(quick: str) -> None:
    assert not too_slow(re.compile(quick))


@pytest.mark.parametrize("shape", WORST)
@pytest.mark.parametrize("work", [clean, to_html, stems], ids=lambda work: str(work.__name__))
def test_what_is_done_with_every_text_grows_with_it_and_no_faster(
    shape: str, work: Callable[[str], object]
) -> None:
    def best(size: int) -> float:
        text, tries = (WORST[shape] * size)[:size], []
        for _again in range(3):
            began = time.process_time()
            work(text)
            tries.append(time.process_time() - began)
        return min(tries)

    work("en")
    assert best(40_000) < max(best(5_000), 0.001) * 8 * 3
