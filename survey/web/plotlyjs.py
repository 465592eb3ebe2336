"""plotly.js from the installed package: script and style under versioned addresses, packed once."""

import gzip
import os
import re
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import get_ident

from flask import Flask, Response, abort, current_app, send_file

from survey.access.permissions import public
from survey.current import settings
from survey.web.assets import FOREVER
from survey.web.compression import send_either
from survey.web.respondent import for_respondents

# plotly.js writes its style rules through the CSSOM, which a strict policy forbids; a style sheet
# with the same rules takes their place (class no-inline-styles). The rules stand in the script:
# {"X a":"text-decoration:none;",...} with X and Y for two selectors.
RULE = re.compile(r"""(?:"([^"]+)"|\b(Y)):(?:"([^"]*)"|'([^']*)')""")
RULES_END = re.compile(
    r"""\};for\(\w+ in \w+\)\w+=\w+\.replace\(/\^,/," ,"\)"""
    r"""\.replace\(/X/g,"([^"]+)"\)\.replace\(/Y/g,"([^"]+)"\)"""
)
# Maps, which we do not draw, bring a <style> element too, unless something on the page has its id.
MAP_STYLE = re.compile(
    r"""if\(!document\.getElementById\("(\w+)"\)\)\{var (\w+)=document\.createElement\("style"\)"""
)


def init_app(app: Flask) -> None:
    """Serve script and style; templates find them in `plotly_js`, `plotly_id` and `plotly_css`."""
    release = version("plotly")
    app.jinja_env.globals.update(
        plotly_js=f"/plotly-{release}.js",
        plotly_css=f"/plotly-{release}.css",
        plotly_id=map_style_id,
    )
    app.add_url_rule("/plotly-<release>.js", "plotly_js", send_script)
    app.add_url_rule("/plotly-<release>.css", "plotly_css", send_style)


@public("the script that draws charts is the same for everyone")
@for_respondents
def send_script(release: str) -> Response:
    """The script, packed when the browser can unpack it."""
    _only_installed(release)
    return _kept(send_either(script(), _packed_script(), _sent))


@public("the style of charts is the same for everyone")
@for_respondents
def send_style(release: str) -> Response:
    """The style rules that the script would otherwise write itself."""
    _only_installed(release)
    return _kept(Response(style(), mimetype="text/css"))


def script() -> Path:
    """Where the installed package keeps plotly.js; looked up without importing it."""
    package = find_spec("plotly")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("plotly is not installed")
    return Path(package.submodule_search_locations[0]) / "package_data" / "plotly.min.js"


@cache
def style() -> str:
    """The style rules of plotly.js as a style sheet."""
    source = script().read_text(encoding="utf-8")
    end = RULES_END.search(source)
    if end is None:
        raise LookupError(f"plotly {version('plotly')} keeps its style rules elsewhere: see RULES_END")
    rules = source[source.rindex("={", 0, end.start()) : end.start()]
    return "\n".join(
        f"{_selector(name or short, *end.groups())}{{{double or single}}}"
        for name, short, double, single in RULE.findall(rules)
    )


@cache
def map_style_id() -> str:
    """The id to give to the script element, so that plotly.js leaves out a style the policy forbids."""
    found = MAP_STYLE.search(script().read_text(encoding="utf-8"))
    return found[1] if found else "plotly"


def _selector(name: str, chart: str, notice: str) -> str:
    return name.replace("X", chart).replace("Y", notice)


def _packed_script() -> Path | None:
    """The packed copy beside the database, made at first need; of several makers the last one wins."""
    folder: Path = settings().DATABASE.parent.resolve()
    packed = folder / f"plotly-{version('plotly')}.min.js.gz"
    if not packed.exists():
        draft = packed.with_name(f"{packed.name}.{os.getpid()}-{get_ident()}")
        try:
            draft.write_bytes(gzip.compress(script().read_bytes(), mtime=0))
            draft.replace(packed)
        except OSError as error:
            current_app.logger.warning("charts travel unpacked: %s", error)
            draft.unlink(missing_ok=True)
            return None
    return packed


def _sent(path: Path) -> Response:
    return send_file(path, mimetype="text/javascript")


def _only_installed(release: str) -> None:
    if release != version("plotly"):
        abort(404)


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = FOREVER
    return response
