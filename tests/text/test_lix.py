"""The readability figure, worked out by hand."""

import pytest

from cocreate.text.lix import lix


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("", 0.0),
        ("…!", 0.0),
        ("Jeg bor her.", 3.0),
        ("Jeg bor her. Du bor der.", 3.0),
        ("Kommunen svarer hurtigt.", 3 + 100 * 2 / 3),
        ("Jeg bor her\nDu bor der", 3.0),
        ("Det koster 44.9 kroner.", 5.0),
    ],
)
def test_lix_counts_sentences_and_long_words(text: str, figure: float) -> None:
    assert lix(text) == pytest.approx(figure)
