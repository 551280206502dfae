"""The guide at /fortael/: one question a page, kept from the first answer on, sent from the last."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cocreate.contributions.access import open_receipt_of
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import Helper
from cocreate.contributions.opening import (
    given_back_to,
    open_receipt,
    remember_form,
    remembered_form,
    stay_open,
)
from cocreate.contributions.operations import new_submission_id
from cocreate.contributions.viewer import Viewer
from cocreate.help.access import children_lines, crisis_lines
from cocreate.stories import drafts, files
from cocreate.stories.forms import HELPING, StoryForm, asked_for
from cocreate.stories.guide import (
    BY_NAME,
    HELPER,
    SEND,
    WHO,
    WORDS,
    Page,
    answers_on,
    first_unanswered,
    form_for,
    way_of,
    whole,
)
from cocreate.stories.guide_shown import MOST_KEPT, files_on_page, look_through, written_kinds
from cocreate.stories.models import Draft
from cocreate.stories.telling import receipt_again, take_from, wait_a_little
from cocreate.text.fields import DecryptionFailed
from cocreate.text.finder import Kind
from cocreate.text.html import excerpt
from cocreate.text.plain import clean

# For each network: a draft is a row that nobody has looked at.
DRAFTS_AT_A_TIME = {"limit": 60, "seconds": 600}
KEPT_AT_A_TIME = {"limit": 1200, "seconds": 600}
LONGEST_ID = 200
FIRST_WORDS = 60
# In an address or a form, which draft is meant; and in its answers, who on the staff began it.
WHICH, SPEAKER = "kladde", "_speaker"
# On the pages of somebody who holds the pen for another.
PEN = "pen"
# In the address of a page that was opened from the last one, to change an answer.
MENDING = "ret"
SEE_OTHER, CONFLICT, UNPROCESSABLE, TOO_MANY = 303, 409, 422, 429


def said_when_unreadable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """One draft that cannot be opened is told of in a sentence, with all that was typed."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except DecryptionFailed:
            typed = [clean(request.POST.get(name, "")[:MOST_KEPT]) for name in ("title", "text")]
            context = {"kept": "\n\n".join(filter(None, typed))}
            return render(request, "stories/guide/unreadable.html", context, status=CONFLICT)

    return told


@sensitive_post_parameters("text", "title", "alias", "email")
@require_http_methods(["GET", "HEAD", "POST"])
@said_when_unreadable
def guide(request: HttpRequest, name: str = "") -> HttpResponse:
    page = BY_NAME.get(name)
    if page is None:
        raise Http404
    viewer = Viewer.of(request)
    if request.method == "POST":
        return _take(request, viewer, page)
    draft = _open_draft(request, viewer)
    if page is WHO:
        return _first_page(request, viewer, draft)
    if draft is None:
        return render(request, "stories/guide/closed.html")
    _remember(request, draft)
    if page not in way_of(drafts.answers_of(draft)).pages:
        return redirect(first_unanswered(drafts.answers_of(draft)).url)
    return _page(request, viewer, page, draft)


def _first_page(request: HttpRequest, viewer: Viewer, draft: Draft | None) -> HttpResponse:
    """A story that was begun is asked about before another one is."""
    if draft is not None and WHICH in request.GET:
        _remember(request, draft)
        return _to(_where_to_go_on(draft))
    asked = {name: value for name, value in asked_for(request.GET).items() if any(value)}
    if draft is None or "ny" in request.GET:
        return _page(request, viewer, WHO, None, asked=asked)
    if {"tilbage", MENDING} & set(request.GET):
        _remember(request, draft)
        return _page(request, viewer, WHO, draft)
    anew = request.GET.copy()
    anew["ny"] = "1"
    context = {
        "draft": draft,
        "on": _where_to_go_on(draft),
        "anew": f"{WHO.url}?{anew.urlencode()}",
        "signed_in": viewer.user is not None,
    }
    return render(request, "stories/guide/begun.html", context)


