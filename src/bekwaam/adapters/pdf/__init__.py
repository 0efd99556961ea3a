"""Papers by typst, PDF/A-3a and PDF/UA-1, without network and without outside fonts: certificate and team."""

from bekwaam.adapters.pdf.render import render_certificate
from bekwaam.adapters.pdf.team import render_team

__all__ = ["render_certificate", "render_team"]
