"""Pictures for those who share a page: drawings of templates as PNG, with one font from a package, so that all machines agree.

They are made on request only (`--images`), since each takes as long as a hundred pages, and need `censorkb[images]`.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

ENDING = ".png"
_NEEDED = ("resvg_py", "fontpkg_noto_sans")
_FONT, _FAMILY = "NotoSans[wdth,wght].ttf", "Noto Sans"


def can_be_made() -> bool:
    """Whether what makes pictures is installed."""
    return all(find_spec(name) for name in _NEEDED)


def png(drawing: str) -> bytes:
    """Make a picture of a drawing.

    Args:
        drawing: SVG; it may refer to nothing outside itself.

    Raises:
        ValueError: it is none.
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=[_font()], font_family=_FAMILY)
    )


@cache
def _font() -> str:
    from fontpkg_noto_sans import ROOT  # type: ignore[import-untyped] # a package of one path

    return str(ROOT / "files" / _FONT)
