"""Templates compiled once for each language, with what never changes written in.

A page says some seventy of our own messages, and names a dozen addresses and files:
in one language and one installation each is always the same text. Working them out
when a template is compiled, not with every page, is a third of a small page's time.
"""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from conexx_learn.web.language import page_language

CONSTANT = ("_", "static", "url_for")
"""Global functions whose answer depends on the language and the arguments alone."""


class LanguageEnvironment(Environment):
    """Hands out each template as compiled for the page's language."""

    def __init__(self, app: Flask, **options: Any) -> None:  # noqa: ANN401 (Jinja's own)
        super().__init__(app, **options)
        self.language: str | None = None
        self._of_language: dict[str, LanguageEnvironment] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (the name is Jinja's)
    ) -> Template:
        """Return a template, compiled for the language of the page on first use."""
        if self.language is None:
            return self._speaking(page_language()).get_template(name, parent, globals)
        return super().get_template(name, parent, globals)

    def make_globals(
        self, d: MutableMapping[str, Any] | None
    ) -> MutableMapping[str, Any]:
        """Give a template its globals as one plain dict.

        None is added once pages are rendered, and with each import Jinja compares the
        names: of its own chain of two mappings one by one.
        """
        return {**self.globals, **(d or {})}

    def _speaking(self, language: str) -> "LanguageEnvironment":
        known = self._of_language.get(language)
        if known is None:
            known = self.overlay()
            known.language = language
            self._of_language[language] = known
        return known


class _Generator(CodeGenerator):
    """Writes the answers of constant calls into the code of a template."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (the name is Jinja's)
        """Fold, then go on as always."""
        folded = _Folding(self.environment.globals).visit(node)
        super().visit_Template(folded, frame)


LanguageEnvironment.code_generator_class = _Generator


class _Folding(NodeTransformer):
    """Replaces a call of a constant function with constant arguments by its answer."""

    def __init__(self, functions: Mapping[str, Any]) -> None:
        self._functions = functions

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 (the name is Jinja's)
        """Fold a call whose arguments are written in the template."""
        self.generic_visit(node)
        function = self._function(node.node)
        named = {keyword.key: keyword.value for keyword in node.kwargs}
        values = [*node.args, *named.values()]
        if (
            function is None
            or node.dyn_args
            or node.dyn_kwargs
            or not all(isinstance(value, nodes.Const) for value in values)
        ):
            return node
        answer = function(
            *(value.as_const() for value in node.args),
            **{key: value.as_const() for key, value in named.items()},
        )
        constant = nodes.Const(str(answer), lineno=node.lineno)
        if not isinstance(answer, Markup):
            return constant
        return nodes.MarkSafe(constant, lineno=node.lineno)

    def _function(self, node: nodes.Node) -> Callable[..., str] | None:
        if isinstance(node, nodes.Name) and node.name in CONSTANT:
            found: Callable[..., str] = self._functions[node.name]
            return found
        return None