# --- answers --------------------------------------------------------------------------------------


def _take(request: HttpRequest, viewer: Viewer, page: Page) -> HttpResponse:
    """Saved first, looked at afterwards: whatever is wrong with an answer, it is there."""
    sent_as, go = _sent_as(request), request.POST.get("go", "")
    draft = _draft_of(request, viewer, page, sent_as)
    answers = answers_on(page, request.POST, files.of(draft))
    if sum(len(said) for values in answers.values() for said in values) > MOST_KEPT:
        return _refused(request, viewer, page)
    if go == "save":
        return _keep(request, viewer, draft, answers, sent_as)
    if draft is None and page is SEND:
        return receipt_again(request, sent_as, viewer) or _send_without(request, viewer, sent_as)
    if draft is None:
        if too_many(request, "draft", **DRAFTS_AT_A_TIME):
            return _refused(request, viewer, page, wait_a_little(), status=TOO_MANY)
        # Only the first page can have lost its answer; another's words begin something new.
        begun_as = sent_as if page is WHO else new_submission_id()
        draft, sent_as = _begin(request, viewer, begun_as, answers)
    before = drafts.answers_of(draft)
    was_seen = drafts.seen_of(draft) == request.POST.get("shown", "")
    _save(
        draft, answers | _from_account(viewer, page, before, answers), request.POST.get("turn", "")
    )
    _open(request, viewer, draft, sent_as)
    if page is WORDS and (done := _take_files(request, viewer, draft, go)):
        return done
    if go == "stop":
        return redirect("guide_stop")
    back_to = way_of(before, page).before(page)
    if go == "back" and back_to is not None:
        return _to(back_to, "?tilbage=1" if back_to is WHO else "")
    if page is SEND:
        return _send(request, viewer, draft, sent_as, was_seen=was_seen)
    return _next(request, viewer, page, draft, sent_as)


def _take_files(request: HttpRequest, viewer: Viewer, draft: Draft, go: str) -> HttpResponse | None:
    """What is typed is saved by now. A script asks for the part of the page that lists the files; for
    everybody else the page comes again when a file was refused, or when that is all they asked."""
    refused = files.take(request, draft)
    if "part" in request.POST:
        context = files_on_page(files.of(draft), refused)
        status = UNPROCESSABLE if refused else 200
        form = form_for(WORDS, viewer, None, drafts.answers_of(draft), files.of(draft))
        context = {"form": form, **context}
        return render(request, "stories/guide/_files.html", context, status=status)
    if refused:
        return _page(request, viewer, WORDS, draft, refused=refused, status=UNPROCESSABLE)
    if go in files.KINDS or "remove" in request.POST:
        return _to_address(WORDS.url, f"{'?ret=1' if MENDING in request.GET else ''}#filer")
    return None


def _from_account(
    viewer: Viewer, page: Page, before: drafts.Answers, answers: drafts.Answers
) -> dict[str, list[str]]:
    """What nobody has to say because the account says it: that the helper works here, and in whose
    name staff speak. Of a helper the account itself is not kept."""
    user = viewer.user
    if page is HELPER and user is not None and user.is_on_the_staff:
        return {"helper": [Helper.STAFF]}
    if page is WHO and drafts.is_helped(answers):
        return {SPEAKER: []}
    if page is WHO and drafts.is_helped(before) and user is not None and user.speaks_in_own_name:
        return {SPEAKER: [str(user.pk)]}
    return {}


def _keep(
    request: HttpRequest,
    viewer: Viewer,
    draft: Draft | None,
    answers: dict[str, list[str]],
    sent_as: str,
) -> HttpResponse:
    """What a script saves while somebody types. It never begins a draft: what was sent or deleted in
    another tab stays so."""
    if draft is None:
        return HttpResponse(status=CONFLICT)
    if too_many(request, "keep", **KEPT_AT_A_TIME):
        return HttpResponse(status=TOO_MANY)
    _save(draft, answers, request.POST.get("turn", ""))
    _open(request, viewer, draft, sent_as)
    return HttpResponse(status=204)


