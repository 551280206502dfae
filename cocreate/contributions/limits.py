"""Limits per network, without keeping anybody's address.

The counter's key is a digest of the /24 (IPv4) or /48 (IPv6) network under a key that changes each
day; it lives in the cache for the length of the window and is joined to nothing (trust row 2).
"""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from cocreate.contributions.codes import digest


def too_many(request: HttpRequest, what: str, *, limit: int, seconds: int) -> bool:
    """Counts this request and says whether its network is over the limit. One network only: a
    flood never shuts anybody else out."""
    window = int(timezone.now().timestamp()) // seconds
    day = timezone.now().date().isoformat()
    key = f"limit:{digest('limit', f'{day}|{what}|{window}|{_network(request)}')}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > limit
    except ValueError:
        # The window ended between the two calls: the first of a new one.
        return False


def _network(request: HttpRequest) -> str:
    try:
        address = ip_address(_without_port(_address(request)))
    except ValueError:
        return "unknown"
    # A socket for both kinds names its IPv4 visitors ::ffff:192.0.2.1.
    address = getattr(address, "ipv4_mapped", None) or address
    width = 24 if address.version == 4 else 48
    return str(ip_network(f"{address}/{width}", strict=False))


def _without_port(address: str) -> str:
    """Some proxies write 192.0.2.1:50123 or [2001:db8::1]:50123."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def _address(request: HttpRequest) -> str:
    """The visitor's address: the one our own proxies saw, never one a visitor could make up."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return direct
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if len(passed) < settings.TRUSTED_PROXIES:
        return direct
    return passed[-settings.TRUSTED_PROXIES]
