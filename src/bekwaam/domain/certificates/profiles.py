"""Links with which a holder puts a certificate on a profile elsewhere, as far as those places allow it.

LinkedIn opens its own form with fields filled in; the holder still decides. Europass takes no certificate by
link: it has a page where one hands in the file (:mod:`.elm`), so a link to that page is all there is.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode, urlsplit

from bekwaam.domain.certificates.paper import CertificateDocument
from bekwaam.wording import say

LINKEDIN: Final = "https://www.linkedin.com/profile/add"
EUROPASS: Final = "https://europa.eu/europass/digital-credentials/viewer/"
_LONGEST_NAME: Final = 255


def linkedin_link(
    document: CertificateDocument, check_url: str, *, organisation_id: str = "", expires: date | None = None
) -> str:
    """Return the address of LinkedIn's form for a certificate, with what is known filled in.

    ``check_url`` is where a reader of the profile can check it; ``organisation_id`` the number of the
    provider's page there, without which its name is given. Nothing of the holder is in it: neither a name
    nor an address. Raises ValueError for a ``check_url`` that is not public (``https``).
    """
    if urlsplit(check_url).scheme != "https" or not urlsplit(check_url).hostname:
        raise ValueError("a certificate on a profile leads to an https address")
    title = say(document.language, "Certificate of experience: {standard}", standard=document.standard.title)
    fields: dict[str, str] = {
        "startTask": "CERTIFICATION_NAME",
        "name": title[:_LONGEST_NAME],
        **(
            {"organizationId": organisation_id}
            if organisation_id
            else {"organizationName": document.provider}
        ),
        "issueYear": str(document.issued_on.year),
        "issueMonth": str(document.issued_on.month),
        "certUrl": check_url,
        "certId": document.number,
    }
    if expires is not None:
        fields |= {"expirationYear": str(expires.year), "expirationMonth": str(expires.month)}
    return f"{LINKEDIN}?{urlencode(fields)}"


def europass_link() -> str:
    """Return the address of the page of Europass where a holder can open the European export."""
    return EUROPASS
