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

ALL = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.2; axe leaves it out unless it is wanted
# The other rules find in all colours what they find in the first.
OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
COLOURS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "light": ({"color_scheme": "light", "forced_colors": "none"}, ALL),
    "dark": ({"color_scheme": "dark", "forced_colors": "none"}, OF_COLOUR),
    "forced": ({"color_scheme": "light", "forced_colors": "active"}, OF_COLOUR),
}
# A page that leads on at once is looked at as if it did not; one that waits before it does is a fault that axe finds.
AT_ONCE = re.compile(rb'<meta http-equiv="refresh" content="0;[^>]*>')


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(
    browser: Browser,
    toy_site: dict[str, bytes],
    toy_kinds: dict[str, str],
    toy_folder: Path,
    tmp_path: Path,
    width: int,
) -> None:
    # The rules are run by a script that the policy of the pages would not let in; nothing fades from a colour to the next.
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce")
    shutil.copytree(toy_folder / "assets", tmp_path / "assets")
    page, axe, found = context.new_page(), Axe(), []
    for kind, address in toy_kinds.items():
        path = toy_folder / address
        if AT_ONCE.search(toy_site[address]):
            path = tmp_path / address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(AT_ONCE.sub(b"", toy_site[address]))
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        for colours, (media, rules) in COLOURS.items():
            page.emulate_media(**media)
            for fault in axe.run(page, options=rules).response["violations"]:
                spots = [(spot["html"][:200], spot.get("failureSummary", "")[:300]) for spot in fault["nodes"][:2]]
                found.append((kind, colours, fault["id"], len(fault["nodes"]), spots))
    context.close()
    assert found == []
