"""Every kind of page can be read by everybody: axe finds nothing, in any colours, on a phone or on a desk."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

pytestmark = pytest.mark.slow  # a real browser

COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
RULES = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.2; axe leaves it out unless it is wanted
# A page that leads on at once is looked at as if it did not; one that waits before it does is a fault that axe finds.
AT_ONCE = re.compile(rb'<meta http-equiv="refresh" content="0;[^>]*>')


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(
    browser: Browser,
    toy_site: dict[str, bytes],
    toy_kinds: dict[str, str],
    toy_folder: Path,
    tmp_path: Path,
    width: int,
    colours: str,
) -> None:
    # The rules are run by a script that the policy of the pages would not let in.
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, **COLOURS[colours])
    shutil.copytree(toy_folder / "assets", tmp_path / "assets")
    page, axe, found = context.new_page(), Axe(), []
    for kind, address in toy_kinds.items():
        path = toy_folder / address
        if AT_ONCE.search(toy_site[address]):
            path = tmp_path / address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(AT_ONCE.sub(b"", toy_site[address]))
        page.goto(path.as_uri())
        for fault in axe.run(page, options=RULES).response["violations"]:
            spots = [(spot["html"][:200], spot.get("failureSummary", "")[:300]) for spot in fault["nodes"][:2]]
            found.append((kind, fault["id"], len(fault["nodes"]), spots))
    context.close()
    assert found == []
