"""Where editors write the texts that a promise, a yes or a letter hangs on, with their history."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cocreate.wordings.models import TextRecord


class TextRecordForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Which text it is, is said once: its wordings are counted by it."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            for name in ("key", "language"):
                if name in self.fields:
                    self.fields[name].disabled = True


class TextRecordViewSet(SnippetViewSet):  # type: ignore[misc]
    model = TextRecord
    icon = "doc-full"
    menu_label = _("Text records")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["__str__", "number"]
    list_filter = ["language"]
    search_fields = ["text"]
    panels = [FieldPanel(name) for name in ("key", "language", "text", "hint")]


TextRecord.base_form_class = TextRecordForm
register_snippet(TextRecordViewSet)
