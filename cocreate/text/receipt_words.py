"""Placeholder until the list is written (being replaced right now by its owner)."""

WORDS = tuple(f"ord{n}" for n in range(1024))


def words_for(number: int) -> tuple[str, ...]:
    return tuple(WORDS[(number >> (10 * place)) & 1023] for place in range(7))


def canonical(words: tuple[str, ...]) -> str:
    return " ".join(words)


def read_code(typed: str) -> tuple[str, ...] | None:
    words = tuple(typed.lower()[:500].replace("-", " ").split())
    return words if len(words) == 7 and set(words) <= set(WORDS) else None
