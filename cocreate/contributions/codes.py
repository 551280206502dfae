"""Digests and receipt codes, all derived under one key that is not in the database.

The code follows from the form's random id alone, so that a form sent again after a killed process
gives the same code, although neither id nor code is stored (design §4).
"""

import hmac
from hashlib import sha256

from django.conf import settings

from cocreate.text.receipt_words import canonical, read_code, words_for

CODE_BITS = 70


def digest(purpose: str, value: str) -> str:
    """Keyed digest, 64 hex characters; the purpose keeps ids and codes apart."""
    return _mac(purpose, value).hex()


def code_for(submission_id: str) -> tuple[str, ...]:
    """The seven words of the receipt that this form makes."""
    number = int.from_bytes(_mac("code-words", submission_id), "big") >> (256 - CODE_BITS)
    return words_for(number)


def code_digest(words: tuple[str, ...]) -> str:
    return digest("code", canonical(words))


def digest_of_typed_code(typed: str) -> str:
    """The digest to look up. A code that cannot be one is digested all the same, so that a wrong
    and a right code cost the same work."""
    words = read_code(typed)
    return code_digest(words) if words else digest("no-code", typed[:200])


def _mac(purpose: str, value: str) -> bytes:
    message = f"{purpose}\x1f{value}".encode("utf-8", "surrogatepass")
    return hmac.digest(settings.RECEIPT_KEY.encode(), message, sha256)
