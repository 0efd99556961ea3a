"""What reading a framework from somebody else's format gives."""

from __future__ import annotations

from dataclasses import dataclass

from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.model import Framework


@dataclass(frozen=True, slots=True)
class Reading:
    """A framework as far as it could be read, with everything there is to say about it.

    ``faults`` stand in the way of using it: somebody has to mend them. ``repairs`` are what was put right or
    left out on the way in, so that nothing disappears unsaid. ``framework`` holds all that was sound, also
    where there are faults; None where nothing can be made of the file.
    """

    framework: Framework | None
    faults: tuple[Fault, ...] = ()
    repairs: tuple[Fault, ...] = ()

    @property
    def usable(self) -> bool:
        """Tell whether the framework can be used as it is."""
        return self.framework is not None and not self.faults
