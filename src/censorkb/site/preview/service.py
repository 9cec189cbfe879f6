"""The service: the files of a site to browsers on this machine, each page with what stands in the way of a new build.

What is added stands behind a page as it is in the folder, under the page's own content security policy, so that a preview
shows no page that the published site would not show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from werkzeug.exceptions import Forbidden, HTTPException, MethodNotAllowed, NotFound
from werkzeug.utils import redirect, send_file
from werkzeug.wrappers import Request, Response

from censorkb.check.reporters import text
from censorkb.check.reporters.report import Report
from censorkb.check.speech import Speech
from censorkb.problem import Phrase, Problem, Severity, phrase
from censorkb.query.endpoint.host import names
from censorkb.query.endpoint.service import PATH, Service
from censorkb.site.preview.folder import Folder, Found
from censorkb.site.preview.live import Live

_OWN = "/.preview/"  # no file of a site begins with a dot
_STATE = "state.js"
_STATIC = ("live.js", "panel.css")
_METHODS = ("GET", "HEAD")
_OK, _ELSEWHERE, _MISSING, _NOT_YET = 200, 307, 404, 503  # RFC 9110, section 15
_MAY_LOAD = b"script-src 'self'"
_MOST = 50  # problems in a page; the terminal has all
_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
}


class Preview:
    """Answers requests: a WSGI application.

    Args:
        site: folder of the site; it may not be there yet.
        live: how things stand.
        speech: the language of what is said of them.
        port: at which it is served.
        sparql: answers queries beside it, if somebody wants that.
    """

    def __init__(self, site: Path, live: Live, speech: Speech, port: int, sparql: Service | None = None) -> None:
        self._folder, self._live, self._speech, self._hosts = Folder(site), live, speech, names(port)
        self._sparql = sparql
        loader = PackageLoader("censorkb.site.preview", "")
        self._words = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        self._words.filters["said"] = lambda name: phrase(name).said(speech.say)

    def close(self) -> None:
        """End what answers queries."""
        if self._sparql:
            self._sparql.close()

    def __call__(self, environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        request = Request(environment)
        if self._sparql and request.path == PATH:
            return self._sparql(environment, start)
        try:
            response = self._response(request)
        except HTTPException as fault:
            kind = self._folder.kind(Path("refusal.txt"))
            response = Response(f"{fault.description}\n", fault.code, fault.get_headers(), content_type=kind)
        response.headers.update(_HEADERS)
        answer: Iterable[bytes] = response(environment, start)
        return answer

    def _response(self, request: Request) -> Any:
        if request.host not in self._hosts:  # the page of a stranger who has given his name our address
            raise Forbidden(f"this preview answers to {', '.join(sorted(self._hosts))} only")
        if request.method not in _METHODS:
            raise MethodNotAllowed(_METHODS, "a preview can only be read")
        if request.path.startswith(_OWN):
            return self._own(request, request.path.removeprefix(_OWN))
        found = self._folder.find(request.path)
        if found.is_folder:
            return redirect(f"{request.path.rsplit('/', 1)[1]}/", _ELSEWHERE)
        if found.is_page or not found.path:
            return self._page(request.path, found)
        return send_file(found.path, request.environ, self._folder.kind(found.path))

    def _own(self, request: Request, name: str) -> Response:
        if name == _STATE:
            return self._text(
                name, self._words.get_template(name).render(state=self._state(request.args.get("of", "")))
            )
        if name not in _STATIC:
            raise NotFound("the preview has no such file")
        return self._text(name, resources.files("censorkb.site.preview").joinpath(name).read_text("utf-8"))

    def _text(self, name: str, content: str | bytes, status: int = _OK) -> Response:
        return Response(content, status, content_type=self._folder.kind(Path(name)))

    def _page(self, address: str, found: Found) -> Response:
        """A page, or that there is none, with what stands in the way below."""
        state = self._state(address)  # before the file is read: what changes in between is seen the next time
        try:
            page, status = found.path.read_bytes() if found.path else b"", _OK
        except FileNotFoundError:  # a build has just removed it
            page = b""
        if not page:
            is_built = self._folder.find("/").path is not None
            status = _MISSING if is_built else _NOT_YET
            title = phrase("preview-missing", address=address) if is_built else phrase("preview-unbuilt")
            page = self._rendered("missing.html", is_built=is_built, title=title.said(self._speech.say))
        if _MAY_LOAD in page:  # the chooser of languages loads nothing; it leads to a page that does
            page += self._rendered("panel.html", state=state, **self._obstacle())
        return self._text("page.html", page, status)

    def _rendered(self, name: str, **values: Any) -> bytes:
        return self._words.get_template(name).render(own=_OWN, language=self._speech.name, **values).encode()

    def _state(self, address: str) -> str:
        """What tells two states of a page, and of what stands in the way of a new one, apart."""
        standing = self._live.standing
        obstacle = standing.number if standing.fault or standing.obstacle else 0
        return hashlib.sha256(f"{self._folder.find(address).stamp} {obstacle}".encode()).hexdigest()[:16]

    def _obstacle(self) -> dict[str, Any]:
        """What stands in the way of a new build, for the template."""
        standing = self._live.standing
        if not standing.obstacle:
            return {
                "title": phrase("preview-fault").said(self._speech.say),
                "groups": [],
                "fault": standing.fault.said(self._speech.say),
            }
        checked = standing.obstacle
        documents = [*checked.knowledge.documents.values()]
        report = Report(checked.problems, len(documents), checked.claims(documents), self._speech)
        groups = sorted(text.groups(report), key=lambda group: list(Severity).index(group[0].severity))
        return {"title": report.summary(), "groups": [self._group(report, *g) for g in groups[:_MOST]], "fault": ""}

    def _group(self, report: Report, problem: Problem, below: list[Phrase]) -> dict[str, Any]:
        """Problems that are alike, for the template."""
        page = f"/{self._speech.name}/rules/{problem.rule}.html"
        return {
            "place": problem.place,
            "severity": problem.severity,
            "word": report.said(phrase(problem.severity)),
            "rule": problem.rule,
            "page": page if self._folder.find(page).path else "",
            "lines": [report.said(words) for words in (problem.wrong, *below)],
        }
