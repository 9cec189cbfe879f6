"""Static files: styles and scripts, named after a hash of their content so that a reader's cache never goes stale."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path


def name_of(file: str, content: bytes) -> str:
    """The address of a static file from the root of the site."""
    stem, _, ending = file.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{ending}"


def squeezed(file: str, text: str) -> bytes:
    """The text of a static file, of a style sheet without comments and indentation."""
    if file.endswith(".css"):
        text = re.sub(r"\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip() + "\n"
    return text.encode("utf-8")


def files(templates: Path) -> list[str]:
    """Names of the static files in order."""
    return sorted(path.name for path in (templates / "static").iterdir() if path.is_file())
