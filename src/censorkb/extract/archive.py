"""Web archives: the pages in WARC files and WACZ packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from censorkb.problem import Refusal

_MOST_UNPACKED = 64 * 1024 * 1024  # bytes of one archive
_MOST_PAGE = 8 * 1024 * 1024


class Unreadable(Refusal):
    """An archive is broken or too large."""


def records(name: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Address and HTML of each page in an archive.

    Args:
        name: name of the file, which tells WACZ from WARC.
        raw: its bytes.

    Raises:
        Unreadable: the archive is broken or too large.
    """
    if not name.endswith(".wacz"):
        yield from _pages(raw)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            for entry in package.infolist():
                if entry.filename.startswith("archive/") and entry.filename.endswith((".warc", ".warc.gz")):
                    if entry.file_size > _MOST_UNPACKED:
                        raise Unreadable("large-archive")
                    yield from _pages(package.read(entry))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise Unreadable("no-wacz") from fault


def _pages(raw: bytes) -> Iterator[tuple[str, str]]:
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # has no types
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]  # has no types

    seen = 0
    try:
        for record in ArchiveIterator(io.BytesIO(raw)):
            kind = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
            if record.rec_type not in ("response", "resource") or (kind and "html" not in kind):
                continue
            content = record.content_stream().read(_MOST_PAGE)
            seen += len(content)
            if seen > _MOST_UNPACKED:
                raise Unreadable("large-archive")
            yield record.rec_headers.get_header("WARC-Target-URI") or "", content.decode("utf-8", "replace")
    except ArchiveLoadFailed as fault:
        raise Unreadable("no-warc") from fault


def warc(url: str, status: str, headers: tuple[tuple[str, str], ...], body: bytes) -> bytes:
    """One page as a WARC file (ISO 28500), compressed.

    Args:
        url: where it was fetched.
        status: the status line without the version.
        headers: the headers of the answer.
        body: the content.
    """
    from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # has no types
    from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # has no types

    kept = io.BytesIO()
    writer = WARCWriter(kept, gzip=True)
    answer = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(url, "response", payload=io.BytesIO(body), length=len(body), http_headers=answer)
    )
    return kept.getvalue()
