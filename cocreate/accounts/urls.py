from django.conf import settings
from django.urls import include, path

from cocreate.accounts import views
from cocreate.accounts.enrolling import AddPasskey, SetUpApp

urlpatterns = [
    path("", views.front, name="account_front"),
    path("to-trin/", views.second_factor, name="second_factor"),
    # Passwords do not exist here; allauth's pages for them lead to the sign-in by code.
    path("password/<path:rest>", views.no_passwords),
    path("2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/totp/activate/", SetUpApp.as_view(), name="mfa_activate_totp"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]

if settings.DEMONSTRATION_CAST:
    from cocreate.accounts import demo

    urlpatterns.insert(0, path("demo/", demo.sign_in_as, name="demo_sign_in"))