def _refused(
    request: HttpRequest, viewer: Viewer, page: Page, why: str = "", *, status: int = UNPROCESSABLE
) -> HttpResponse:
    """With every word that was typed, of which nothing is kept."""
    form = form_for(page, viewer, request.POST)
    form.is_valid()
    if request.FILES:
        form.add_error(None, _("The file was not kept. Add it again."))
    if why:
        form.add_error(None, why)
    return _page(request, viewer, page, None, form=form, status=status)


def _sent_as(request: HttpRequest) -> str:
    """The id of the form that the page carried; a fresh one where it was lost on the way."""
    said = clean(request.POST.get("submission_id", "")[:LONGEST_ID], lines=False)
    return said or new_submission_id()


def _draft_of(request: HttpRequest, viewer: Viewer, page: Page, sent_as: str) -> Draft | None:
    """The one that the page was made for, as it says itself, to this browser and this reader. The
    first page was made for none: its answer may have been lost on the way."""
    token = request.POST.get("draft", "")
    if not token:
        return drafts.of_form(sent_as, viewer) if page is WHO else None
    return drafts.of_page(token, viewer)


def _open_draft(request: HttpRequest, viewer: Viewer) -> Draft | None:
    """The one that is asked for; else the one worked on last in this session; else the newest under
    the code that is open, and only then of the account."""
    mine = drafts.own(viewer)
    if wanted := request.GET.get(WHICH, ""):
        return mine.filter(public_id=wanted).first()
    _known, pk = _remembered(request)
    return (
        (mine.filter(pk=pk).first() if pk else None)
        or mine.filter(receipt__in=viewer.receipts).first()
        or mine.first()
    )


def _remember(request: HttpRequest, draft: Draft, sent_as: str = "") -> None:
    """On a device where the draft was opened by its code, its pages carry an id of their own."""
    _known, pk = _remembered(request)
    if sent_as or pk != draft.pk:
        remember_form(request, f"{sent_as or new_submission_id()} {draft.pk}")


def _remembered(request: HttpRequest) -> tuple[str, int]:
    known, _space, pk = remembered_form(request).rpartition(" ")
    return known, int(pk) if pk.isdecimal() else 0


def _begin(
    request: HttpRequest, viewer: Viewer, sent_as: str, answers: dict[str, list[str]]
) -> tuple[Draft, str]:
    """With what the address said it is about, when this is the first page."""
    themes = [theme for theme in request.GET.getlist("tema") if theme]
    codes = [code for code in request.GET.getlist("retningslinje") if code]
    about = {"theme": themes, "guidelines": codes}
    first = {**{name: values for name, values in about.items() if values}, **answers}
    if PEN in request.POST:
        first.setdefault("about", [HELPING])
    speaks = viewer.user is not None and viewer.user.speaks_in_own_name
    if viewer.user is not None and speaks and not drafts.is_helped(first):
        first[SPEAKER] = [str(viewer.user.pk)]
    chosen = open_receipt_of(viewer) if request.POST.get("under_open_code") else None
    try:
        return drafts.begin(sent_as, first, viewer, keep_under=chosen), sent_as
    except drafts.AlreadySent:
        fresh = new_submission_id()
        return drafts.begin(fresh, first, viewer, keep_under=chosen), fresh


def _save(draft: Draft, answers: dict[str, list[str]], turn: str = "") -> None:
    try:
        drafts.save(draft, answers, turn[:LONGEST_ID])
    except Draft.DoesNotExist:
        # Sent or deleted at the same moment from another page: that page has said so.
        return


def _open(request: HttpRequest, viewer: Viewer, draft: Draft, sent_as: str) -> None:
    if draft.receipt_id in viewer.receipts:
        stay_open(request)
    else:
        open_receipt(request, draft.receipt)
    _remember(request, draft, sent_as)


def _where_to_go_on(draft: Draft) -> Page:
    return first_unanswered(drafts.answers_of(draft), has_files=bool(files.of(draft)))


