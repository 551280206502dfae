"""Words of one's own (cocreate.insights.own_words) against every wording of the place, and against
a thousand long ones: one look through everything, as each decision and each insight takes."""

from statistics import median
from time import process_time

import django

django.setup()

from django.db import transaction  # noqa: E402

from cocreate.contributions.models import Contribution, TextVersion  # noqa: E402
from cocreate.insights.own_words import refuse_copied_words  # noqa: E402

ROUNDS = 5
LONG_ONES, WORDS = 1000, 250
# Seven of the words people use most, so that few places are passed over by their first word.
WRITTEN = "Vi skal svare, og det skal være til at forstå, når man venter på det. " * 4
ORDINARY = "og det var den dag, jeg ventede på at der kom en med svar til mig om det "


def look() -> float:
    """CPU milliseconds."""
    started = process_time()
    refuse_copied_words(WRITTEN)
    return (process_time() - started) * 1000


def main() -> None:
    given = TextVersion.objects.count()
    print(
        f"\nEight words in a row, {ROUNDS} looks through all wordings, CPU ms: median (lowest–highest)"
    )
    print(f"{given} wordings of the place    {spread([look() for _ in range(ROUNDS)])}")
    with transaction.atomic():
        add_long_ones()
        print(f"and {LONG_ONES} of {WORDS} words  {spread([look() for _ in range(ROUNDS)])}")
        transaction.set_rollback(True)


def add_long_ones() -> None:
    contribution = Contribution.objects.filter(state="published").first()
    assert contribution is not None
    words = ORDINARY.split()
    text = " ".join(words[n % len(words)] for n in range(WORDS))
    TextVersion.objects.bulk_create(
        TextVersion(contribution=contribution, number=1000 + n, text=text, seal="-")
        for n in range(LONG_ONES)
    )


def spread(values: list[float]) -> str:
    return f"{median(values):8.0f} ({min(values):.0f}–{max(values):.0f})"


if __name__ == "__main__":
    main()
