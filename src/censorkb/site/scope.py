"""Scopes: what a template knows by name. Jinja copies all names into one table for each page, though most are shared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from jinja2 import Template
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import missing


class Scope(Context):
    """The names of a page before those that all pages share.

    Args:
        template: it has the names that are shared.
        own: those of the page; the template adds what it sets.
    """

    def __init__(self, template: Template, own: dict[str, Any]) -> None:
        self.environment, self.name = template.environment, template.name
        self.parent, self.vars = cast("dict[str, Any]", template.globals), own
        self.exported_vars = set()
        self.globals_keys = set()  # for imports without names, which no template makes
        self.blocks = {name: [block] for name, block in template.blocks.items()}

    @cached_property
    def eval_ctx(self) -> EvalContext:  # type: ignore[override]  # it can be written, too
        """How values are escaped, for the few filters that ask."""
        return EvalContext(self.environment, self.name)

    def resolve(self, key: str) -> Any:
        """What a name stands for: something undefined if there is no such name."""
        if key in self.vars:
            return self.vars[key]
        return self.parent[key] if key in self.parent else self.environment.undefined(name=key)


class Scoped(Template):
    """A template that has a scope for each page."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - Jinja's name
        shared: bool = False,  # noqa: ARG002 - Jinja hands it over
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Context:
        """A scope with some names, without those that are missing."""
        found = {name: value for name, value in (locals or {}).items() if value is not missing}
        return Scope(self, {**(vars or {}), **found})
