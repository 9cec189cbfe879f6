"""`censorkb serve`: the site follows the files, errors stand in the page, and nobody else on the network is answered."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from test_browser import reader
from toysite import TOY
from werkzeug.test import Client

from censorkb.check.speech import English
from censorkb.root import Root
from censorkb.site.build import Built
from censorkb.site.preview.live import Live
from censorkb.site.preview.service import Preview

PROJECT = Path(__file__).resolve().parents[2]
HERE = {"Host": "localhost:80"}
SOON = 90_000  # milliseconds; a change shows in a few seconds, but not on a machine that is busy with other tests


def never() -> Built:
    """No build is wanted."""
    raise AssertionError("built")


@pytest.fixture(scope="module")
def client(toy_folder: Path) -> Client:
    """The site of the toy, previewed without a network."""
    return Client(Preview(toy_folder, Live(Root(TOY), never, lambda *_: None), English(), 80))


def test_a_page_is_as_it_is_in_the_folder_but_for_what_stands_behind_it(client: Client, toy_folder: Path) -> None:
    answer = client.get("/en/index.html", headers=HERE, buffered=True)
    page = (toy_folder / "en/index.html").read_bytes()
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.data.startswith(page)
    assert client.get("/en/", headers=HERE, buffered=True).data == answer.data


def test_a_page_whose_policy_lets_it_load_nothing_is_left_as_it_is(client: Client, toy_folder: Path) -> None:
    assert client.get("/", headers=HERE, buffered=True).data == (toy_folder / "index.html").read_bytes()


def test_a_folder_is_called_with_a_slash_at_its_end(client: Client) -> None:
    answer = client.get("/en/country", headers=HERE, buffered=True)
    assert (answer.status_code, answer.headers["Location"]) == (307, "country/")


@pytest.mark.parametrize(
    "address",
    [
        "/../secret.txt",
        "/en/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/en/%2e%2e%2f%2e%2e/secret.txt",
        "/link.html",
        "/a%00b",
        f"/{'a' * 5000}",
        "/en/index.html/",
        "/..",
        "/%ff",
        "/.preview/",
        "/.preview/x",
    ],
)
def test_nothing_outside_of_the_folder_is_found(tmp_path: Path, address: str) -> None:
    (tmp_path / "secret.txt").write_text("told to nobody")
    site = tmp_path / "site"
    (site / "en").mkdir(parents=True)
    (site / "en/index.html").write_text("page")
    (site / "index.html").write_text("first page")
    (site / "link.html").symlink_to(tmp_path / "secret.txt")
    client = Client(Preview(site, Live(Root(TOY), never, lambda *_: None), English(), 80))
    answer = client.get(address, headers=HERE, buffered=True)
    assert answer.status_code == 404
    assert b"told to nobody" not in answer.data


def test_what_an_address_says_is_inert_in_the_page_that_says_there_is_none(client: Client) -> None:
    answer = client.get("/<script>alert(1)</script>", headers=HERE, buffered=True)
    assert answer.status_code == 404
    assert b"<script>alert" not in answer.data
    assert b"There is no page" in answer.data


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1:81", "localhost.evil.example:80", ""])
def test_a_stranger_who_gives_his_name_our_address_is_refused(client: Client, host: str) -> None:
    for address in ("/", "/.preview/state.js"):
        assert client.get(address, headers={"Host": host}, buffered=True).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_a_preview_can_only_be_read(client: Client, method: str) -> None:
    answer = client.open("/en/index.html", method=method, headers=HERE, buffered=True)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert client.head("/en/index.html", headers=HERE, buffered=True).data == b""


def test_pages_of_other_sites_can_neither_read_nor_frame_it(client: Client) -> None:
    for address in ("/en/index.html", "/.preview/live.js", "/nothing", next(assets(client))):
        headers = client.get(address, headers=HERE, buffered=True).headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers


def assets(client: Client) -> Iterator[str]:
    """Addresses of styles and scripts."""
    text = client.get("/en/index.html", headers=HERE, buffered=True).text
    return (f"/assets/{name}" for name in re.findall(r"assets/([\w.]+)", text))


def test_every_file_of_the_site_has_a_kind(client: Client, toy_folder: Path) -> None:
    endings = {path.suffix: path for path in toy_folder.rglob("*") if path.is_file()}
    assert {".html", ".css", ".js"} <= set(endings)
    for path in endings.values():
        answer = client.get(f"/{path.relative_to(toy_folder).as_posix()}", headers=HERE, buffered=True)
        assert answer.status_code == 200
        assert answer.content_type != "application/octet-stream", path.name


def test_a_browser_is_not_sent_again_what_it_has(client: Client) -> None:
    address = next(assets(client))
    tag = client.get(address, headers=HERE, buffered=True).headers["ETag"]
    assert client.get(address, headers={**HERE, "If-None-Match": tag}, buffered=True).status_code == 304


@dataclass
class Served:
    """A preview in a process of its own."""

    root: Path
    address: str
    process: subprocess.Popen[str]
    log: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace words in a file as editors do: a new file takes the place of the old one."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, name
        fresh = path.with_name(f"{path.name}~")
        fresh.write_text(text.replace(old, new, 1), "utf-8")
        fresh.replace(path)


@contextmanager
def serving(root: Path, *words: str) -> Iterator[Served]:
    """`censorkb serve` for a knowledge base, ended by Ctrl-C."""
    log = root.with_name("log.txt")
    command = [sys.executable, "-m", "censorkb", "serve", "--port", "0", "--root", str(root), *words]
    environment = {**os.environ, "CENSORKB_CACHE": str(root.with_name("cache")), "PYTHONUNBUFFERED": "1"}
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        assert process.stdout
        address = ""
        for line in process.stdout:
            if line.startswith("site: "):
                address = line.split()[1].rstrip("/")
                break
        assert address, log.read_text()
        try:
            yield Served(root, address, process, log)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
    assert process.returncode == 0, log.read_text()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The toy with templates of its own, to edit."""
    shutil.copytree(TOY / "facts", tmp_path / "kb/facts")
    shutil.copytree(PROJECT / "site_templates", tmp_path / "kb/site_templates")
    return tmp_path / "kb"


