""" "Sig til": what happens with a word to the hosts about something that is shown.

The same for every kind of voice. Each kind has an address and words of its own, and finds what is
said to; the page itself asks nothing of the reader.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Contribution
from cocreate.help.access import crisis_lines
from cocreate.help.words import kinds_in
from cocreate.moderation.author_door import FORMS_AT_A_TIME, wait_to_send
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.intake import say_to
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.voice_forms import SayToForm, asked_about
from cocreate.text.finder import Kind

UNPROCESSABLE, TOO_MANY = 422, 429


def answer_say_to(
    request: HttpRequest, told: Contribution, context: dict[str, Any], *, form: str, thanks: str
) -> HttpResponse:
    """`form` and `thanks` are the templates of the page that asks and of the one that thanks."""
    sent = request.POST if request.method == "POST" else None
    word = SayToForm(sent)
    shown = {**context, "form": word}
    if sent is None:
        return render(request, form, shown)
    valid = word.is_valid()
    if too_many(request, "say-to", **FORMS_AT_A_TIME):
        word.add_error(None, wait_to_send())
        return render(request, form, shown, status=TOO_MANY)
    about = asked_about(word) if valid else {}
    if about or not valid:
        return render(request, form, {**shown, **about}, status=UNPROCESSABLE)
    return _thank(request, told, word, context, thanks)


def _thank(
    request: HttpRequest, told: Contribution, word: SayToForm, context: dict[str, Any], thanks: str
) -> HttpResponse:
    """Stored first; then help, when what was written sounds as if somebody needs it."""
    said = word.cleaned_data
    say_to(told, submission_id=said["submission_id"], reason=said["reason"], text=said["text"])
    kinds = kinds_in(said["text"])
    shown = {
        **context,
        "help_lines": crisis_lines() if Kind.CONCERN in kinds else [],
        "individual_case": Kind.INDIVIDUAL_CASE in kinds,
        "read_by": day_in_words(read_by(timezone.now())),
    }
    return render(request, thanks, shown)
