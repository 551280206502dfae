"""Bounded work: sanitise, find and stem for the worst 20 kB anybody could send."""

import os
from time import process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreate.settings.test")

SIZE = 20_000
WORST = {
    "ordinary Danish": "Det hjalp, at nogen ringede, da de sagde, de ville. ",
    "angle brackets": "<",
    "nested tags": "<b><i>",
    "dotted letters": "a.",
    "addresses": "http://",
    "at signs": "a@",
    "digits": "0",
    "spaced digits": "1 ",
    "dates": "01-01-1980 ",
    "combining marks": "a\u0301\u0302\u0303",
    "long word": "kommunalbestyrelse",
    "capitals": "ÆØÅ ",
    "quotes": "\"'&",
    "line breaks": "\n",
    "street names": "Vej 1, ",
    "concern words": "jeg vil ikke leve mere og ",
}


def bounded_work() -> None:
    import django

    django.setup()
    from cocreate.text.finder import find
    from cocreate.text.html import to_html
    from cocreate.text.plain import clean
    from cocreate.text.stems import stems

    print(f"\nSanitise + find + stem of {SIZE} characters, best of 3, CPU ms (≤ 100)")
    for name, piece in WORST.items():
        text = (piece * (SIZE // len(piece) + 1))[:SIZE]
        best = []
        for _ in range(3):
            started = process_time()
            cleaned = clean(text)
            to_html(cleaned)
            find(cleaned)
            stems(cleaned)
            best.append((process_time() - started) * 1000)
        print(f"{name:18} {min(best):8.1f}")


if __name__ == "__main__":
    bounded_work()
