"""The login library's forms, without the grey words in their fields: the label says it already."""

from __future__ import annotations

from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT: Final = _("At least 12 characters, and nothing that many people use.")


class Plain:
    """Takes the placeholders away, and says in our words what a new password needs."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HINT
        if "code" in self.fields:
            self.fields["code"].label = _("Code")


class LoginForm(Plain, account.LoginForm):
    """Logging in."""


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """Another password."""


class SetPasswordForm(Plain, account.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    """Asking for a link."""


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    """A password by a link."""


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    """One's password once more."""


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    """A code when logging in."""


class ReauthenticateCodeForm(Plain, mfa.ReauthenticateForm):
    """A code once more."""


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    """The first code of an app."""


class RegisterForm(forms.Form):
    """Asking for an account of one's own."""

    name = forms.CharField(
        label=_("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Fill in the name.")},
    )
    email = forms.CharField(
        label=_("E-mail address"),
        help_text=_("The link goes there. Rather not an address of your work: this account stays yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("This is not an e-mail address.")},
    )


class FirstPasswordForm(forms.Form):
    """The password with which the account begins."""

    password1 = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )
    password2 = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type the password once more.")},
    )

    def clean_password1(self) -> str:
        """Let the same rules speak as everywhere."""
        password: str = self.cleaned_data["password1"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        data = super().clean() or {}
        if {"password1", "password2"} <= data.keys() and data["password1"] != data["password2"]:
            self.add_error("password2", _("This is not the same password."))
        return data
