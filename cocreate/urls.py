"""The addresses of design §5. Domain addresses stand before Wagtail's catch-all."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from cocreate import views
from cocreate.boards.urls import road_patterns
from home import machines
from home.account import staff_account
from home.views import media

handler400 = "cocreate.views.bad_request"
handler500 = "cocreate.views.server_error"

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("healthz", views.alive, name="healthz"),
    path("readyz", views.ready, name="readyz"),
    path("was", views.accessibility_statement, name="was"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("medier/<path:name>", media, name="media"),
    # Wagtail's own sign-in knows no second factor and no limit on wrong passwords: closed.
    path("admin/login/", to_sign_in),
    path("admin/failwhale/", views.gone, {"rest": ""}),
    path("admin/password_reset/", to_sign_in),
    path("admin/password_reset/<path:rest>", views.gone),
    # Wagtail's own would store a portrait as it comes, position and all.
    path("admin/account/", staff_account),
    path("admin/", include(wagtailadmin_urls)),
    *road_patterns,
]

urlpatterns += i18n_patterns(
    path("konto/", include("cocreate.accounts.urls")),
    path("", include("cocreate.help.urls")),
    path("", include("cocreate.themes.urls")),
    path("", include("cocreate.stories.urls")),
    path("", include("cocreate.forums.urls")),
    path("", include("cocreate.boards.urls")),
    path("", include("cocreate.moderation.urls")),
    path("", include("cocreate.insights.urls")),
    path("", include("cocreate.revisions.urls")),
    path("", include("home.urls")),
    prefix_default_language=False,
)
