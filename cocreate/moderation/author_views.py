"""The author's own side: opening it with a code or an account, and all that lies there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions import kinds
from cocreate.contributions.access import own, receipt_for_code
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import (
    Attachment,
    Consent,
    Contribution,
    Scope,
    State,
)
from cocreate.contributions.opening import close_receipts, open_receipt
from cocreate.contributions.viewer import Viewer
from cocreate.help.access import crisis_lines
from cocreate.moderation import appeals
from cocreate.moderation.adopting import NOT_TAKEN
from cocreate.moderation.author_appeals import ask_for_another_look, show_appeal
from cocreate.moderation.author_choices import CANNOT_BE_ALLOWED, scopes_of
from cocreate.moderation.author_door import HELP, OWN_CASE, ask_for_code, newest_wordings
from cocreate.moderation.author_edits import CAN_BE_REWORDED, can_be_regretted, show_reword
from cocreate.moderation.author_forms import (
    AppealForm,
    CodeForm,
    CodeWithWordsForm,
    MessageForm,
)
from cocreate.moderation.author_thread import show_thread, talk
from cocreate.moderation.models import Decision, LostCode, Message, Reason, SuggestedEdit
from cocreate.moderation.templatetags.author import appeal_of, newest_edit_of
from cocreate.text.html import to_html

A_PAGE = 20
CODES_AT_A_TIME = {"limit": 30, "seconds": 600}
# Others cannot be written into an answer.
COOKIE_NAME = re.compile(r"[\w.-]+", re.ASCII)

# --- the code -------------------------------------------------------------------------------------


@sensitive_post_parameters("code", "text", "title", "proposed")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """A right code opens what it holds for half an hour; the session keeps ids, never the code."""
    if request.method != "POST":
        viewer = Viewer.of(request)
        if viewer.receipts and "ny" not in request.GET:
            return _show_given(request, Viewer(receipts=viewer.receipts), by_code=True)
        return ask_for_code(request, CodeForm(), is_over="igen" in request.GET)
    form = CodeWithWordsForm(request.POST) if "text" in request.POST else CodeForm(request.POST)
    valid = form.is_valid()
    if too_many(request, "code", **CODES_AT_A_TIME):
        form.add_error(None, _wait())
        return ask_for_code(request, form, status=429)
    receipt = receipt_for_code(form.cleaned_data["code"]) if valid else None
    if valid and receipt is None:
        form.add_error("code", _unknown_code())
    if receipt is None:
        return ask_for_code(request, form, status=422)
    open_receipt(request, receipt)
    if isinstance(form, CodeWithWordsForm):
        return _take_up_again(request, form)
    return redirect("my_receipt")


def _unknown_code() -> str:
    return _(
        "We do not know a code of those words. See whether all seven are there, in the order they "
        "stand on your receipt."
    )


def _wait() -> str:
    return _(
        "Codes have been tried many times from here in a short while. Wait ten minutes, and try "
        "again."
    )


def _take_up_again(request: HttpRequest, form: CodeWithWordsForm) -> HttpResponse:
    """The half hour ended while somebody wrote: the form they wrote in, with every word."""
    said = form.cleaned_data
    viewer = Viewer.of(request)
    contribution = own(viewer).filter(public_id=said["contribution"]).first()
    if contribution is None:
        form.add_error(
            "code", _("This code does not hold what you were writing about. Your words are here.")
        )
        return ask_for_code(request, form, status=422)
    typed = {"text": said["text"], "title": said["title"], "proposed": said["proposed"]}
    if said["purpose"] == ask_for_another_look.__name__:
        return show_appeal(request, viewer, contribution, AppealForm(initial=typed))
    if said["purpose"] == talk.__name__:
        return show_thread(request, viewer, contribution, MessageForm(initial=typed))
    return show_reword(request, viewer, contribution, typed=typed)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """ "Færdig": nothing of the person stays in this browser or in the session.

    A form that still lies in this browser's history is bound to the old token: sent again it opens
    nothing. Who is signed in stays so; of anybody else every cookie of ours goes, one by one: the
    header's "cookies" would also clear those of the municipality's other sites.
    """
    if request.method != "POST":
        return redirect("receipt")
    response = redirect("front")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    close_receipts(request)
    if Viewer.of(request).user is not None:
        rotate_token(request)
        return response
    request.session.flush()
    for name in filter(COOKIE_NAME.fullmatch, request.COOKIES):
        response.delete_cookie(name)
    return response


# --- what one has given ---------------------------------------------------------------------------


@require_safe
def by_receipt(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    if not viewer.receipts:
        return redirect(f"{reverse('receipt')}?igen=1")
    return _show_given(request, Viewer(receipts=viewer.receipts), by_code=True)


@login_required
@require_safe
def by_account(request: HttpRequest) -> HttpResponse:
    return _show_given(request, Viewer(user=Viewer.of(request).user), by_code=False)


@dataclass(frozen=True)
class Mine:
    """One contribution as its author sees it."""

    contribution: Contribution
    title: str
    html: SafeString
    proposed: SafeString
    decisions: list[Decision]
    consents: list[Consent]
    url: str
    followed: list[kinds.Followed]
    files: list[Attachment]
    # The wording that stands, words between author and hosts, and until when its holder may object.
    standing: int | None = None
    written: int = 0
    unread: int = 0
    object_until: date | None = None

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(consent.scope for consent in self.consents)

    @property
    def is_taken_back(self) -> bool:
        return self.contribution.state == State.WITHDRAWN

    @property
    def may_be_used(self) -> bool:
        """A host has read it, and its author lets it be used in what we gather."""
        read = {State.PUBLISHED, State.KEPT}
        return self.contribution.state in read and Scope.ANALYSE in self.scopes

    @property
    def can_be_reworded(self) -> bool:
        return self.contribution.state in CAN_BE_REWORDED

    @property
    def edit(self) -> SuggestedEdit | None:
        """A host's words that wait for an answer, or whose yes can still be regretted."""
        edit = newest_edit_of(self.decisions)
        if edit is None:
            return None
        regrettable = can_be_regretted(edit, self.contribution) and edit.version_id == self.standing
        return edit if edit.is_open or regrettable else None

    @property
    def may_allow(self) -> list[tuple[str, str]]:
        """What its author has not said yes to."""
        if self.contribution.state in CANNOT_BE_ALLOWED:
            return []
        labels = dict(Scope.choices)
        return [(s, str(labels[s])) for s in scopes_of(self.contribution) if s not in self.scopes]

    @property
    def has_name(self) -> bool:
        """Its author chooses what stands where a name could stand."""
        author = self.contribution.author
        speaks = author is not None and author.speaks_in_own_name
        return kinds.kind_of(self.contribution).names is not None and not speaks

    @property
    def can_be_appealed(self) -> bool:
        still_stands = self.contribution.state in appeals.STILL_STANDS.values()
        if not still_stands or not self.decisions or appeal_of(self.decisions) is not None:
            return False
        return self.decisions[-1].reason != Reason.LOST_CODE


