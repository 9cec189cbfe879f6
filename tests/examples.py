"""How many examples a property is tried on: as many as it asks for in a full run, a fifth of them in a quick one."""

from __future__ import annotations

from hypothesis import settings


def quick() -> None:
    """Try all properties on fewer examples from now on."""
    settings.register_profile("quick", max_examples=settings.get_profile("default").max_examples // 5)
    settings.load_profile("quick")


def many(number: int) -> int:
    """A number of examples, by the profile that is loaded."""
    return number * settings.default.max_examples // settings.get_profile("default").max_examples
