"""What the leaves of the public log tell, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bekwaam.trust.entries import Kind
from bekwaam.wording import N_

KIND_NAMES: Final[Mapping[Kind, str]] = {
    Kind.ISSUED: N_("Certificate issued"),
    Kind.SUPERSEDED: N_("Certificate replaced by another one"),
    Kind.REVOKED: N_("Certificate revoked"),
    Kind.SUSPENDED: N_("Certificate suspended"),
    Kind.REINSTATED: N_("Certificate no longer suspended"),
    Kind.KEY_MADE: N_("Key made"),
    Kind.KEY_RETIRED: N_("Key no longer used"),
    Kind.KEY_COMPROMISED: N_("Key reported stolen"),
    Kind.AUDIT_HEAD: N_("State of the internal log recorded"),
}