def _to(page: Page, query: str = "") -> HttpResponse:
    return _to_address(page.url, query)


def _to_address(address: str, query: str) -> HttpResponse:
    return HttpResponseRedirect(f"{address}{query}", status=SEE_OTHER)


def _next(
    request: HttpRequest, viewer: Viewer, page: Page, draft: Draft, sent_as: str
) -> HttpResponse:
    answers = drafts.answers_of(draft)
    sent = _with(request, sent_as, viewer, draft)
    form = form_for(page, viewer, sent, answers, files.of(draft))
    if not form.is_valid():
        return _page(request, viewer, page, draft, form=form, status=UNPROCESSABLE)
    if page is WORDS and _is_of_concern(answers):
        return _to_address(reverse("guide_help"), "?ret=1" if MENDING in request.GET else "")
    return _to(_page_after(request, page, answers))


def _page_after(request: HttpRequest, page: Page, answers: drafts.Answers) -> Page:
    """Who mends an answer goes back to the last page, unless there is somebody to ask about first."""
    after = way_of(answers, page).after(page)
    asks_more = after is HELPER and not any(answers.get("told_by", ()))
    return after if after is not None and (asks_more or MENDING not in request.GET) else SEND


def _with(request: HttpRequest, sent_as: str, viewer: Viewer, draft: Draft | None) -> QueryDict:
    """What was sent, carrying what the next page is to carry."""
    sent = request.POST.copy()
    sent["submission_id"] = sent_as
    sent["draft"] = drafts.page_token(draft, viewer) if draft else ""
    sent["shown"] = drafts.seen_of(draft) if draft else ""
    return sent


def _is_of_concern(answers: dict[str, list[str]]) -> bool:
    return Kind.CONCERN in written_kinds(answers)


def _send(
    request: HttpRequest,
    viewer: Viewer,
    draft: Draft | None,
    sent_as: str,
    *,
    was_seen: bool = True,
) -> HttpResponse:
    answers = drafts.answers_of(draft) if draft else {}
    form = whole(answers, _with(request, sent_as, viewer, draft), viewer, files.of(draft))

    def show(request: HttpRequest, form: StoryForm, *, status: int, **more: Any) -> HttpResponse:
        held = draft
        if status == CONFLICT and draft is not None and not drafts.is_there(draft):
            # It was sent from another page meanwhile: what stands here is something new.
            again = form.data["submission_id"]
            held = drafts.begin(again, answers, viewer)
            _open(request, viewer, held, again)
            form.data = _with(request, again, viewer, held)
        return _page(request, viewer, SEND, held, form=form, status=status, **more)

    if draft is not None and not was_seen:
        form.is_valid()
        form.add_error(None, changed_meanwhile())
        return _page(request, viewer, SEND, draft, form=form, status=UNPROCESSABLE)
    begun_by = (answers.get(SPEAKER) or [""])[0]
    if draft is not None and begun_by != (str(form.speaker.pk) if form.speaker else ""):
        form.is_valid()
        form.add_error(None, begun_by_another())
        return _page(request, viewer, SEND, draft, form=form, status=UNPROCESSABLE)
    return take_from(request, form, show, draft)


def changed_meanwhile() -> str:
    return _(
        "Something was changed after this page was shown, here or on another device. Look it through "
        "once more, and send."
    )


def begun_by_another() -> str:
    return _(
        "You are signed in as somebody else than the one who began this. Staff and councillors speak "
        "in their own name. Sign out, or sign in, and open it with its code. All of it is saved."
    )


def _send_without(request: HttpRequest, viewer: Viewer, sent_as: str) -> HttpResponse:
    """The draft is not open here any more; a page that asks once more carries all of it."""
    if not request.POST.get("text"):
        return render(request, "stories/guide/closed.html", status=UNPROCESSABLE)
    return _send(request, viewer, None, sent_as)


