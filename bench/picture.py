"""Make the pictures in the README: pages of the real site in a real browser.

usage: python -m bench.picture [SITE]   (default build/site; needs chromium and the test extra)

The pictures are written as the browser draws them, in light and where it says so in dark colours too. A page that is not in
the site is a fault of the table below.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

HOME = Path(__file__).resolve().parents[1]
FOLDER = HOME / ".github"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page.

    Args:
        name: of the file, without its ending.
        page: address in the site.
        width: of the window in pixels.
        height: of the window in pixels.
        colours: `light`, `dark` or both; the dark picture has `-dark` at the end of its name.
        at: what stands at the top of the picture, as a CSS selector; the top of the page if left out.
    """

    name: str
    page: str
    width: int
    height: int
    colours: tuple[str, ...] = ("light",)
    at: str = ""


PICTURES = (
    Picture("overview", "en/index.html", 1280, 860, ("light", "dark")),
    Picture("service", "en/service/whatsapp.html", 1280, 860),
    Picture("claim", "en/claim/2026-02-12-cnbc-whatsapp.kremlin-confirms-block.html", 1280, 860),
    Picture("days", "en/status/ru-2026.html", 1280, 860),
    Picture("phone", "ru/index.html", 390, 780, at=".tl-scroll"),
)


def main() -> None:
    """Open each page and keep what a reader sees first."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME / "build/site"
    missing = [picture.page for picture in PICTURES if not (site / picture.page).is_file()]
    if missing:
        sys.exit(f"not in {site}: {', '.join(missing)}; build the site first, or mend the table in bench/picture.py")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit("chromium is missing; on Debian: apt-get install chromium")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        for picture in PICTURES:
            for colours in picture.colours:
                print(take(browser, site, picture, colours).relative_to(HOME))
        browser.close()


def take(browser: Browser, site: Path, picture: Picture, colours: str) -> Path:
    """Take one picture; returns its path."""
    size = ViewportSize(width=picture.width, height=picture.height)
    context = browser.new_context(viewport=size, color_scheme="dark" if colours == "dark" else "light")
    page = context.new_page()
    page.goto((site / picture.page).resolve().as_uri())
    if picture.at:
        page.locator(picture.at).first.evaluate("place => place.scrollIntoView()")
    path = FOLDER / f"{picture.name}{'-dark' if colours == 'dark' else ''}.png"
    page.screenshot(path=path)
    context.close()
    return path


if __name__ == "__main__":
    main()
