"""Telling a story, reading what others told, and saying to about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.contributions.access import own
from cocreate.contributions.limits import too_many
from cocreate.contributions.models import (
    Contribution,
    ContributionQuerySet,
    KindName,
    Scope,
    State,
)
from cocreate.contributions.opening import form_id, given_back_to, open_receipt
from cocreate.contributions.operations import (
    AlreadyDecided,
    FormTooOld,
    Given,
    Received,
    SentBefore,
)
from cocreate.contributions.sent_before import one_like, ways_on
from cocreate.contributions.viewer import STRANGER, Viewer
from cocreate.help.access import crisis_lines
from cocreate.moderation.deadlines import read_by
from cocreate.moderation.intake import raises_concern, take_in_as_asked
from cocreate.moderation.saying_to import answer_say_to
from cocreate.moderation.templatetags.days import day_in_words
from cocreate.moderation.voice_forms import Noticed
from cocreate.pagecache.public_page import public_page
from cocreate.stories.forms import StoryForm, asked_for
from cocreate.stories.models import Story
from cocreate.text.finder import Kind
from cocreate.themes.models import Theme

STORIES_A_PAGE = 12
# So many places with personal data are shown; a text may hold hundreds.
MOST_SHOWN = 8
# For each network. A whole drop-in centre can tell at once; a machine cannot fill the desk.
FORMS_AT_A_TIME = {"limit": 60, "seconds": 600}
UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429

# --- telling --------------------------------------------------------------------------------------


@sensitive_post_parameters("text", "title", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    viewer = Viewer.of(request)
    if request.method == "POST":
        return _take_in(request, StoryForm(request.POST, viewer=viewer))
    initial = {**asked_for(request.GET), "submission_id": form_id(request)}
    return _show_form(request, StoryForm(initial=initial, viewer=viewer))


def _take_in(request: HttpRequest, form: StoryForm) -> HttpResponse:
    """Nothing is stored before the last line; until then every word goes back to the page."""
    valid = form.is_valid()
    if too_many(request, "tell", **FORMS_AT_A_TIME):
        form.add_error(None, wait_a_little())
        return _show_form(request, form, status=TOO_MANY)
    if not valid:
        return _show_form(request, form, status=UNPROCESSABLE)
    noticed = form.noticed()
    if form.asks_about(noticed):
        return _show_form(request, form, status=UNPROCESSABLE, **about(noticed))
    if form.asks_for_consent():
        return render(request, "stories/unused.html", {"form": form}, status=UNPROCESSABLE)
    given = form.given(get_language() or settings.LANGUAGE_CODE)
    mine = own(given.viewer).filter(kind=KindName.STORY)
    like = None if form.is_answered else one_like(given, mine)
    if like is not None:
        return _ask_again(request, form, given, like)
    try:
        received = take_in_as_asked(
            Story, KindName.STORY, given, mine, form.cleaned_data["instead"]
        )
    except SentBefore as asks:
        return _ask_again(request, form, given, asks.contribution)
    except (AlreadyDecided, FormTooOld) as refusal:
        form.begin_anew(why(refusal))
        return _show_form(request, form, status=CONFLICT)
    return _show_receipt(request, received)


def _ask_again(
    request: HttpRequest, form: StoryForm, given: Given, earlier: Contribution
) -> HttpResponse:
    """The same words, or nearly, were sent a moment ago: nothing more is stored before an answer."""
    context = {"form": form, **ways_on(given, earlier)}
    return render(request, "stories/again.html", context, status=UNPROCESSABLE)


def _show_form(
    request: HttpRequest, form: StoryForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "given_back_to": given_back_to(request),
        "signed_in": form.viewer.user is not None,
        "code_is_open": bool(form.viewer.receipts),
        "reading_days": settings.READ_WITHIN_WORKING_DAYS,
        **more,
    }
    return render(request, "stories/tell.html", context, status=status)


def about(noticed: list[Noticed]) -> dict[str, Any]:
    """What the page says about personal data, and the kinds that "send it as it is" accepts."""
    kinds = dict.fromkeys(place.kind for place in noticed)
    return {"noticed": noticed[:MOST_SHOWN], "accepted": " ".join(kinds)}


def why(refusal: AlreadyDecided | FormTooOld) -> str:
    if isinstance(refusal, AlreadyDecided):
        return _(
            "We have read the story that you sent from this page before. What stands here now has "
            "not been sent. Press Send, and it becomes a new story."
        )
    return _(
        "A story was sent from this page before. What stands here now has not been sent. Press "
        "Send, and it becomes a new story."
    )


def wait_a_little() -> str:
    return _(
        "We have received very much from here in a short time. Wait ten minutes and press Send "
        "again. Your words are here."
    )


# --- the receipt ----------------------------------------------------------------------------------


def _show_receipt(request: HttpRequest, received: Received) -> HttpResponse:
    """Answers the POST itself: a reload or a retry shows the same code again."""
    receipt = received.contribution.receipt
    if receipt is not None:
        open_receipt(request, receipt)
    concern = raises_concern(received)
    context = {
        "words": received.code,
        "steps": _next_steps(received),
        "help_lines": crisis_lines() if concern else [],
        "individual_case": received.version.findings.filter(kind=Kind.INDIVIDUAL_CASE).exists(),
        "reading_days": settings.READ_WITHIN_WORKING_DAYS,
    }
    return render(request, "stories/receipt.html", context)


def _next_steps(received: Received) -> list[dict[str, str]]:
    story = received.contribution
    sent = story.submitted_at or timezone.now()
    arrived = {
        "title": _("We have your story"),
        "when": capfirst(day_in_words(sent)),
    }
    if story.state != State.PENDING:
        return [arrived, _already_read()]
    return [
        arrived,
        {
            "title": _("A person reads it"),
            "when": _("No later than %(day)s") % {"day": day_in_words(read_by(sent))},
            "text": _("If we would like to change something, we ask you first."),
            "state": "here",
        },
        _what_then(received),
        {
            "title": _("You still decide"),
            "text": _("With your code you can see what happens, and take your story back."),
            "state": "later",
        },
    ]


def _already_read() -> dict[str, str]:
    return {
        "title": _("A person has read your story"),
        "text": _("What we wrote to you lies under your code."),
        "url": reverse("receipt"),
        "link": _("See my story"),
        "state": "here",
    }


def _what_then(received: Received) -> dict[str, str]:
    scopes = set(received.contribution.consents.active().values_list("scope", flat=True))
    if Scope.SHOW in scopes:
        title = _("Then it is shown on the site")
        text = _(
            "If we cannot show your story, we write to you why. The answer lies under your code."
        )
    elif scopes:
        title = _("It is not shown on the site")
        text = _("We only use it for what you have said yes to.")
    else:
        title = _("It is not used")
        text = _("We read it and leave it at that, as you wished.")
    return {"title": title, "text": text, "state": "later"}


# --- reading --------------------------------------------------------------------------------------


def public_stories() -> ContributionQuerySet:
    """What everybody may read, whoever asks: the author's own words lie under the code."""
    return Contribution.objects.visible_to(STRANGER).of_kind(KindName.STORY)


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for; a value that leads nowhere counts as not asked."""

    theme: Theme | None = None
    after: str = ""
    place: tuple[datetime | None, int] | None = None

    @classmethod
    def in_address(cls, request: HttpRequest, themes: dict[str, Theme]) -> "Wanted":
        after = request.GET.get("efter", "")
        stories = public_stories().filter(public_id=after)
        place = stories.values_list("published_at", "pk").first() if after else None
        return cls(
            theme=themes.get(request.GET.get("tema", "")),
            after=after if place else "",
            place=place,
        )

    @property
    def query(self) -> str:
        """The one way our own links spell it."""
        asked = {"tema": self.theme.number if self.theme else "", "efter": self.after}
        return urlencode({name: value for name, value in asked.items() if value})


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """Only addresses as our own links spell them are kept: nobody can fill the cache."""
    asked = request.META.get("QUERY_STRING", "")
    themes = _themes() if asked else {}
    if asked and asked != Wanted.in_address(request, themes).query:
        return _story_list(request)
    return _kept_story_list(request)


def _story_list(request: HttpRequest) -> HttpResponse:
    themes = _themes()
    wanted = Wanted.in_address(request, themes)
    found = _page_of_stories(wanted)
    shown = found[:STORIES_A_PAGE]
    # Read once for the whole list: a story's own theme comes without its colour.
    by_key = {theme.pk: theme for theme in themes.values()}
    context = {
        "stories": [{"story": row, "theme": by_key.get(row.theme_id or 0)} for row in shown],
        "themes": themes.values(),
        "wanted": wanted,
        "tell_url": _about_same(reverse("tell"), wanted),
        "newest_url": _about_same(reverse("stories"), wanted) if wanted.after else "",
        "older_url": _older(wanted, shown[-1]) if len(found) > len(shown) else "",
    }
    return render(request, "stories/story_list.html", context)


_kept_story_list = public_page(
    keys=lambda: ["site", "stories", "strategy"], parameters=frozenset({"tema", "efter"})
)(_story_list)


def _themes() -> dict[str, Theme]:
    return {str(theme.number): theme for theme in Theme.objects.all()}


def _page_of_stories(wanted: Wanted) -> list[Contribution]:
    """One more than a page holds, so that we know whether there are older ones."""
    found = public_stories()
    if wanted.theme:
        found = found.about(theme=wanted.theme)
    if wanted.place:
        at, pk = wanted.place
        found = found.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    rows = found.for_listing().newest_first().prefetch_related("guidelines")
    return list(rows[: STORIES_A_PAGE + 1])


def _about_same(address: str, wanted: Wanted) -> str:
    return f"{address}?{Wanted(theme=wanted.theme).query}" if wanted.theme else address


def _older(wanted: Wanted, last: Contribution) -> str:
    return f"?{Wanted(theme=wanted.theme, after=last.public_id).query}"


@require_safe
def story(request: HttpRequest, public_id: str) -> HttpResponse:
    if request.META.get("QUERY_STRING"):
        return _story_page(request, public_id=public_id)
    return _kept_story_page(request, public_id=public_id)


def _story_page(request: HttpRequest, public_id: str) -> HttpResponse:
    context = {"story": _story_or_404(public_id)}
    return render(request, "stories/story.html", context)


_kept_story_page = public_page(
    keys=lambda public_id: ["site", f"story:{public_id}", "strategy", "insights", "amendments"]
)(_story_page)


def _story_or_404(public_id: str) -> Contribution:
    """The same 404 for what waits, is hidden, was taken back and never was."""
    rows = public_stories().filter(public_id=public_id)
    found = rows.select_related("theme").prefetch_related("guidelines").defer("alias").first()
    if found is None:
        raise Http404
    return found


# --- "Sig til" ------------------------------------------------------------------------------------


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def say_to_story(request: HttpRequest, public_id: str) -> HttpResponse:
    told = _story_or_404(public_id)
    context = {"story": told, "back": reverse("story", args=[public_id])}
    return answer_say_to(
        request, told, context, form="stories/say_to.html", thanks="stories/said.html"
    )
