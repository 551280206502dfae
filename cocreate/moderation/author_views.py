"""The author's own side: what a code or an account holds, and what its author can do with it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions import kinds
from cocreate.contributions.access import AUTHORS_READ, own, receipt_for_code
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import (
    Attachment,
    Consent,
    Contribution,
    Scope,
    State,
    TextVersion,
)
from cocreate.contributions.opening import close_receipts, open_receipt
from cocreate.contributions.operations import AlreadyDecided
from cocreate.contributions.viewer import Viewer
from cocreate.help.access import crisis_lines
from cocreate.help.words import kinds_in
from cocreate.moderation import appeals, editing, operations
from cocreate.moderation.author_forms import (
    AppealForm,
    Asks,
    CodeForm,
    CodeWithWordsForm,
    RewordForm,
)
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.errors import NotApproved, NotFromHere
from cocreate.moderation.models import Decision, SuggestedEdit
from cocreate.moderation.templatetags.author import appeal_of, newest_edit_of
from cocreate.moderation.templatetags.days import day_in_words, moment_in_words
from cocreate.moderation.voice_forms import asked_about
from cocreate.text.finder import Kind
from cocreate.text.html import to_html
from cocreate.text.plain import clean

A_PAGE = 20
CODES_AT_A_TIME = {"limit": 30, "seconds": 600}
FORMS_AT_A_TIME = {"limit": 60, "seconds": 600}
# What the author can answer to a host's words. Own words are sent again (reword).
EDIT_ANSWERS = {"yes": editing.accept, "no": editing.decline, "regret": editing.regret}
CAN_BE_REWORDED = (State.PENDING, State.RETURNED)
HELP, OWN_CASE = "help", "own-case"
# Others cannot be written into an answer.
COOKIE_NAME = re.compile(r"[\w.-]+", re.ASCII)
# The fields of a form that hold a person's words, in the order of the page.
WORDS = ("title", "proposed", "text")

AuthorView = Callable[..., HttpResponse]


# --- the code -------------------------------------------------------------------------------------


@sensitive_post_parameters("code", "text", "title", "proposed")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """A right code opens what it holds for half an hour; the session keeps ids, never the code."""
    if request.method != "POST":
        viewer = Viewer.of(request)
        if viewer.receipts and "ny" not in request.GET:
            return _show_given(request, Viewer(receipts=viewer.receipts), by_code=True)
        return _ask_for_code(request, CodeForm(), is_over="igen" in request.GET)
    form = CodeWithWordsForm(request.POST) if "text" in request.POST else CodeForm(request.POST)
    valid = form.is_valid()
    if too_many(request, "code", **CODES_AT_A_TIME):
        form.add_error(None, _wait())
        return _ask_for_code(request, form, status=429)
    receipt = receipt_for_code(form.cleaned_data["code"]) if valid else None
    if valid and receipt is None:
        form.add_error("code", _unknown_code())
    if receipt is None:
        return _ask_for_code(request, form, status=422)
    open_receipt(request, receipt)
    if isinstance(form, CodeWithWordsForm):
        return _take_up_again(request, form)
    return redirect("my_receipt")


def _ask_for_code(
    request: HttpRequest, form: CodeForm, *, is_over: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "is_over": is_over,
        "has_words": isinstance(form, CodeWithWordsForm),
        "is_open": bool(Viewer.of(request).receipts),
    }
    return render(request, "author/code.html", context, status=status)


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
        return _ask_for_code(request, form, status=422)
    typed = {"text": said["text"], "title": said["title"], "proposed": said["proposed"]}
    if said["purpose"] == ask_for_another_look.__name__:
        return _show_appeal(request, viewer, contribution, AppealForm(initial=typed))
    return _show_reword(request, viewer, contribution, typed=typed)


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
        if edit is None or not (edit.is_open or _can_be_regretted(edit, self.contribution)):
            return None
        return edit

    @property
    def can_be_appealed(self) -> bool:
        still_stands = self.contribution.state in appeals.STILL_STANDS.values()
        return still_stands and bool(self.decisions) and appeal_of(self.decisions) is None


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
    }
    return render(request, "author/given.html", context)


def _page_of(viewer: Viewer, after: str) -> list[Contribution]:
    """Newest first; one more than a page holds, so that we know whether there are older ones."""
    given = own(viewer).select_related("theme").defer("alias")
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
    wordings = _newest_wordings(viewer, given)
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
        )
        for row in given
        for wording in [wordings.get(row.pk)]
    ]


def _newest_wordings(viewer: Viewer, given: Sequence[Contribution]) -> dict[int, TextVersion]:
    readable = TextVersion.objects.readable_by(viewer).filter(contribution__in=given)
    return {row.contribution_id: row for row in readable.newest()}


def _title(viewer: Viewer, contribution: Contribution) -> str:
    newest = _newest_wordings(viewer, [contribution]).get(contribution.pk)
    return (newest.title if newest else "") or ""


# --- one contribution -------------------------------------------------------------------------------


def authors_only(view: AuthorView) -> AuthorView:
    """Opens a contribution for its author; for everybody else it is not there.

    Words that come when the half hour is over are shown again with a field for the code. What was
    foreign, erased or never there is answered alike.
    """

    @wraps(view)
    def guarded(request: HttpRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        viewer = Viewer.of(request)
        contribution = own(viewer).select_related("theme").filter(public_id=public_id).first()
        if contribution is not None:
            return view(request, viewer, contribution, **kwargs)
        is_nobody = viewer.user is None and not viewer.receipts
        if "text" in request.POST:
            return _keep_words(request, public_id, view.__name__, status=422 if is_nobody else 404)
        if is_nobody:
            return redirect(f"{reverse('receipt')}?igen=1")
        raise Http404

    return guarded


def _keep_words(request: HttpRequest, public_id: str, purpose: str, *, status: int) -> HttpResponse:
    form = CodeWithWordsForm(
        initial={
            "text": request.POST["text"],
            "title": request.POST.get("title", ""),
            "proposed": request.POST.get("proposed", ""),
            "contribution": public_id,
            "purpose": purpose,
        }
    )
    return _ask_for_code(request, form, is_over=True, status=status)


def home_of(viewer: Viewer, contribution: Contribution) -> str:
    """The list on which this contribution stands."""
    return "my_receipt" if contribution.receipt_id in viewer.receipts else "mine"


@sensitive_post_parameters("text", "title", "proposed")
@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def reword(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """ "Ret og send igen": the author's own new wording, for a host to read."""
    asks = _asks(viewer, contribution)
    if request.method != "POST" or asks is None or contribution.state not in CAN_BE_REWORDED:
        is_sent = request.method == "POST"
        typed = request.POST.dict() if is_sent else _hosts_words(request, contribution)
        return _show_reword(request, viewer, contribution, typed=typed)
    form = RewordForm(request.POST, asks=asks)
    valid = form.is_valid()
    if too_many(request, "reword", **FORMS_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return _show_reword(request, viewer, contribution, form, status=429)
    if not valid:
        return _show_reword(request, viewer, contribution, form, status=422)
    about = asked_about(form)
    if about:
        return _show_reword(request, viewer, contribution, form, status=422, **about)
    if form.asks_for_consent():
        return _show_reword(request, viewer, contribution, form, status=422, unused=True)
    return _send_again(request, viewer, contribution, form)


def _hosts_words(request: HttpRequest, contribution: Contribution) -> dict[str, Any] | None:
    """What a host proposes, to begin from when one writes one's own."""
    edit = editing.open_edit(contribution) if "forslag" in request.GET else None
    if edit is None:
        return None
    return {name: getattr(edit.version, name) or "" for name in WORDS}


def _send_again(
    request: HttpRequest, viewer: Viewer, contribution: Contribution, form: RewordForm
) -> HttpResponse:
    home = redirect(home_of(viewer, contribution))
    if contribution.state == State.PENDING and form.says_the_same():
        return home
    try:
        wording = operations.send_again(contribution, form.given(viewer))
    except AlreadyDecided:
        return _show_reword(request, viewer, contribution, typed=request.POST.dict())
    contribution.refresh_from_db()
    day = day_in_words(read_by(contribution.state_changed_at))
    said = _("We have your new text. A host reads it on %(day)s at the latest.") % {"day": day}
    kinds = frozenset(wording.findings.values_list("kind", flat=True))
    messages.success(request, said, extra_tags=_shown_with(kinds))
    return home


def _shown_with(kinds: frozenset[str]) -> str:
    """The tags of a message: what the page it stands on shows with it."""
    shown = ((Kind.CONCERN, HELP), (Kind.INDIVIDUAL_CASE, OWN_CASE))
    return " ".join(tag for kind, tag in shown if kind in kinds)


def _asks(viewer: Viewer, contribution: Contribution) -> Asks | None:
    newest = _newest_wordings(viewer, [contribution]).get(contribution.pk)
    if newest is None or newest.text is None:
        return None
    scopes = contribution.consents.active().values_list("scope", flat=True)
    named = contribution.author is not None and contribution.author.speaks_in_own_name
    return Asks(contribution, newest, frozenset(scopes), speaks_in_own_name=named)


def _show_reword(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    form: RewordForm | None = None,
    *,
    typed: dict[str, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The form with what was typed; when it is too late to send, the words alone."""
    contribution.refresh_from_db(fields=["state"])
    home = home_of(viewer, contribution)
    asks = _asks(viewer, contribution)
    if asks is None or contribution.state not in CAN_BE_REWORDED:
        words = [clean(str((typed or {}).get(name, ""))) for name in WORDS]
        kept = "\n\n".join(filter(None, words))
        context = {"contribution": contribution, "kept": kept, "home": home}
        return render(request, "author/too_late.html", context, status=409)
    newest = asks.newest
    before = {"text": newest.text, "title": newest.title or "", "proposed": newest.proposed or ""}
    context = {
        "contribution": contribution,
        "form": form or RewordForm(asks=asks, initial={**before, **(typed or {})}),
        "said_yes_to": [label for value, label in Scope.choices if value in asks.scopes],
        "home": home,
        **more,
    }
    return render(request, "author/reword.html", context, status=status)


def wait_to_send() -> str:
    return _(
        "We have received very much from here in a short time. Wait ten minutes and press Send "
        "again. Your words are here."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def suggested_edit(
    request: HttpRequest, viewer: Viewer, contribution: Contribution
) -> HttpResponse:
    """A host's words: yes, no, or one's own; and a yes that is regretted."""
    edit = editing.newest_edit(contribution)
    if edit is None or contribution.state not in AUTHORS_READ:
        raise Http404
    if request.method != "POST":
        return _show_edit(request, viewer, contribution, edit)
    act = EDIT_ANSWERS.get(request.POST.get("answer", ""))
    # The answer is to the words that stood on the page.
    if act is None or request.POST.get("edit") != str(edit.pk):
        return _show_edit(request, viewer, contribution, edit, status=409)
    try:
        act(edit)
    except (NotFromHere, NotApproved):
        return _show_edit(request, viewer, contribution, edit, status=409)
    contribution.refresh_from_db()
    if contribution.state in {State.APPROVED, State.PENDING}:
        messages.success(request, _answered(contribution))
    return redirect(home_of(viewer, contribution))


def _answered(contribution: Contribution) -> str:
    if contribution.state == State.APPROVED:
        said = _(
            "We have your yes. It is shown on %(moment)s. You can change your mind until then."
        )
        return said % {"moment": moment_in_words(contribution.publish_at)}
    said = _("We have your answer. A host reads it on %(day)s at the latest.")
    return said % {"day": day_in_words(read_by(contribution.state_changed_at))}


def _can_be_regretted(edit: SuggestedEdit, contribution: Contribution) -> bool:
    return edit.stands and contribution.state == State.APPROVED


def _show_edit(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    edit: SuggestedEdit,
    *,
    status: int = 200,
) -> HttpResponse:
    contribution.refresh_from_db()
    edit.refresh_from_db(fields=["answer", "answered_at", "regretted_at"])
    scopes = set(contribution.consents.active().values_list("scope", flat=True))
    context = {
        "contribution": contribution,
        "title": _title(viewer, contribution),
        "edit": edit,
        "can_be_regretted": _can_be_regretted(edit, contribution),
        "uses": [label for value, label in Scope.choices if value in scopes],
        "shows": Scope.SHOW in scopes,
        "is_refused": status != 200,
        "home": home_of(viewer, contribution),
    }
    return render(request, "author/edit.html", context, status=status)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def ask_for_another_look(
    request: HttpRequest, viewer: Viewer, contribution: Contribution
) -> HttpResponse:
    """ "Bed en anden se på det": another host than the first decides. Asking twice is asking once."""
    if request.method != "POST":
        return _show_appeal(request, viewer, contribution, AppealForm())
    form = AppealForm(request.POST)
    valid = form.is_valid()
    if too_many(request, "appeal", **FORMS_AT_A_TIME):
        form.add_error(None, wait_to_send())
        return _show_appeal(request, viewer, contribution, form, status=429)
    if not valid:
        return _show_appeal(request, viewer, contribution, form, status=422)
    decision = appeals.decision_to_appeal(contribution)
    if decision is None:
        return _show_appeal(request, viewer, contribution, form, status=409)
    about = asked_about(form)
    if about:
        return _show_appeal(request, viewer, contribution, form, status=422, **about)
    try:
        asked = appeals.appeal(decision, text=form.cleaned_data["text"])
    except NotFromHere:
        # A host changed it in the meantime: the page says that there is nothing to ask about.
        return _show_appeal(request, viewer, contribution, form, status=409)
    day = day_in_words(read_by(asked.at))
    said = _("Another host looks at it. You get an answer on %(day)s at the latest.")
    kinds = kinds_in(form.cleaned_data["text"])
    messages.success(request, said % {"day": day}, extra_tags=_shown_with(kinds))
    return redirect(home_of(viewer, contribution))


def _show_appeal(
    request: HttpRequest,
    viewer: Viewer,
    contribution: Contribution,
    form: AppealForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "contribution": contribution,
        "title": _title(viewer, contribution),
        "form": form,
        "can_be_asked": appeals.decision_to_appeal(contribution) is not None,
        "home": home_of(viewer, contribution),
        **more,
    }
    return render(request, "author/appeal.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def withdraw(request: HttpRequest, viewer: Viewer, contribution: Contribution) -> HttpResponse:
    """ "Træk tilbage": no reason is asked for, and it holds from the next request."""
    if request.method == "POST":
        operations.withdraw(contribution)
        return redirect("withdraw", contribution.public_id)
    quoted = contribution.consents.active().filter(scope=Scope.QUOTE).exists()
    context = {
        "contribution": contribution,
        "title": _title(viewer, contribution),
        "is_done": contribution.state == State.WITHDRAWN,
        "may_be_quoted": quoted,
        "home": home_of(viewer, contribution),
    }
    return render(request, "author/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def revoke_consent(
    request: HttpRequest, viewer: Viewer, contribution: Contribution, *, scope: str
) -> HttpResponse:
    """Takes back one yes, after a page that says what follows."""
    if scope not in Scope.values or contribution.state == State.WITHDRAWN:
        raise Http404
    home = home_of(viewer, contribution)
    if request.method == "POST":
        operations.revoke_consent(contribution, scope)
        messages.success(request, _("You have taken back your yes."))
        return redirect(home)
    context = {
        "contribution": contribution,
        "title": _title(viewer, contribution),
        "scope": Scope(scope),
        "is_given": contribution.consents.active().filter(scope=scope).exists(),
        "shows": scope == Scope.SHOW,
        "quotes": scope == Scope.QUOTE,
        "home": home,
    }
    return render(request, "author/revoke.html", context)
