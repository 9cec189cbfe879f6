"""The notebook in docs/ runs, and shows what it gives. `--renew` writes its answers anew; then read what changed and why."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from censorkb.root import Root
from censorkb.site.build import build

HOME = Path(__file__).resolve().parents[2]
NOTEBOOK = HOME / "docs/ask.ipynb"


def run(source: str, names: dict[str, Any]) -> str:
    """Run a cell; what it prints and the value at its end, as a notebook shows them."""
    tree, said, last = ast.parse(source), io.StringIO(), None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)  # type: ignore[attr-defined]
    with contextlib.redirect_stdout(said):
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(last, "cell", "eval"), names) if last else None
    return said.getvalue() + (f"{value!r}\n" if value is not None else "")


def text(cell: dict[str, Any]) -> str:
    return "".join("".join(output.get("text", "")) for output in cell["outputs"])


@pytest.mark.slow
def test_the_notebook_shows_what_it_gives(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "facts").symlink_to(HOME / "facts")
    assert not build(Root(tmp_path), tmp_path / "build", "facts/", lambda _: None, fresh=True).checked.errors
    monkeypatch.chdir(tmp_path)
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    names: dict[str, Any] = {}
    shown = {}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells, 1):
        found = run("".join(cell["source"]), names)
        shown[cell["id"]] = (found, text(cell))
        cell["execution_count"] = number
        lines = found.splitlines(keepends=True)
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": lines}] if found else []
    if request.config.getoption("--renew"):
        NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
        return
    assert {name: new for name, (new, _) in shown.items()} == {name: old for name, (_, old) in shown.items()}


def test_the_notebook_is_one() -> None:
    import nbformat

    nbformat.validate(nbformat.read(NOTEBOOK, as_version=4))
