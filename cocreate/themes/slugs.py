"""Danish words as addresses: æ, ø and å are spelled out, as Danes do where the letters are missing."""

from django.utils.text import slugify

_SPELLED_OUT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
LONGEST = 80


def slug_of(title: str) -> str:
    """ "Pårørende som ressource" → "paaroerende-som-ressource"; empty when no letter is left."""
    return slugify(title.translate(_SPELLED_OUT))[:LONGEST].strip("-")
