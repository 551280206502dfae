"""One sitting of somebody who types in what others told on paper, on the phone or face to face.

The session remembers, encrypted, which forms were saved: from a form's id its code follows, so that
slips can be printed until the sitting ends, and no code is stored anywhere (decisions 6 and 16).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.codes import code_digest, digest
from cocreate.contributions.models import Contribution
from cocreate.contributions.operations import code_of_form, submission_seal
from cocreate.contributions.viewer import Viewer
from cocreate.text.fields import DecryptionFailed, decrypt, encrypt

SITTING_KEY = "sitting"
# So long after the last one was saved the slips can be printed.
SITTING_SECONDS = 4 * 3600
# A session is read with every request of its reader: what it carries stays small.
MOST_IN_A_SITTING = 100


@dataclass(frozen=True)
class Typed:
    """A form that was saved, and which in the sitting's order it was."""

    form_id: str
    number: int


@dataclass(frozen=True)
class Slip:
    """What is handed to the one who told; `code` is None when the form made none that still opens."""

    number: int
    story: Contribution
    code: tuple[str, ...] | None


Change = Callable[[list[Typed]], list[Typed]]


def scribe_of(user: User) -> Viewer:
    """As whom stories are typed in: of no account. What binds a form's id is the scribe instead of
    the browser's cookie, which may be renewed before the slips are printed."""
    return Viewer(browser=digest("scribe", str(user.pk)))


def typed_in(request: HttpRequest, user: User) -> list[Typed]:
    """Of this sitting, the oldest first; none of another reader's or of one that is over."""
    return _opened(request.session.get(SITTING_KEY), user)


def _opened(token: object, user: User) -> list[Typed]:
    try:
        kept = json.loads(decrypt(token)) if isinstance(token, str) else None
    except (DecryptionFailed, ValueError):
        return []
    if not kept or kept["by"] != user.pk or kept["until"] < timezone.now().timestamp():
        return []
    return [Typed(form_id, number) for form_id, number in kept["forms"]]


def add(request: HttpRequest, user: User, form_id: str) -> None:
    """Once for each form. Two pages that save at the same moment both stay in the sitting: a code
    that was lost here would be lost to the one who told."""
    _change(request, user, lambda forms: _with(forms, form_id))


def leave_out(request: HttpRequest, user: User, form_id: str) -> None:
    _change(request, user, lambda forms: [one for one in forms if one.form_id != form_id])


def end(request: HttpRequest) -> None:
    """Nothing can be printed any more, and nobody here knows a code."""
    request.session.pop(SITTING_KEY, None)


def _with(forms: list[Typed], form_id: str) -> list[Typed]:
    if any(one.form_id == form_id for one in forms):
        return forms
    return [*forms, Typed(form_id, max((one.number for one in forms), default=0) + 1)]


def _change(request: HttpRequest, user: User, change: Change) -> None:
    with transaction.atomic():
        rows = Session.objects.select_for_update()
        row = rows.filter(session_key=request.session.session_key).first()
        token = row.get_decoded().get(SITTING_KEY) if row else None
        forms = change(_opened(token, user))
        kept = {
            "by": user.pk,
            "until": timezone.now().timestamp() + SITTING_SECONDS,
            "forms": [[one.form_id, one.number] for one in forms],
        }
        request.session[SITTING_KEY] = encrypt(json.dumps(kept))
        request.session.save()
    # Saved once more at the end of the request, it would undo what another page has added since.
    request.session.modified = False


def slips(forms: list[Typed], user: User) -> list[Slip]:
    """Their stories and codes, in one query."""
    scribe = scribe_of(user)
    by_seal = {submission_seal(one.form_id, scribe): one for one in forms}
    rows = Contribution.objects.filter(submission_digest__in=by_seal).select_related("receipt")
    found = [_slip(by_seal[row.submission_digest], row, scribe) for row in rows.defer("alias")]
    return sorted(found, key=lambda slip: slip.number)


def _slip(one: Typed, story: Contribution, scribe: Viewer) -> Slip:
    code = code_of_form(one.form_id, scribe)
    opens = story.receipt is not None and story.receipt.code_digest == code_digest(code)
    return Slip(one.number, story, code if opens else None)
