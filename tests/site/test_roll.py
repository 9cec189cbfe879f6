"""The roll of a run: what was written, however much, in the order of names."""

import string
from contextlib import closing
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from censorkb.site.manifest import Manifest
from censorkb.site.roll import Roll

names = st.text(alphabet=string.ascii_lowercase + "/.-é😀", min_size=1, max_size=6)
digests = st.integers(0, 3).map(lambda number: sha256(bytes([number])).hexdigest())
SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # nothing stays in it


@SAME_FOLDER
@given(st.dictionaries(names, digests, max_size=12), st.integers(1, 5))
def test_a_roll_is_a_manifest_however_little_of_it_is_in_the_memory(tmp_path, lines, much):
    with closing(Roll(str(tmp_path), much)) as roll:
        for name, digest in lines.items():
            roll[name] = digest
        text = b"".join(roll.blocks())
        assert [*roll] == sorted(lines) == [*Manifest(text)]
        assert dict(roll) == lines == dict(Manifest(text))
        assert len(roll) == len(lines)
        assert [*roll.ordered("a")] == sorted(name for name in lines if name.startswith("a"))
        assert roll.count("a") == sum(name.endswith("a") for name in lines)
    assert not [*tmp_path.iterdir()]


def test_names_that_are_not_in_it_are_not_found(tmp_path):
    with closing(Roll(str(tmp_path), 2)) as roll:
        for name in ("b", "c", "d"):
            roll[name] = sha256(name.encode()).hexdigest()
        assert "c" in roll
        assert "a" not in roll
        with pytest.raises(KeyError, match="e"):
            roll["e"]


@pytest.mark.parametrize("much", [2, 3, 100])
def test_what_comes_while_a_roll_is_read_is_not_among_what_is_read(tmp_path, much):
    digest = sha256(b"page").hexdigest()
    with closing(Roll(str(tmp_path), much)) as roll:
        for name in ("a", "b", "d"):
            roll[name] = digest
        found = []
        for name in roll.ordered(""):
            found.append(name)
            roll[f"{name}-index"] = digest
        assert found == ["a", "b", "d"]
        assert [*roll] == ["a", "a-index", "b", "b-index", "d", "d-index"]


def test_a_long_roll_comes_in_pieces(tmp_path):
    digest = sha256(b"page").hexdigest()
    with closing(Roll(str(tmp_path), 7_000)) as roll:
        for number in range(25_000, 0, -1):
            roll[f"site/{number:05}.html"] = digest
        blocks = [*roll.blocks()]
        assert len(blocks) > 1
        assert b"".join(blocks) == b"".join(f"{digest}  site/{n:05}.html\n".encode() for n in range(1, 25_001))
        assert roll["site/25000.html"] == digest
