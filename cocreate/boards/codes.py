"""The six characters at the door: easy to read aloud, hard to turn into a word."""

from secrets import choice

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, which are taken for each other, and no vowels, which make words.
ALPHABET = "CDFGHJKMNPQRTVWX34679"
LENGTH = 6


def new_code() -> str:
    """One of 85 million; wrong guesses are limited per network (views.py)."""
    return "".join(choice(ALPHABET) for _ in range(LENGTH))


def as_typed(code: str) -> str:
    """What somebody meant: capitals, and none of the spaces and hyphens people put in."""
    return "".join(sign for sign in code.upper() if sign.isalnum())[: LENGTH + 1]
