"""The certificate on paper: PDF/A-3a and PDF/UA-1 by typst, without network and without outside fonts."""

from bekwaam.adapters.pdf.render import render_certificate

__all__ = ["render_certificate"]
