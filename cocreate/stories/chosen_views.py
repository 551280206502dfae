"""An author's answer to being chosen."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cocreate.contributions.models import Contribution
from cocreate.contributions.viewer import Viewer
from cocreate.moderation.author_door import authors_only
from cocreate.stories import curation

ANSWERS = {"no": True, "yes": False}


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def chosen(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """The selections that a story is chosen for, each with "Nej tak". No reason is asked for."""
    rows = curation.told_to(contribution) if contribution.is_public else []
    if request.method == "POST":
        row = next((row for row in rows if str(row.pk) == request.POST.get("chosen")), None)
        refuses = ANSWERS.get(request.POST.get("answer", ""))
        if row is None or refuses is None:
            raise Http404
        curation.answer(row, refuses=refuses)
        said = (
            _("It is left out of the selection.") if refuses else _("It may be in the selection.")
        )
        messages.success(request, said)
        return redirect("chosen", contribution.public_id)
    if not rows:
        raise Http404
    context = {
        "contribution": contribution,
        "rows": rows,
        "home": "my_receipt" if contribution.receipt_id in viewer.receipts else "mine",
    }
    return render(request, "stories/chosen.html", context)
