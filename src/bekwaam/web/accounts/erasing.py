"""Having one's account erased: read what goes and what stays, say who one is, and say it in so many words."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.accounts.erasing import Block, Line
from bekwaam.services.erasing.account import erase_account
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.services.errors import Refused
from bekwaam.web.shared.case import language
from bekwaam.wording import N_

# The word to type, in either language: who switches half-way is not caught out.
WORDS: Final = frozenset({"wissen", "erase"})


class ConfirmForm(forms.Form):
    """The word that says that somebody means it. ``seen`` stands for what they read."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    word = forms.CharField(
        label=_('Type the word "erase"'),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _('Type the word "erase" to go on. If you would rather not, go back.')},
    )

    def clean_word(self) -> str:
        """Insist on the word, whatever its capitals."""
        word: str = self.cleaned_data["word"]
        if word.casefold() not in WORDS:
            raise forms.ValidationError(_('This is another word. Type "erase", or go back.'))
        return word


@never_cache
@require_safe
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes now, what stays, why and until when, and what has to be done first."""
    found = plan_for(request.user)  # type: ignore[arg-type]
    context = {
        "goes": [_line(line) for line in found.goes],
        "stays": [_line(line) for line in found.stays],
        "blocks": [_block(block) for block in found.blocks],
        "seen": seen(found),
        "take_along": reverse("portfolio:take_along"),
    }
    return render(request, "account/erase.html", context)


def _line(line: Line) -> dict[str, Any]:
    return {
        "title": now(line.rule.title),
        "text": now(line.rule.text),
        "procedures": line.procedures,
        "names": line.names,
    }


def _block(block: Block) -> dict[str, str]:
    """Return what has to be done first, with where it is done."""
    if block.verdict.reason == "last_coordinator":
        return {
            "text": block.verdict.text(language()),
            "url": reverse("procedures:people", args=[block.ref]),
            "action": now(N_("See the people")),
        }
    return {
        "text": block.verdict.text(language()),
        "url": reverse("assessment:finals", args=[block.ref]),
        "action": now(N_("Go to the final judgements")),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the word, and erase. Whoever comes here said a moment ago who they are."""
    given = {"seen": request.GET.get("seen", "")}
    form = ConfirmForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            erase_account(person, person, form.cleaned_data["seen"])
        except Refused as error:
            messages.warning(request, error.verdict.text(language()))
            return redirect("account_erase")
        request.session.flush()
        return redirect("account_erased")
    return render(request, "account/erase_confirm.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render(request, "account/erased.html")
