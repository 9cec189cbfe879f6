"""Memory: what was let go of goes back to the system."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Give back what the C library keeps for later, if it can: see malloc_trim(3).

    What Python and the store have freed stays with this process, so that what was needed once counts for ever.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