@pytest.mark.slow
def test_an_open_page_follows_the_files(browser: Browser, root: Path) -> None:
    service = "facts/entities/services/blip.yaml"
    with serving(root) as served, reader(browser, 1280, site=served.address) as page:
        page.goto(f"{served.address}/en/service/blip.html")
        expect(page.locator("h1")).to_have_text("Blip")
        panel = page.locator(".censorkb-preview")
        expect(panel).to_have_count(0)

        served.edit(service, "label: {en: Blip", "label: {en: Blop")
        expect(page.locator("h1")).to_have_text("Blop", timeout=SOON)

        served.edit(service, "label: {en: Blop", "labell: {en: Blop")
        expect(panel).to_contain_text(f"{service}:1:1", timeout=SOON)
        expect(panel).to_contain_text("did you mean label")
        expect(page.locator("h1")).to_have_text("Blop")
        page.goto(f"{served.address}/en/index.html")
        expect(panel).to_contain_text(f"{service}:1:1")
        panel.locator("a", has_text="unknown-key").click()
        expect(page.locator("h1")).to_have_text("unknown-key")

        page.goto(f"{served.address}/en/service/blip.html")
        served.edit(service, "labell: {en: Blop", "label: {en: Blip")
        expect(panel).to_have_count(0, timeout=SOON)
        expect(page.locator("h1")).to_have_text("Blip", timeout=SOON)

        template = "site_templates/pages/target.html"
        served.edit(template, "{% block main %}", "{% block main %}{{ nothing.at.all }}")
        expect(panel).to_contain_text("target.html:", timeout=SOON)
        expect(panel).to_contain_text("nothing")
        served.edit(template, "{{ nothing.at.all }}", "")
        expect(panel).to_have_count(0, timeout=SOON)

    files = [path for path in (root / "build").rglob("*") if path.is_file()]
    assert not [path for path in files if b"preview" in path.read_bytes() and path.suffix in (".html", ".js", ".css")]


@pytest.mark.slow
def test_errors_stand_in_the_page_before_there_is_a_site(browser: Browser, root: Path) -> None:
    service = "facts/entities/services/blip.yaml"
    path = root / service
    path.write_text(path.read_text("utf-8").replace("label:", "labell:"), "utf-8")
    with (
        serving(root, "--sparql", "--site", "--lang", "fr") as served,
        reader(browser, 390, site=served.address, failing=("503",)) as page,
    ):
        page.goto(f"{served.address}/")
        expect(page.locator("h1")).to_have_text("Il n’y a pas encore de site")
        expect(page.locator(".censorkb-preview")).to_contain_text(f"{service}:1:1")
        served.edit(service, "labell:", "label:")
        page.wait_for_url("**/en/index.html", timeout=SOON)
        answer = page.request.get(f"{served.address}/sparql", params={"query": "ASK { ?a a ckb:Claim }"})
        assert answer.json()["boolean"] is True


@pytest.mark.slow
def test_a_knowledge_base_without_facts_is_wrong_use(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "censorkb", "serve", "--port", "0", "--root", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "there is no folder" in done.stderr
    assert "Traceback" not in done.stderr
