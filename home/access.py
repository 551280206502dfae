"""What an editor may do with our pages, and who may read which file."""

from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction, PagePermissionTester

from cocreate.accounts.access import may_enter_admin, second_factor_used
from cocreate.accounts.models import User
from cocreate.pictures.models import Picture, PictureRendition


class PublicPage(PagePermissionTester):  # type: ignore[misc]
    """Our pages are public: no page is kept for some, since people's words are never in them."""

    def can_set_view_restrictions(self) -> bool:
        return False


def sees_all_files(request: HttpRequest) -> bool:
    """An editor in a session with a second factor: the admin shows originals and thumbnails."""
    user = request.user
    return isinstance(user, User) and may_enter_admin(user) and second_factor_used(request)


def public_file(name: str) -> bool:
    """A size of a picture that stands, or may come to stand, on a public page."""
    rendition = (
        PictureRendition.objects.filter(file=name).select_related("image__collection").first()
    )
    return rendition is not None and not is_kept_for_some(rendition.image)


def is_kept_for_some(picture: Picture) -> bool:
    folders = picture.collection.get_ancestors(inclusive=True)
    return bool(CollectionViewRestriction.objects.filter(collection__in=folders).exists())


def known_file(name: str) -> bool:
    """Whether a row stands for the file: what no row knows is nobody's to see."""
    sizes = PictureRendition.objects.filter(file=name)
    return bool(sizes.exists() or Picture.objects.filter(file=name).exists())
