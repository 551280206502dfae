"""The pages of the guide: one question each (domain §2 P1, at most seven with the receipt).

Who holds the pen for another meets one page more, and sends from a page that is read aloud first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.contributions.models import Attachment
from cocreate.contributions.viewer import Viewer
from cocreate.stories.drafts import Answers, is_helped
from cocreate.stories.forms import DESCRIPTION, KNOWN, StoryForm


@dataclass(frozen=True)
class Page:
    """`name` is the last part of the address, empty for the first; `fields` are those it asks for."""

    name: str
    title: Promise
    fields: tuple[str, ...]
    template: str

    @property
    def url(self) -> str:
        return reverse("guide", args=[self.name]) if self.name else reverse("tell")


@dataclass(frozen=True)
class Way:
    """The pages that somebody goes through, in their order; the receipt is one too."""

    pages: tuple[Page, ...]

    @property
    def of(self) -> int:
        return len(self.pages) + 1

    def number(self, page: Page) -> int:
        return self.pages.index(page) + 1

    def before(self, page: Page) -> Page | None:
        at = self.pages.index(page)
        return self.pages[at - 1] if at else None

    def after(self, page: Page) -> Page | None:
        at = self.pages.index(page) + 1
        return self.pages[at] if at < len(self.pages) else None


WHO = Page("", _("Who tells?"), ("about", "under_open_code"), "stories/guide/who.html")
HELPER = Page(
    "hjaelper", _("Whom do you help?"), ("told_by", "helper"), "stories/guide/helper.html"
)
WORDS = Page(
    "fortaelling", _("What do you want to tell?"), ("text", "title"), "stories/guide/words.html"
)
TOPIC = Page("emne", _("What is it about?"), ("theme", "guidelines"), "stories/guide/topic.html")
RECOGNISED = Page(
    "navne",
    _("Can anybody be recognised?"),
    ("name_level", "alias", "recognised"),
    "stories/guide/recognised.html",
)
USE = Page(
    "brug",
    _("What may we use your story for?"),
    ("consents", "asked_in", "given_how", "listed", "sound"),
    "stories/guide/use.html",
)
SEND = Page(
    "send", _("Look it through and send"), ("email", "read_back"), "stories/guide/send.html"
)
PAGES = (WHO, HELPER, WORDS, TOPIC, RECOGNISED, USE, SEND)
ALONE = Way(tuple(page for page in PAGES if page is not HELPER))
WITH_A_HELPER = Way(PAGES)
BY_NAME = {page.name: page for page in PAGES}
# What was read aloud is what stands there when it is sent, not what stood there another day.
NOT_KEPT = frozenset({"under_open_code", "read_back"})
# Kept with the answers, and no answer itself.
NO_ANSWER = frozenset({"asked_in"})
# What the pages carry besides the answers.
CARRIED = frozenset({"submission_id", "sent_knowingly", "draft", "shown"})


def way_of(answers: Answers, page: Page = WHO) -> Way:
    """Whoever stands on the helper's page is on the helper's way."""
    return WITH_A_HELPER if page is HELPER or is_helped(answers) else ALONE


# What a page asks about each photo: the beginning of the field's name, before the photo's id.
ABOUT_PHOTOS = {WORDS: DESCRIPTION, RECOGNISED: KNOWN}


def fields_of(page: Page, files: Sequence[Attachment]) -> list[str]:
    """The page's fields, and those it has for each photo."""
    about = [one for one in files if one.is_photo and page in ABOUT_PHOTOS]
    return [*page.fields, *(f"{ABOUT_PHOTOS[page]}{one.public_id}" for one in about)]


def page_of(field: str) -> Page:
    """The page that asks for it; the first one for what no page asks for."""
    return next(
        (page for page in PAGES if field in page.fields or _is_about_photo(page, field)), WHO
    )


def _is_about_photo(page: Page, field: str) -> bool:
    return page in ABOUT_PHOTOS and field.startswith(ABOUT_PHOTOS[page])


def form_for(
    page: Page,
    viewer: Viewer,
    data: QueryDict | None = None,
    answers: Answers | None = None,
    files: Sequence[Attachment] = (),
) -> StoryForm:
    """The one form of a story, with this page's fields alone."""
    answers = answers or {}
    form = StoryForm(
        data,
        viewer=viewer,
        may_help=True,
        helping=way_of(answers, page) is WITH_A_HELPER,
        initial=initial_of(answers),
    )
    form.goes_with(files)
    kept = {*page.fields, *CARRIED}
    for name in [name for name in form.fields if name not in kept]:
        if not _is_about_photo(page, name):
            del form.fields[name]
    return form


def whole(
    answers: Answers, sent: QueryDict, viewer: Viewer, files: Sequence[Attachment] = ()
) -> StoryForm:
    """The form as if all of it had stood on one page: what was answered, and what is sent now."""
    data = QueryDict(mutable=True)
    for name, values in answers.items():
        data.setlist(name, list(values))
    for name, values in sent.lists():
        if name not in answers:
            data.setlist(name, [str(value) for value in values])
    helped = is_helped({"about": [str(said) for said in data.getlist("about")]})
    form = StoryForm(data, viewer=viewer, may_help=True, helping=helped)
    form.goes_with(files)
    return form


def initial_of(answers: Answers) -> dict[str, object]:
    many = ("guidelines", "consents")
    return {
        name: list(values) if name in many else (values[-1] if values else "")
        for name, values in answers.items()
    }


def answers_on(
    page: Page, sent: QueryDict, files: Sequence[Attachment] = ()
) -> dict[str, list[str]]:
    """What the page's fields hold; a box that is not ticked any more is an answer too. The pages that
    ask once more before it is sent carry all of it."""
    answers = {name: sent.getlist(name) for name in page.fields if name not in NOT_KEPT}
    about = set(fields_of(page, files)) - set(page.fields)
    answers |= {name: sent.getlist(name) for name in about if name in sent}
    if page is SEND:
        others = (name for one in PAGES[:-1] for name in one.fields if name not in NOT_KEPT)
        answers |= {name: sent.getlist(name) for name in others if name in sent}
        if "asked" in sent:
            answers["consents"] = [] if sent.get("without_use") else sent.getlist("consents")
        if "listed" in answers:
            answers["listed"] = [said for said in answers["listed"] if said not in {"", "False"}]
    return answers


def first_unanswered(answers: Answers, *, has_files: bool = False) -> Page:
    """Where one goes on: the page after the last one that was filled in."""
    way = way_of(answers)
    said = {name for name, values in answers.items() if any(values)} - NO_ANSWER
    filled = [page for page in way.pages if said.intersection(page.fields)]
    last = filled[-1] if filled else WHO
    if last is WHO and way is WITH_A_HELPER:
        return HELPER
    is_before = way.number(last) < way.number(WORDS)
    if not any(answers.get("text", ())) and (is_before or not has_files):
        return WORDS
    return way.after(last) or last
