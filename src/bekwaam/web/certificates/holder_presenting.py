"""Puts a certificate into the values that its holder's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from bekwaam.domain.certificates.forms import FORM_USES, FORMS, PAPER_USE, PROOF_USE, Form
from bekwaam.domain.certificates.paper import CertificateDocument
from bekwaam.domain.certificates.profiles import europass_link, linkedin_link
from bekwaam.domain.certificates.status import Status
from bekwaam.services.certificates.holding import Holding
from bekwaam.services.statuses.reads import StatusRead
from bekwaam.web.certificates.status_presenting import standing_line, successor_line
from bekwaam.web.shared.case import Case
from bekwaam.web.shared.crumbs import Crumb


@dataclass(frozen=True, slots=True)
class Download:
    """One file to take: how it is called, what it is for, and the name of its address."""

    title: str
    use: str
    address: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands, in sentences that everybody may read; empty where there is nothing to say."""

    revoked: bool
    line: str
    successor: str


def holder_crumbs(case: Case, *more: Crumb) -> list[Crumb]:
    """Return the way back from the holder's page, or from a page below it."""
    ref = case.procedure.ref
    here = Crumb(_("Certificate"), reverse("certificates:holding", args=[ref]) if more else "")
    outcome = Crumb(_("Outcome"), reverse("certificates:outcome", args=[ref]))
    return [Crumb(_("My work"), reverse("home")), outcome, here, *more]


def standing(read: StatusRead) -> Standing | None:
    """Return what there is to say of how a certificate stands; None where it simply holds."""
    line = "" if read.status is Status.GOOD else standing_line(read.status, read.since, read.reason)
    successor = successor_line(read)
    return Standing(read.status is Status.REVOKED, line, successor) if line or successor else None


def present_holding(found: Holding, language: str) -> dict[str, Any]:
    """Return what the holder's page shows."""
    document = found.document
    drawn, check = document.wheel(), check_address(document)
    return {
        "found": found,
        "document": document,
        "standing": standing(found.status),
        "wheel": mark_safe(drawn.svg(prefix="mine")),  # noqa: S308 - drawn by us, names escaped
        "table": drawn.table(),
        "other_language": document.language if document.language != language else "",
        "downloads": downloads(found),
        "no_export": bool(found.forms) and Form.ELM not in found.forms,
        "has_badge": Form.EXPERIENCE in found.forms,
        "check_url": check,
        "linkedin": linkedin_link(document, check) if check.startswith("https://") else "",
        "europass": europass_link() if Form.ELM in found.forms else "",
    }


def downloads(found: Holding) -> list[Download]:
    """Return every file of a certificate, the paper first."""
    files = [Download(_("Certificate of experience (pdf)"), _(PAPER_USE), "certificates:certificate")]
    for form in found.forms:
        files.append(Download(_(FORMS[form].title), _(FORM_USES[form]), "certificates:form", form.value))
    if found.logged:
        files.append(Download(_("Proof of the public log"), _(PROOF_USE), "certificates:proof"))
    return files


def check_address(document: CertificateDocument) -> str:
    """Return where anyone can check a certificate: as it stands on the paper, or where that would be."""
    return document.check_url or f"{str(settings.BASE_URL).rstrip('/')}/c/{document.number}"
