"""Templates to Python: Jinja's compiler, without what costs most of the time of a page and no template here needs.

Jinja looks for an attribute first as an attribute and then as an item, asks each function whether it wants the context,
and wraps each text that it escapes. Here an attribute is an attribute, a function is called, and how a text looks when
it is escaped is remembered. A macro is a function, too: an argument without a default is told by its place, never by its
name. A block gives its text at once, and the words of the language are one text with the markup around them. Everything
is escaped as Jinja does it, and what is not there stops the rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import lru_cache, partial
from keyword import iskeyword
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.filters import FILTERS
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import markup_join
from jinja2.utils import missing
from markupsafe import Markup

from censorkb.site.formats import FORMATS, PLAIN, ending
from censorkb.site.scope import Scoped
from censorkb.site.wording import Marking, Settled, mark, worded, written

KEPT = 1 << 16
KEPT_ELSEWHERE = 1 << 12  # in files of other formats hardly more than names come again
# Only what is a text and nothing else is looked up, since markup is equal to the text of the same letters.
_BEFORE = "(shown if (kind := type(shown := "
_AFTER = ")) is Markup else kept(shown) if kind in texts else str(shown) if kind in numbers else escape(shown))"
_AFTER_ELSEWHERE = ")) is Markup else kept(shown) if kind in texts else write(shown))"
# What each function begins with. Unlike Jinja's, one for a block is none that yields.
_COMMONS = (
    "resolve, undefined, concat = context.resolve, environment.undefined, environment.concat",
    "cond_expr_undefined, said, texts = Undefined, environment.said, environment.texts",
    "marked, joined = environment.marked, environment.joined",
)


def joined(parts: tuple[object, ...]) -> str:
    """Values one after the other; if one of them is markup, so is the whole."""
    return markup_join(parts) if Markup in map(type, parts) else "".join(map(str, parts))


class _Worded(Scoped):
    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, *more: Any) -> Template:
        assert isinstance(environment, Compiling)
        return super().from_code(
            environment, worded(code, environment.settled, environment.written, environment.constant), *more
        )


class Compiling(Environment):
    """An environment whose templates are compiled in this way; it escapes everything, whatever `autoescape` says.

    A template is escaped by its ending, as HTML if that is none of `formats`. `settled` has the words that it shows, by the
    name that templates have for them all. Compiled templates find here what they do with a text: `kept` escapes one of the
    types `texts` for HTML, `writing` for other formats; `joined` puts values together, `said` makes a word a value.
    `written` and `constant` make the words of a template, and the texts around them, parts of it.
    """

    template_class = _Worded
    kept: Callable[[str], str] = staticmethod(lru_cache(maxsize=KEPT)(FILTERS["escape"]))
    writing: Mapping[str, tuple[Callable[[Any], str], Callable[[str], str]]] = {
        name: (form.write, lru_cache(maxsize=KEPT_ELSEWHERE)(form.write)) for name, form in FORMATS.items()
    }
    numbers = frozenset({int, float})
    marked = staticmethod(partial(str.__new__, Markup))
    texts: frozenset[type] = frozenset({str})
    said: Callable[[str], str] = str
    constant: Callable[[str], str] = str
    written: Callable[[str, Any], str] = staticmethod(written)
    joined: Callable[[tuple[object, ...]], str] = staticmethod(joined)
    settled: Settled

    @staticmethod
    def macro(function: Callable[..., str], names: tuple[str, ...]) -> Callable[..., str]:
        """A macro of whose arguments some have a default.

        Args:
            function: gives its text; it wants all arguments, `missing` for what a call does not give.
            names: of the arguments.
        """
        number = len(names)

        def called(*given: object, **named: object) -> str:
            if len(given) != number:
                given = (*given, *(named.pop(name, missing) for name in names[len(given) :]))
            if named:
                raise TypeError(f"there is no argument {', '.join(named)}, or it is given twice")
            return function(*given)

        return called

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Make one table of all globals; Jinja chains two, and copies the chain for each page."""
        return {**self.globals, **(d or {})}

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(Marking(self.settled, name, filename).visit(source), name, filename, defer_init)


class _Generator(CodeGenerator):
    """Writes plain Python for what is plain."""

    @property
    def _format(self) -> str:
        """The ending of the template's name if it is not HTML."""
        found = ending(self.name or "")
        return found if found in FORMATS else ""

    def write_commons(self) -> None:
        for line in _COMMONS:
            self.writeline(line)
        if self._format:
            self.writeline(f"write, kept = environment.writing[{self._format!r}]")
        else:
            self.writeline("kept, numbers = environment.kept, environment.numbers")

    def blockvisit(self, parts: Iterable[nodes.Node], frame: Frame) -> None:
        if frame.parent is not None or frame.buffer is not None:
            super().blockvisit(parts, frame)
            return
        # Jinja hands each word through all blocks around it. A block gives them all in a list, a template in one piece, and
        # nothing if it extends another, whose the text is.
        self.buffer(frame)
        super().blockvisit(parts, frame)
        if frame.block_frame:
            self.writeline(f"return {frame.buffer}")
        elif not self.has_known_extends:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802
        if node.required:
            self.fail(f"block {node.name!r}: none can be required", node.lineno)
        if not (frame.toplevel and self.has_known_extends):
            context = self.derive_context(frame) if node.scoped else "context"
            self.writeline(f"{frame.buffer} += context.blocks[{node.name!r}][0]({context})", node)

    def visit_EnvironmentAttribute(self, node: nodes.EnvironmentAttribute, frame: Frame) -> None:  # noqa: N802, ARG002
        self.write(f"said({mark(node)!r})")  # Python would answer an `if` about a constant while it compiles

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        name = frame.symbols.ref(node.name)
        load = frame.symbols.find_load(name)
        if node.ctx == "load" and load and load[0] == VAR_LOAD_RESOLVE:
            self.write(name)  # never missing, since a scope has something undefined then
        else:
            super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        if not (isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)):
            super().visit_Getitem(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f"[{node.arg.value}]")

    @optimizeconst
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        if not frame.eval_ctx.autoescape:
            super().visit_Concat(node, frame)
            return
        self.write("joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            super().macro_def(macro_ref, frame)
            return
        node = macro_ref.node
        names = tuple(argument.name for argument in node.args)
        self.write(f"environment.macro(macro, {names!r})" if node.defaults else "macro")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        if force_unescaped and ending(self.name or "") != PLAIN:
            self.writeline(f"return marked(concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame, force_unescaped)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        if isinstance(node, nodes.EnvironmentAttribute):
            return mark(node, self._format or "html")
        if not self._format or isinstance(node, nodes.TemplateData):
            return super()._output_child_to_const(node, frame, finalize)
        const = node.as_const(frame.eval_ctx)
        return str(const) if isinstance(const, Markup) else FORMATS[self._format].write(const)

    # Jinja hands over what these two don't need.
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002
        self.write(_BEFORE)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002
        self.write(_AFTER_ELSEWHERE if self._format else _AFTER)


Compiling.code_generator_class = _Generator
