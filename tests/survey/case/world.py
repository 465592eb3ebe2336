"""Every page there is, as everyone there is gets it."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask import Flask
from flask.testing import FlaskClient

ASSETS = ("/static/", "/plotly-")  # the same file for everyone
Bodies = Mapping[tuple[str, str], str]


class World(NamedTuple):
    """Everyone at their own device, and what stands in the place of each <name> of an address."""

    app: Flask
    clients: Mapping[str, FlaskClient]
    values: dict[str, str]

    def pages(self, *names: str) -> Bodies:
        """What each of them, or everyone, gets at each address."""
        rules = [rule.rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        return self.again(
            (name, rule) for name in names or self.clients for rule in rules if not rule.startswith(ASSETS)
        )

    def again(self, pages: Iterable[tuple[str, str]]) -> Bodies:
        """The same pages as they are now, without what is random in them."""
        bodies = {(name, rule): self._body(name, rule) for name, rule in pages}
        with self.app.extensions["database"].session() as engine:  # the next look tells of this one
            engine.run("DELETE FROM audit WHERE act LIKE '%exported'")
        return bodies

    def _body(self, name: str, rule: str) -> str:
        arguments = re.findall(r"<(?:\w+:)?(\w+)>", rule)
        assert set(arguments) <= set(self.values), f"say in `values` what stands for the names in {rule}"
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self.values[found[1]], rule)
        with self.clients[name].get(path) as reply:
            assert reply.status_code < 500, path
            body = f"{reply.status_code} {reply.location or ''} {_read(reply.get_data())}"
        body = re.sub(r'name="(?:csrf_token|once)" value="[^"]*"|\b\w{4}-40\d\b', "", body)
        return body.replace(path, "").replace(path.replace("/", "%2F"), "")


def _read(data: bytes) -> str:
    """What a page says, or a file to download: of what is packed, every part but when it was packed."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [name for name in packed.namelist() if not name.startswith("docProps/")]
        return "\n".join(f"{name} {_read(packed.read(name))}" for name in sorted(parts))
