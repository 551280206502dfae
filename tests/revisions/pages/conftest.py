"""Browsers, for the tests that need one."""

from tests.browser.conftest import browser, opens, phone, site

__all__ = ["browser", "opens", "phone", "site"]
