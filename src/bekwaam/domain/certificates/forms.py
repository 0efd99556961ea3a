"""The forms in which one certificate exists beside its paper, and under which names they are handed out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class Form(StrEnum):
    """A form of a certificate beside the PDF. ``standard`` forms exist only where the standard was met."""

    EXPERIENCE = "experience"
    EXPERIENCE_JWT = "experience_jwt"
    STANDARD = "standard"
    STANDARD_JWT = "standard_jwt"
    ELM = "elm"


@dataclass(frozen=True, slots=True)
class FormInfo:
    """How a form is called on a screen, and the end of its file name and its media type."""

    title: str
    ending: str
    media_type: str


FORMS: Final[dict[Form, FormInfo]] = {
    Form.EXPERIENCE: FormInfo(N_("For your wallet (Open Badges)"), ".json", "application/vc"),
    Form.EXPERIENCE_JWT: FormInfo(N_("For your wallet, as a token (JWT)"), ".jwt", "application/vc+jwt"),
    Form.STANDARD: FormInfo(N_("The standard as a whole (Open Badges)"), "-standaard.json", "application/vc"),
    Form.STANDARD_JWT: FormInfo(
        N_("The standard as a whole, as a token (JWT)"), "-standaard.jwt", "application/vc+jwt"
    ),
    Form.ELM: FormInfo(N_("European export (not sealed)"), "-europass.jsonld", "application/ld+json"),
}

# What a holder does with each, in one sentence.
FORM_USES: Final[dict[Form, str]] = {
    Form.EXPERIENCE: N_("For a wallet that takes Open Badges: what was shown per competence, signed."),
    Form.EXPERIENCE_JWT: N_("The same, for a wallet or program that asks for a token."),
    Form.STANDARD: N_("A badge of its own for having met the standard as a whole."),
    Form.STANDARD_JWT: N_("The same, for a wallet or program that asks for a token."),
    Form.ELM: N_(
        "For Europass. It carries no signature; whoever wants to check it uses the PDF or the badge."
    ),
}
PAPER_USE: Final = N_("To mail, print and keep. It is signed; changing anything in it shows.")
PROOF_USE: Final = N_(
    "Shows that the certificate is in the public log, so that nobody can backdate or hide it."
)
SEAL_USE: Final = N_(
    "Opens the hash of the paper in the badge: with it anyone can work out that the two belong together."
)

SEAL_NAME: Final = "zegel-papier.json"
README_NAMES: Final = {"nl": "LEESMIJ.txt", "en": "README.txt"}
COMPANIONS: Final = frozenset({SEAL_NAME, *README_NAMES.values()})
"""What lies beside the forms in the ZIP of everything, and is no certificate itself."""


def form_name(number: str, form: Form) -> str:
    """Return under which name a form of certificate ``number`` is downloaded."""
    return f"ervaringscertificaat-{number}{FORMS[form].ending}"


def proof_name(number: str, form: Form = Form.EXPERIENCE) -> str:
    """Return under which name the proof that a form is in the log is downloaded: that of the form itself,
    with another ending, so that programs find the one with the other.
    """
    return f"{form_name(number, form).rpartition('.')[0]}.tlog-proof"
