"""Addresses for logging in and one's own account.

Named one by one: the library's own signing up and changing one's address are left out on purpose.
"""

from allauth.account import views as account
from django.urls import include, path, re_path

from bekwaam.web.accounts import employers, erasing, registering

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("nieuw/", registering.register, name="account_register"),
    path("nieuw/mail/", registering.register_sent, name="account_register_sent"),
    path("nieuw/<str:token>/", registering.register_confirm, name="account_register_confirm"),
    path("werkgevers/", employers.employers, name="employers"),
    path("wissen/", erasing.erase, name="account_erase"),
    path("wissen/bevestigen/", erasing.confirm, name="account_erase_confirm"),
    path("wissen/klaar/", erasing.erased, name="account_erased"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
