"""Places in a row as text keys: between two there is always room for a third.

A note's first place is its number in the log, so a new note needs no look at its neighbours. Keys
are compared as text; the digits are in the order of their characters.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
MIDDLE = DIGITS[len(DIGITS) // 2]
NUMBER_WIDTH = 10


def first_place(seq: int) -> str:
    """The place of what operation `seq` made: after all that came before it."""
    return f"{seq:0{NUMBER_WIDTH}d}{MIDDLE}"


def between(before: str, after: str) -> str:
    """A key after `before` and ahead of `after`; "" is the open end on either side.

    Raises ValueError when `before` does not come first.
    """
    if after and before >= after:
        raise ValueError("these places stand in the other order")
    key = []
    bounded = bool(after)
    for n in range(max(len(before), len(after)) + 1):
        low = DIGITS.index(before[n]) if n < len(before) else 0
        high = DIGITS.index(after[n]) if bounded and n < len(after) else len(DIGITS)
        if low + 1 < high:
            key.append(DIGITS[(low + high) // 2])
            return "".join(key)
        key.append(DIGITS[low])
        # Once below the upper key, later digits are free of it.
        bounded = bounded and low == high
    key.append(MIDDLE)
    return "".join(key)
