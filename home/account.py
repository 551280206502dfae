"""Wagtail's page about one's own account, without the parts that belong to /konto/."""

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, LocaleSettingsPanel, ThemeSettingsPanel

# Left out: the profile picture, which Wagtail would store as it comes, GPS position and all; name,
# e-mail and password, which belong to /konto/; notices about a workflow that is not used.
KEPT = (LocaleSettingsPanel, ThemeSettingsPanel)


class StaffAccountView(AccountView):  # type: ignore[misc]
    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if isinstance(panel, KEPT)]


staff_account = require_admin_access(StaffAccountView.as_view())
