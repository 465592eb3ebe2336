"""Somebody who opens every address with every id and parameter he can think of, and keeps what he reads."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from survey.access.permissions import GRANTS, Allow, Role, mark_of
from survey.database import SqliteEngine

ROOT = Path(__file__).parents[4] / "survey"
TABLES = re.compile(r"\b(evaluation_\w+|(?:sealed_)?ballot\w*|named_\w+|said_done\w*)\b")
ASKED_FOR = re.compile(r"""request\.args(?:\.get\(|\[)\s*"([\w-]+)"|"([\w-]+)" in request\.args""")
NEW_EACH_TIME = re.compile(r'(name="csrf_token" value|name="once" value)="[^"]*"')
NOT_FOUND = "404"
Pages = dict[tuple[str, str], str]


@dataclass
class Observer:
    """Who looks, in which role; "visitor" has none. What stands for each <name> and each parameter.

    A parameter that changes nothing on a page and an address that is not there are not opened again.
    """

    app: Flask
    sign_in: Callable[[str], FlaskClient]
    roles: Mapping[str, Role]
    values: Mapping[str, Sequence[str]]
    parameters: Mapping[str, Sequence[str]]
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    seen: Pages = field(default_factory=dict)

    def look_around(self, monkeypatch: pytest.MonkeyPatch) -> Pages:
        """Open every address once; what those say that read of the evaluation, and with parameters."""
        self.seen.clear()
        self.clients = {name: self.sign_in(name) for name in ("visitor", *self.roles)}
        with monkeypatch.context() as patched:
            reads = _reading(patched)
            for rule in self.app.url_map.iter_rules():
                if "GET" in (rule.methods or ()):
                    for name, path in product(self._who(rule), self._paths(rule)):
                        self._try(name, path, rule, reads)
        return dict(self.seen)

    def changed(self, before: Pages, which: Callable[[str], bool] = bool) -> Pages:
        """The addresses among these that say something else now, with what."""
        now = {(name, path): self._page(name, path) for name, path in before if which(path)}
        return {address: page for address, page in now.items() if page != before[address]}

    def _try(self, name: str, path: str, rule: Rule, reads: Callable[[], bool]) -> None:
        reads()
        found = self._page(name, path)
        if not reads() or found.startswith(NOT_FOUND):
            return
        self.seen[name, path] = found
        for parameter in sorted(_asked_for(self.app.view_functions[rule.endpoint].__module__)):
            for value in self.parameters.get(parameter, ()):
                longer = f"{path}?{parameter}={value}"
                other = self._page(name, longer)
                if other != found and not other.startswith(NOT_FOUND):
                    self.seen[name, longer] = other

    def _page(self, name: str, path: str) -> str:
        with self.app.extensions["database"].session() as engine:  # own data tells of every file taken before
            engine.run("DELETE FROM audit WHERE act LIKE '%-exported'")
        with self.clients[name].get(path) as reply:
            text = _read(reply.get_data()).decode(errors="replace")
            return f"{reply.status_code}\n" + NEW_EACH_TIME.sub("", text)

    def _who(self, rule: Rule) -> list[str]:
        mark = mark_of(self.app.view_functions[rule.endpoint])
        if not isinstance(mark, Allow):
            return ["visitor"]
        return [name for name, role in self.roles.items() if mark.permission in GRANTS[role]]

    def _paths(self, rule: Rule) -> Iterator[str]:
        names = sorted(rule.arguments)
        for chosen in product(*(self.values.get(name, ("x",)) for name in names)):
            path = rule.rule
            for name, value in zip(names, chosen, strict=True):
                path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
            yield path


def _read(data: bytes) -> bytes:
    """What a page or a packed file says, without the second in which it was packed."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = sorted(name for name in packed.namelist() if name != "docProps/core.xml")
        return b"\n".join(name.encode() + b"\n" + _read(packed.read(name)) for name in names)


def _asked_for(module: str) -> set[str]:
    """The names of parameters that the module of a view reads."""
    text = (ROOT.parent / module.replace(".", "/")).with_suffix(".py").read_text()
    return {one or other for one, other in ASKED_FOR.findall(text)}


def _reading(patched: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Whether anything of the evaluation was read since the last time this was asked."""
    seen: list[str] = []
    execute = SqliteEngine._execute

    def noting(engine: SqliteEngine, sql: str, params: Mapping[str, Any] | None) -> Any:
        seen.extend(TABLES.findall(sql))
        return execute(engine, sql, params)

    patched.setattr(SqliteEngine, "_execute", noting)

    def asked() -> bool:
        found = bool(seen)
        seen.clear()
        return found

    return asked
