"""Sizes, names and words: a module fits in the head, a function on a screen, and each says what it is for."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "core", "lib", "tools", "stuff"}


def test_no_module_is_long_and_half_of_them_are_short(modules):
    lengths = {module.name: module.text.count("\n") for module in modules}
    assert not {name: length for name, length in lengths.items() if length > 300}
    assert statistics.median(lengths.values()) <= 100


def test_a_function_fits_on_a_screen(modules):
    functions = [(m.name, n) for m in modules for n in ast.walk(m.tree) if isinstance(n, FUNCTIONS)]
    assert not [f"{name}: {n.name}" for name, n in functions if (n.end_lineno or 0) - n.lineno + 1 > 60]


def test_modules_are_named_after_what_they_hold(modules):
    names = {part for module in modules for part in Path(module.name).with_suffix("").parts}
    assert not names & VAGUE
    assert not {name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*|__(init|main)__", name)}


def public(module) -> list[tuple[str, ast.AST]]:
    """The module, and what others may use of it."""
    found: list[tuple[str, ast.AST]] = [(module.name, module.tree)]
    for node in module.tree.body:
        if isinstance(node, FUNCTIONS | ast.ClassDef) and not node.name.startswith("_"):
            found.append((f"{module.name}: {node.name}", node))
            methods = [n for n in node.body if isinstance(n, FUNCTIONS)] if isinstance(node, ast.ClassDef) else []
            found += [(f"{module.name}: {node.name}.{n.name}", n) for n in methods if not n.name.startswith("_")]
    return found


def test_everything_public_is_explained_by_one_sentence_first(modules):
    for module in modules:
        for name, node in public(module):
            text = ast.get_docstring(node) or ""
            first = text.partition("\n\n")[0]
            assert first, f"{name} is not explained"
            assert module.name.endswith("__init__.py") or len(first) <= 330, f"{name}: {first}"
            assert first.endswith((".", ":", "?")) or "/" in first, f"{name}: {first}"


def taken(arguments: ast.arguments) -> set[str]:
    """The names of all arguments of a function."""
    named = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    return {argument.arg for argument in (*named, arguments.vararg, arguments.kwarg) if argument}


def test_what_is_explained_of_arguments_is_true_of_them(modules):
    for module in modules:
        for name, node in public(module):
            named = re.search(r"Args:\n((?:    .*\n?|\n)+)", (ast.get_docstring(node) or "") + "\n")
            if not named:
                continue
            explained = set(re.findall(r"^    (\w+):", named[1], re.MULTILINE))
            if isinstance(node, ast.ClassDef):
                real = {
                    t.target.id for t in node.body if isinstance(t, ast.AnnAssign) and isinstance(t.target, ast.Name)
                }
                made = [f for f in node.body if isinstance(f, FUNCTIONS) and f.name == "__init__"]
                real |= {name for f in made for name in taken(f.args)}
            elif isinstance(node, FUNCTIONS):
                real = taken(node.args)
            else:
                continue
            assert explained <= real, f"{name}: {explained - real}"


def test_a_room_says_in_one_sentence_what_it_is_for(modules):
    rooms = [module for module in modules if module.name.endswith("__init__.py")]
    assert len(rooms) > 5
    assert all((ast.get_docstring(module.tree) or "").endswith(".") for module in rooms)
