"""Time from the button of the query page to its first answer, in Chromium, over HTTP and from the disk.

usage: python bench/first_answer.py SITE [ROUNDS]

SITE is the folder of a site that `censorkb build` has written. Each round is a new reader with an empty cache. The clock is
that on the wall, since engine, data and page load beside each other: measure on a machine that does nothing else.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import statistics
import sys
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def first_answer(browser: Browser, address: str) -> tuple[float, str]:
    """Seconds from the press to the table, and what the page says of itself."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        about = page.locator("#ask p.src").first.inner_text()
        start = time.perf_counter()
        page.locator("[data-part=run]").click()
        page.locator("#ask table").wait_for(timeout=120_000)
        return time.perf_counter() - start, about


def main(site: Path, rounds: int) -> None:
    """Measure and print."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as driver:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        served = f"http://127.0.0.1:{server.server_port}/en/query.html"
        for name, address in (("http", served), ("file", (site.resolve() / "en/query.html").as_uri())):
            measured = [first_answer(browser, address) for _ in range(rounds)]
            seconds = sorted(found for found, _ in measured)
            print(
                f"{name}: {statistics.median(seconds):.2f} s ({seconds[0]:.2f} to {seconds[-1]:.2f}). {measured[0][1]}"
            )
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
