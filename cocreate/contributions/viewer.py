"""Who is looking: everything a visibility rule may ask about a reader, read once per request."""

from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import HttpRequest

from cocreate.accounts.access import second_factor_used
from cocreate.accounts.models import Role, User
from cocreate.contributions.opening import opened_receipts


@dataclass(frozen=True)
class Viewer:
    """`receipts` are ids of receipts opened with their code in this session, still open.

    `browser` is the secret of this browser's form cookie. It binds a form's id to the browser it
    was shown in, so that knowing the id alone opens nothing; it is digested, never stored.
    """

    user: User | None = None
    roles: frozenset[str] = frozenset()
    receipts: frozenset[int] = frozenset()
    second_factor: bool = False
    browser: str = field(default="", repr=False)

    @classmethod
    def of(cls, request: HttpRequest) -> "Viewer":
        user = request.user if isinstance(request.user, User) and request.user.is_active else None
        return cls(
            user=user,
            roles=user.roles if user else frozenset(),
            receipts=opened_receipts(request),
            second_factor=bool(user) and second_factor_used(request),
            browser=request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
        )

    def without_account(self) -> "Viewer":
        """For somebody else's words, which this reader only writes down: no account is tied to them."""
        return replace(self, user=None, roles=frozenset(), second_factor=False)

    @property
    def is_host(self) -> bool:
        """Hosts read unpublished words; without the second factor a host is a reader like any."""
        return Role.HOST in self.roles and self.second_factor

    @property
    def is_analyst(self) -> bool:
        """Analysts read what may be used when we gather what many say, `kept` ones included."""
        return Role.ANALYST in self.roles and self.second_factor

    @property
    def is_councillor_or_staff(self) -> bool:
        return self.second_factor and bool(self.roles)


STRANGER = Viewer()
