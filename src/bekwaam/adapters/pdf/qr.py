"""The address of the check as a QR code: paths in an SVG, nothing fetched and nothing run."""

from __future__ import annotations

from typing import Any, Final

import segno

# A longer address would give squares too small for a telephone, at the size that the code gets on paper.
LONGEST: Final = 150


def qr_svg(address: str) -> str:
    """Return the code of ``address`` as SVG; empty where the address is too long.

    Of level M: it can be read with some 15% of it stained or folded. The white around it that a reader needs
    is the paper. The same address gives the same code.
    """
    if not address or len(address) > LONGEST:
        return ""
    code: Any = segno.make(address, error="m", micro=False, boost_error=False)
    svg: str = code.svg_inline(border=0, dark="#12262a", light="#ffffff", omitsize=True)
    return svg
