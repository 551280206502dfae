"""What one does with a note by one's code alone, when the seat is gone from every device."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cocreate.boards import operations
from cocreate.boards.held import became, own_note
from cocreate.contributions.viewer import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """It asks first; afterwards the same page says that it is done."""
    receipts = Viewer.of(request).receipts
    if not receipts:
        return redirect(f"{reverse('receipt')}?igen=1")
    note = own_note(receipts, public_id)
    if note is None:
        raise Http404
    if request.method == "POST":
        operations.take_back(note)
        return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)
    made = became(note)
    if made is not None and not note.is_gone:
        return redirect("withdraw", made.public_id)
    context = {"note": note, "workshop": note.board.workshop}
    return render(request, "boards/held_note.html", context)
