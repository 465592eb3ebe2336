"""Rules of addresses that work out how to build an address when one is first built, not at the start."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from flask import Flask
from werkzeug import routing


class Rule(routing.Rule):
    """A rule that matches at once; what builds its addresses is compiled on first need."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build


def init_app(app: Flask) -> None:
    """Have every rule that is added from now on wait with what builds its addresses."""
    app.url_rule_class = Rule
