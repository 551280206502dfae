"""What the pages of the guide show besides their form: the files, and all that was answered."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from cocreate.contributions import attachments
from cocreate.contributions.models import Attachment, AttachmentKind
from cocreate.contributions.viewer import Viewer
from cocreate.help.words import kinds_in
from cocreate.sounds.sounds import can_be_heard
from cocreate.stories import files
from cocreate.stories.drafts import is_helped
from cocreate.stories.forms import DESCRIPTION, StoryForm
from cocreate.stories.guide import (
    NO_ANSWER,
    SEND,
    WORDS,
    Page,
    fields_of,
    initial_of,
    page_of,
    way_of,
)
from cocreate.text.finder import Kind
from cocreate.text.plain import clean

# Ten times the longest story: what is longer is shown again and not kept.
MOST_KEPT = 10 * settings.STORY_MAX_LENGTH


def files_on_page(held: list[Attachment], refused: Sequence[str] = ()) -> dict[str, Any]:
    photos = [one for one in held if one.is_photo]
    return {
        "photos": photos,
        "voice": next((one for one in held if not one.is_photo), None),
        "may_add_photo": not attachments.is_full(held, AttachmentKind.PHOTO),
        "may_speak": can_be_heard(),
        "refused": refused,
    }


def look_through(
    viewer: Viewer, answers: dict[str, list[str]], form: StoryForm, held: list[Attachment]
) -> dict[str, Any]:
    """Everything that was answered, with the page where each can be changed, and what is wrong."""
    helping = is_helped(answers)
    shown = StoryForm(viewer=viewer, may_help=True, helping=helping, initial=initial_of(answers))
    shown.goes_with(held)
    elsewhere = [
        (page_of(name), message)
        for name, messages in form.errors.items()
        if name not in SEND.fields and name != "__all__"
        for message in messages
    ]
    return {
        "answers": in_words(shown, answers, held),
        "elsewhere": elsewhere,
        "speaker": shown.speaker,
        "read_back": {name: " ".join(answers.get(name, ())) for name in ("title", "text")},
        "individual_case": Kind.INDIVIDUAL_CASE in written_kinds(answers),
    }


def written_kinds(answers: dict[str, list[str]]) -> frozenset[Kind]:
    """What the rules notice in all that was written."""
    about = [value for name in answers if name.startswith(DESCRIPTION) for value in answers[name]]
    said = "\n".join([*answers.get("title", []), *answers.get("text", []), *about])
    return kinds_in(clean(said)[:MOST_KEPT])


def in_words(
    form: StoryForm, answers: dict[str, list[str]], held: list[Attachment]
) -> list[tuple[Page, list[str]]]:
    """For each page what stands there, in the words of its choices."""
    found = []
    for page in way_of(answers).pages[:-1]:
        said: list[str] = files.in_words(held) if page is WORDS else []
        for name in fields_of(page, held):
            field = form.fields.get(name)
            if field is None or name in NO_ANSWER:
                continue
            choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
            values = [value for value in answers.get(name, ()) if value]
            if name in {"listed", "sound"}:
                values = [str(field.label)] if values else []
            spoken = [choices.get(value, value) for value in values]
            said += [f"{field.label} {words}" if "-" in name else words for words in spoken]
        found.append((page, said))
    return found
