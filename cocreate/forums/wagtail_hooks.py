"""Where editors keep the open rooms. A closed room is not in Wagtail at all: not in a list, not
by its number, not in a history (design §4). People's words never come here."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from cocreate.accounts.access import may_enter_admin
from cocreate.accounts.models import Role, User
from cocreate.contributions.models import Audience, Room, RoomKind
from cocreate.forums.models import Forum
from cocreate.forums.views import ROOMS_KEY
from cocreate.pagecache.models import bump
from cocreate.themes.slugs import slug_of

MAY_DO = frozenset({"add", "change"})
LONGEST_SLUG = 50


def open_rooms() -> QuerySet[Forum]:
    return Forum.objects.filter(room__audience=Audience.PUBLIC)


class OpenRoomsOnly(BasePermissionPolicy):  # type: ignore[misc]
    """Whoever may enter the admin makes and changes open rooms; nobody deletes one from here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in MAY_DO and isinstance(user, User) and may_enter_admin(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Forum) -> bool:
        is_open = instance.pk is None or instance.is_open_to_all
        return is_open and self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Forum]:
        allowed = any(self.user_has_permission(user, action) for action in actions)
        return open_rooms() if allowed else Forum.objects.none()

    def users_with_any_permission(self, actions: Any) -> QuerySet[User]:
        editors = User.objects.filter(groups__name=Role.EDITOR, is_active=True)
        return (editors if MAY_DO & set(actions) else editors.none()).distinct()


register_permission_policy(Forum, OpenRoomsOnly(Forum))


class NamedHost(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name() or obj.email


class RoomForm(forms.ModelForm[Forum]):
    """The address is made once, from the first title, and stays: others link to it."""

    host = NamedHost(
        label=_("Host"),
        queryset=User.objects.filter(groups__name=Role.HOST, is_active=True),
        required=False,
        help_text=_("Stands by name in the room. Only those who are hosts can be chosen."),
    )

    class Meta:
        model = Forum
        fields = ("title", "description", "theme", "host", "hours", "rules", "order")
        labels = {
            "title": _("Name of the room"),
            "description": _("What it is about, in a sentence"),
            "theme": _("Theme"),
            "hours": _("When the host is here"),
            "rules": _("Rules of the room"),
            "order": _("Place in the list"),
        }
        help_texts = {"rules": _("One rule on each line. Leave it empty for the usual ones.")}

    def save(self, commit: bool = True) -> Forum:
        forum = super().save(commit=False)
        theme_before = None
        if forum.room_id is None:
            forum.room = Room.objects.create(kind=RoomKind.FORUM, audience=Audience.PUBLIC)
            forum.slug = _free_slug(forum.title)
        else:
            theme_before = Forum.objects.select_related("theme").get(pk=forum.pk).theme
        if commit:
            forum.save()
            themes = {row.number for row in (theme_before, forum.theme) if row is not None}
            bump(
                "forums",
                ROOMS_KEY,
                f"forum:{forum.slug}",
                *(f"voices:theme:{number}" for number in themes),
            )
        return forum


def _free_slug(title: str) -> str:
    """Closed rooms have addresses too, so one that is taken says nothing of what has it."""
    stem = slug_of(title)[:LONGEST_SLUG].strip("-") or "rum"
    taken = set(Forum.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug
        for n in range(1, len(taken) + 2)
        if (slug := stem if n == 1 else f"{stem}-{n}") not in taken
    )


class RoomEditView(generic.EditView):  # type: ignore[misc]
    def get_queryset(self) -> QuerySet[Forum]:
        return open_rooms()


class RoomHistoryView(HistoryView):  # type: ignore[misc]
    def get_base_object_queryset(self) -> QuerySet[Forum]:
        return open_rooms()


class RoomIndexView(generic.IndexView):  # type: ignore[misc]
    def get_base_queryset(self) -> QuerySet[Forum]:
        return open_rooms().select_related("theme", "host")


class RoomViewSet(ModelViewSet):  # type: ignore[misc]
    model = Forum
    icon = "comment"
    menu_label = _("Conversation rooms")
    menu_order = 240
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = RoomIndexView
    edit_view_class = RoomEditView
    history_view_class = RoomHistoryView
    list_display = ["__str__", Column("theme", label=_("Theme"), sort_key="theme"), Column("host", label=_("Host"), accessor=lambda row: row.host.get_full_name() if row.host else "")]  # fmt: skip

    def get_form_class(self, for_update: bool = False) -> type[RoomForm]:
        return RoomForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        named: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {**named, "delete_url_name": None, "usage_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        """Without deleting and usage: the first would take words along, the second ask for them."""
        return [row for row in super().get_urlpatterns() if row.name not in {"delete", "usage"}]


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def conversation_rooms() -> ModelViewSet:
    return RoomViewSet("forum")
