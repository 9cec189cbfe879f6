"""The zip that is written: what others read out of it, however many files it has, and how little of it is in the memory."""

from __future__ import annotations

import io
import shutil
import subprocess
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from censorkb.site.archive import LONG, MANY, archive

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # nothing stays in it
MODE = 0o644
UNZIP = shutil.which("unzip")
names = st.text("abc/.-é😀", min_size=1, max_size=8)
contents = st.binary(max_size=60) | st.binary(max_size=4).map(lambda piece: piece * 500)
entries = st.dictionaries(names, st.tuples(contents, st.booleans()), max_size=6)


def packed(
    folder: Path, files: Iterable[tuple[str, tuple[bytes, bool]]], long: int = LONG, many: int = MANY
) -> io.BytesIO:
    output = io.BytesIO()
    with archive(output.write, str(folder), long, many) as made:
        for name, (content, deflate) in files:
            made.add(name, io.BytesIO(content), deflate=deflate)
    return output


@SAME_FOLDER
@given(entries, st.sampled_from([1, 30, 200, LONG]), st.sampled_from([1, 3, MANY]))
@example({"a": (b"", True), "b": (b"", False)}, 1, 1)
def test_python_reads_what_was_written(tmp_path, files, long, many):
    with zipfile.ZipFile(packed(tmp_path, files.items(), long, many)) as found:
        assert found.testzip() is None
        assert {entry.filename: found.read(entry) for entry in found.infolist()} == {
            name: content for name, (content, _) in files.items()
        }
        assert found.namelist() == [*files]
        for entry in found.infolist():
            assert entry.compress_type == (zipfile.ZIP_DEFLATED if files[entry.filename][1] else zipfile.ZIP_STORED)
            assert (entry.date_time, entry.external_attr >> 16) == ((1980, 1, 1, 0, 0, 0), MODE)
    assert not [*tmp_path.iterdir()]


@SAME_FOLDER
@given(entries)
def test_the_same_files_give_the_same_bytes(tmp_path, files):
    assert packed(tmp_path, files.items()).getvalue() == packed(tmp_path, files.items()).getvalue()


@pytest.mark.skipif(UNZIP is None, reason="unzip is not installed")
@pytest.mark.parametrize("long", [1, 300, LONG])
def test_unzip_reads_it_as_well(tmp_path, long):
    files = {"censorkb/en/é.html": (b"<p>page" * 900, True), "censorkb/data/a.gz": (bytes(range(256)), False)}
    (tmp_path / "site.zip").write_bytes(packed(tmp_path, files.items(), long).getvalue())
    subprocess.run([str(UNZIP), "-q", "site.zip", "-d", "out"], cwd=tmp_path, check=True)
    for name, (content, _) in files.items():
        assert (tmp_path / "out" / name).read_bytes() == content
        assert (tmp_path / "out" / name).stat().st_mode & 0o777 == MODE


def test_a_file_larger_than_what_is_in_the_memory_at_once_is_whole(tmp_path):
    large = b"".join(f"{number}\n".encode() for number in range(400_000))
    files = {"deflated": (large, True), "stored": (large, False)}
    with zipfile.ZipFile(packed(tmp_path, files.items())) as found:
        assert [found.read(name) for name in files] == [large, large]


def test_a_damaged_zip_is_noticed(tmp_path):
    written = packed(tmp_path, [("page", (b"words", False))]).getvalue()
    with zipfile.ZipFile(io.BytesIO(written.replace(b"words", b"sword"))) as found:
        assert found.testzip() == "page"


def test_nothing_is_left_if_a_file_cant_be_read(tmp_path):
    output = io.BytesIO()
    with pytest.raises(ValueError, match="closed"), archive(output.write, str(tmp_path)) as made:
        content = io.BytesIO(b"words")
        content.close()
        made.add("page", content, deflate=True)
    assert not zipfile.is_zipfile(output)
    assert not [*tmp_path.iterdir()]


def test_the_list_of_files_is_not_in_the_memory(tmp_path):
    def peak(count: int) -> int:
        tracemalloc.start()
        with archive(len, str(tmp_path)) as made:
            for number in range(count):
                made.add(f"{number:0200}", io.BytesIO(b""), deflate=False)
            most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(3000) - peak(30) < 100_000  # the list is seven times as much


@pytest.mark.slow
def test_a_zip_may_have_more_files_than_two_bytes_can_count(tmp_path):
    count = MANY + 10
    output = packed(tmp_path, ((f"{number}", (b"%d" % number, True)) for number in range(count)))
    with zipfile.ZipFile(output) as found:
        assert len(found.infolist()) == count
        assert found.read(str(count - 1)) == b"%d" % (count - 1)
    if UNZIP:
        (tmp_path / "site.zip").write_bytes(output.getvalue())
        subprocess.run([UNZIP, "-qt", "site.zip"], cwd=tmp_path, check=True)


@pytest.mark.slow
def test_a_zip_may_be_longer_than_four_bytes_can_count(tmp_path):
    zeros = bytes(1 << 20)

    class Zeros(io.RawIOBase):
        at, length = 0, LONG + 5

        def read(self, size: int = -1) -> bytes:
            piece = zeros[: min(size, self.length - self.at)]
            self.at += len(piece)
            return piece

        def tell(self) -> int:
            return self.at

        def seek(self, at: int, whence: int = io.SEEK_SET) -> int:
            self.at = at
            return at

    path = tmp_path / "site.zip"
    with path.open("wb") as output:

        def write(content: bytes) -> None:
            """Leave holes: nobody has gigabytes to spare."""
            if content == zeros:
                output.seek(len(content), io.SEEK_CUR)
            else:
                output.write(content)

        with archive(write, str(tmp_path)) as made:
            made.add("long", Zeros(), deflate=False)
            made.add("far", io.BytesIO(b"words"), deflate=True)
    with zipfile.ZipFile(path) as found:
        assert found.getinfo("long").file_size == LONG + 5
        assert found.getinfo("far").header_offset > LONG
        assert found.read("far") == b"words"