# --- pages ----------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    viewer: Viewer,
    page: Page,
    draft: Draft | None,
    *,
    form: StoryForm | None = None,
    asked: dict[str, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    answers = drafts.answers_of(draft) if draft else {}
    held = files.of(draft)
    way = way_of(answers, page)
    helped = drafts.is_helped(answers) or page is HELPER
    if form is None:
        form = form_for(page, viewer, answers=answers, files=held)
        form.initial.update(asked or {}, **_carried(request, viewer, draft))
    context = {
        "page": page,
        "pages": way.pages,
        "number": way.number(page),
        "before": way.before(page),
        "of": way.of,
        "helped": helped,
        "form": form,
        "draft": draft,
        "code": _code(request, viewer, draft),
        "given_back_to": given_back_to(request),
        "signed_in": viewer.user is not None and not helped,
        "code_is_open": bool(viewer.receipts) and draft is None,
        "reading_days": settings.READ_WITHIN_WORKING_DAYS,
        **({"children": children_lines()} if page is WHO else {}),
        **files_on_page(held),
        **(look_through(viewer, answers, form, held) if page is SEND else {}),
        **more,
    }
    answer = render(request, page.template, context, status=status)
    if page is WORDS and context["may_speak"]:
        # Here alone a page of ours may ask the browser for the microphone.
        answer.headers["Permissions-Policy"] = (
            "camera=(), geolocation=(), microphone=(self), interest-cohort=()"
        )
    return answer


def _carried(request: HttpRequest, viewer: Viewer, draft: Draft | None) -> dict[str, str]:
    if draft is None:
        return {"submission_id": new_submission_id()}
    known, _pk = _remembered(request)
    return {
        "submission_id": known,
        "draft": drafts.page_token(draft, viewer),
        "shown": drafts.seen_of(draft),
    }


def _code(request: HttpRequest, viewer: Viewer, draft: Draft | None) -> tuple[str, ...] | None:
    known, pk = _remembered(request)
    return drafts.code_of(draft, known, viewer) if draft and pk == draft.pk else None


@require_http_methods(["GET", "HEAD"])
@said_when_unreadable
def stop(request: HttpRequest) -> HttpResponse:
    """ "Gem og stop": where it lies, under which code, and that nobody reads it."""
    viewer = Viewer.of(request)
    draft = _open_draft(request, viewer)
    if draft is None:
        return render(request, "stories/guide/closed.html")
    answers = drafts.answers_of(draft)
    context = {
        "draft": draft,
        "words": _code(request, viewer, draft),
        "on": _where_to_go_on(draft),
        "help_lines": crisis_lines() if _is_of_concern(answers) else [],
        "helped": drafts.is_helped(answers),
    }
    return render(request, "stories/guide/stopped.html", context)


@require_http_methods(["GET", "HEAD"])
def help_first(request: HttpRequest) -> HttpResponse:
    """What was written sounds as if somebody is in danger. It is saved; nobody has read it."""
    draft = _open_draft(request, Viewer.of(request))
    if draft is None:
        return render(request, "stories/guide/closed.html")
    answers = drafts.answers_of(draft)
    context = {
        "help_lines": crisis_lines(),
        "on": _page_after(request, WORDS, answers),
        "helped": drafts.is_helped(answers),
    }
    return render(request, "stories/guide/help.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Asked once, about one draft; a second press finds nothing more to delete."""
    viewer = Viewer.of(request)
    if request.method == "POST":
        named = drafts.own(viewer).filter(public_id=request.POST.get(WHICH, "")).first()
        if named is not None:
            drafts.delete(named)
        return render(request, "stories/guide/deleted.html")
    draft = _open_draft(request, viewer)
    if draft is None:
        return render(request, "stories/guide/closed.html")
    try:
        words = " ".join(drafts.answers_of(draft).get("text", []))
    except DecryptionFailed:
        # It can be deleted all the same.
        words = ""
    context = {"draft": draft, "first_words": excerpt(words, FIRST_WORDS)}
    return render(request, "stories/guide/delete.html", context)
