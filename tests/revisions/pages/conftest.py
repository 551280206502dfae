"""Browsers, for the tests that need one."""

import pytest

from home.operations import prepare_site
from tests.browser.conftest import browser, opens, phone, site
from tests.revisions.conftest import Council

__all__ = ["browser", "opens", "phone", "site"]


@pytest.fixture
def council(council: Council) -> Council:
    """Where pages are looked at, the site's own stand too."""
    prepare_site()
    return council