def _show_given(request: HttpRequest, viewer: Viewer, *, by_code: bool) -> HttpResponse:
    after = request.GET.get("efter", "")
    given = _page_of(viewer, after)
    shown = given[:A_PAGE]
    said = list(messages.get_messages(request))
    needs_help = any(HELP in message.tags for message in said)
    mine = _with_all(viewer, shown)
    context = {
        "mine": mine,
        "has_files": any(one.files for one in mine),
        "on_this_page": {row.public_id for row in shown},
        "held": [] if after else kinds.held_by(viewer.receipts),
        "older": shown[-1].public_id if len(given) > A_PAGE else "",
        "said": said,
        "help_lines": crisis_lines() if needs_help else [],
        "individual_case": any(OWN_CASE in message.tags for message in said),
        "by_code": by_code,
        "is_only": len(given) == 1,
        "can_adopt": by_code and _can_adopt(request, given),
    }
    return render(request, "author/given.html", context)


def _page_of(viewer: Viewer, after: str) -> list[Contribution]:
    """Newest first; one more than a page holds, so that we know whether there are older ones."""
    given = own(viewer).select_related("theme", "author").defer("alias")
    place = own(viewer).filter(public_id=after).values_list("submitted_at", "pk").first()
    if place is not None:
        at, pk = place
        given = given.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk))
    place_of = Coalesce("room__forum__title", "room__workshop__title")
    rows = given.annotate(place=place_of).order_by("-submitted_at", "-pk")
    return list(rows[: A_PAGE + 1])


