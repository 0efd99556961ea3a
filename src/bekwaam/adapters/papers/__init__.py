"""Reading back papers that say they are certificates: signatures, what they cover, what is attached.

Apart from making them (:mod:`bekwaam.adapters.pdf`), so that the process that reads loads no more than it
needs.
"""

from bekwaam.adapters.papers.reader import PaperReader

__all__ = ["PaperReader"]
