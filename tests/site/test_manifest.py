"""The manifest of an output: names and digests, found and exchanged without a look at each."""

import string
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.site.manifest import Manifest

names = st.text(alphabet=string.ascii_lowercase + "/.-é😀", min_size=1, max_size=6)
digests = st.integers(0, 3).map(lambda number: sha256(bytes([number])).hexdigest())
A, B = (sha256(each).hexdigest() for each in (b"a", b"b"))


def text(lines: dict[str, str]) -> bytes:
    return "".join(f"{lines[name]}  {name}\n" for name in sorted(lines)).encode()


@given(st.dictionaries(names, digests), st.lists(st.tuples(names, st.none() | digests)))
def test_a_manifest_is_a_dictionary_whose_text_stands_in_the_order_of_names(before, changes):
    manifest, model = Manifest(text(before)), dict(before)
    for name, digest in changes:
        if digest is None:
            assert manifest.pop(name, None) == model.pop(name, None)
        else:
            manifest[name] = model[name] = digest
    assert (dict(manifest), len(manifest)) == (model, len(model))
    assert all(manifest[name] == digest for name, digest in model.items())
    assert b"".join(manifest.blocks()) == text(model)
    assert [*manifest.ordered("a")] == sorted(name for name in model if name.startswith("a"))
    assert manifest.count("a") == sum(name.endswith("a") for name in model)
    for digest in {*model.values(), A}:
        assert set(manifest.named(digest)) == {name for name, found in model.items() if found == digest}


@given(st.binary(max_size=300), names)
def test_what_is_no_manifest_has_nothing_that_could_be_asked_for(content, name):
    manifest = Manifest(content)
    assert manifest.get(name) is None
    manifest[name] = A
    assert manifest[name] == A
    del manifest[name]
    with pytest.raises(KeyError):
        manifest[name]


def test_a_copy_goes_its_own_way():
    one = Manifest(text({"a": A}))
    two = one.copy()
    two["a"], two["b"] = B, B
    assert dict(one) == {"a": A}
    assert dict(two) == {"a": B, "b": B}


def test_a_long_text_comes_in_pieces():
    manifest = Manifest()
    for number in range(20_000):
        manifest[f"site/{number:05}.html"] = A
    blocks = [*manifest.blocks()]
    assert len(blocks) > 1
    assert b"".join(blocks) == text(dict(manifest))
