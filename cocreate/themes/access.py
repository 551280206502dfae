"""What an editor may do with the pages around the strategy."""

from typing import Any

from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy


class FixedPage(PagePermissionTester):  # type: ignore[misc]
    """Edited and published, never taken away: its address belongs to the strategy."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class ChangeOnly(ModelPermissionPolicy):  # type: ignore[misc]
    """Rows that the strategy has given: kept by editors, made and removed by nobody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"change", "view"} and super().user_has_permission(user, action)


class AddOnly(ModelPermissionPolicy):  # type: ignore[misc]
    """Rows that stand once they are written, because people may have read them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"add", "view"} and super().user_has_permission(user, action)