def _with_all(viewer: Viewer, given: Sequence[Contribution]) -> list[Mine]:
    """Wordings, decisions, consents, addresses and what became of a page of contributions, in a
    fixed number of queries."""
    _share_authors(viewer, given)
    wordings = newest_wordings(viewer, given)
    decisions: dict[int, list[Decision]] = {}
    for decision in Decision.objects.about(given).select_related("appeal", "suggested_edit"):
        decisions.setdefault(decision.contribution_id, []).append(decision)
    consents: dict[int, list[Consent]] = {}
    for consent in Consent.objects.active().filter(contribution__in=given).order_by("pk"):
        consents.setdefault(consent.contribution_id, []).append(consent)
    files: dict[int, list[Attachment]] = {}
    kept = Attachment.objects.filter(contribution__in=given).select_related("look").defer("key")
    for one in kept:
        files.setdefault(one.contribution_id or 0, []).append(one)
    addresses = kinds.links(row for row in given if row.is_public)
    followed = kinds.sequels(given)
    talks = _talks(given)
    objections = _objections(given, decisions)
    return [
        Mine(
            contribution=row,
            title=(wording.title if wording else "") or "",
            html=to_html((wording.text if wording else "") or ""),
            proposed=to_html((wording.proposed if wording else "") or ""),
            decisions=decisions.get(row.pk, []),
            consents=consents.get(row.pk, []),
            url=addresses.get(row.pk, ""),
            followed=followed.get(row.pk, []),
            files=files.get(row.pk, []),
            standing=wording.pk if wording else None,
            written=talks.get(row.pk, (0, 0))[0],
            unread=talks.get(row.pk, (0, 0))[1],
            object_until=objections.get(row.pk),
        )
        for row in given
        for wording in [wordings.get(row.pk)]
    ]


def _share_authors(viewer: Viewer, given: Sequence[Contribution]) -> None:
    """An account knows its roles after one question, so the rows of one account share it."""
    known = {viewer.user.pk: viewer.user} if viewer.user else {}
    for row in given:
        if row.author is not None:
            row.author = known.setdefault(row.author.pk, row.author)


def _talks(given: Sequence[Contribution]) -> dict[int, tuple[int, int]]:
    """How many words stand in the thread of each, and how many its author has not seen."""
    unread = Count("pk", filter=Q(from_host=True, read_at=None))
    rows = Message.objects.filter(contribution__in=given, text__isnull=False).order_by()
    counted = rows.values("contribution").annotate(number=Count("pk"), unread=unread)
    return {row["contribution"]: (row["number"], row["unread"]) for row in counted}


def _objections(
    given: Sequence[Contribution], decisions: dict[int, list[Decision]]
) -> dict[int, date | None]:
    """Until when its holder may object to a hiding that still stands; one query where there is one."""
    hidings = [
        decisions[row.pk][-1].pk
        for row in given
        if row.state == State.HIDDEN
        and decisions.get(row.pk)
        and decisions[row.pk][-1].reason == Reason.LOST_CODE
    ]
    if not hidings:
        return {}
    rows = LostCode.objects.hiding().filter(decision__in=hidings)
    return {row[0]: row[1] for row in rows.values_list("contribution", "object_until") if row[0]}


def _can_adopt(request: HttpRequest, given: Sequence[Contribution]) -> bool:
    """Somebody signed in, who does not speak in their own name, and something that is nobody's."""
    user = Viewer.of(request).user
    if user is None or user.speaks_in_own_name:
        return False
    return any(row.author_id is None and row.state not in NOT_TAKEN for row in given)
