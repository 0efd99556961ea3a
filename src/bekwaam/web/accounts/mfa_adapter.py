"""What the extra step of logging in says when something is wrong."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


class MFAAdapter(DefaultMFAAdapter):
    """Our own words; everything else is the library's."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or too old. Take the newest one."),
        "cannot_generate_recovery_codes": _("First turn on the extra step; recovery codes come with it."),
    }
