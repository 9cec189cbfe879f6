"""Make the picture in the README: the overview of the real site in a real browser.

usage: python bench/picture.py [SITE]   (default build/site; needs chromium and the test extra)
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HOME = Path(__file__).resolve().parents[1]
PICTURE = HOME / ".github/overview.png"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """Open the overview and keep what a reader sees first."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME / "build/site"
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        sys.exit("chromium is missing; on Debian: apt-get install chromium")
    PICTURE.parent.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto((site / "en/index.html").resolve().as_uri())
        page.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE.relative_to(HOME))


if __name__ == "__main__":
    main()
