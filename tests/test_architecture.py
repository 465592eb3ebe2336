"""The rules that keep the house: who may import whom, where SQL and plotly live, how large things grow."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [
    *sorted(path for folder in ("survey", "analysis") for path in (ROOT / folder).rglob("*.py")),
    ROOT / "app.py",
]
FLOOR = {
    "access",
    "clock",
    "config",
    "current",
    "database",
    "document",
    "fingerprint",
    "labelled",
    "mail",
    "paging",
    "questionnaire",
    "sheets",
    "signs",
    "web",
}
# Which room may call the actions or reports of which other room.
ARROWS = {
    "advice": {"evaluation", "placement", "school", "start_agreement"},
    "case": {"checkin", "coaching", "hint", "talk"},
    "demo": {"advice", "case", "checkin", "evaluation", "placement", "rhythm"},
    "event": {"reflection"},
    "evaluation": {"notice"},
    "export": {"cohort", "evaluation", "people", "placement", "reflection", "start_agreement"},
    "health": {"rhythm"},
    "hours_plan": {"assignment", "placement", "school"},
    "notice": {"event", "reflection", "start_agreement"},
    "people": {"assignment", "cohort", "reflection"},
    "placement": {"assignment", "school"},
    "programme": {"advice", "cohort", "evaluation", "placement", "school", "start_agreement"},
    "reflection": {"assignment", "cohort"},
    "retention": {"people"},
    "rhythm": {"cohort", "evaluation", "event", "notice", "start_agreement"},
    "sharpening": {"cohort"},
    "start_agreement": {"assignment", "placement"},
    "today": {
        "reflection",
        "case",
        "cohort",
        "evaluation",
        "event",
        "rhythm",
        "placement",
        "start_agreement",
        "programme",
    },
    "triangle": {"assignment", "evaluation", "placement", "reflection"},
}
SQL = re.compile(
    r"\b(SELECT\s.+?\sFROM|INSERT INTO|UPDATE\s+\S+\s+SET|DELETE FROM|CREATE TABLE)\b", re.DOTALL
)
MODULE_LINES, FUNCTION_LINES = 300, 40


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[1].removesuffix(".py") if parts[0] == "survey" else parts[0]


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a module, the module itself first; read once for all rules."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def each(*conditions: str) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """Hold every module, or those that begin like one of these, to a rule; the test names all breaches."""
    chosen = [path for path in SOURCES if not conditions or name_of(path).startswith(conditions)]

    def held(rule: Callable[[Path], None]) -> Callable[[], None]:
        def test() -> None:
            broken = [fault for path in chosen if (fault := _fault(rule, path))]
            assert not broken, "\n".join(broken)

        return test

    return held


def _fault(rule: Callable[[Path], None], path: Path) -> str:
    try:
        rule(path)
    except AssertionError as fault:
        return str(fault)
    return ""


def test_a_rule_tells_of_each_module_that_breaks_it() -> None:
    @each("survey/c", "app.py")
    def no_module_is_named_clock_or_app(path: Path) -> None:
        assert path.stem not in {"clock", "app"}, name_of(path)

    with pytest.raises(AssertionError, match=r"(?s)survey/clock\.py.*app\.py"):
        no_module_is_named_clock_or_app()


@each("survey/")
def test_a_room_calls_only_the_rooms_it_may(path: Path) -> None:
    room = room_of(path)
    if room == "cli":
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "survey" or len(parts) < 2 or parts[1] in FLOOR | {room, "VERSION"}:
            continue
        assert parts[1] in ARROWS.get(room, set()), (
            f"{name_of(path)} imports {name}: do without, or add the arrow to ARROWS"
        )
        assert len(parts) < 3 or parts[2] in {"actions", "reports"}, (
            f"{name_of(path)} imports {name}: another room is reached through its actions or reports"
        )


def test_every_arrow_is_used() -> None:
    used = {
        (room_of(path), name.split(".")[1])
        for path in SOURCES
        if name_of(path).startswith("survey/")
        for name in imports(path)
        if name.startswith("survey.")
    }
    arrows = {(room, other) for room, others in ARROWS.items() for other in others}
    assert not arrows - used, f"take these out of ARROWS: {arrows - used}"


@each("survey/")
def test_sql_lives_in_stores_and_the_database_room(path: Path) -> None:
    if room_of(path) == "database" or path.name == "store.py":
        return
    strings = [
        node.value for node in nodes(path) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in strings if SQL.search(text)], (
        f"{name_of(path)} holds SQL: move it to store.py"
    )


@each()
def test_only_figures_import_plotly(path: Path) -> None:
    if path.relative_to(ROOT).parts[:2] == ("analysis", "figures"):
        return
    found = [name for name in imports(path) if name.split(".")[0] == "plotly"]
    assert not found, f"{name_of(path)} imports {found}"


@each("survey/", "app.py")
def test_only_reports_reach_pandas_and_the_analysis(path: Path) -> None:
    words_of_charts = ROOT / "survey" / "web" / "texts.py"
    if path.name == "reports.py" or path == words_of_charts:
        return
    found = [name for name in imports(path) if name.split(".")[0] in {"pandas", "numpy", "analysis"}]
    assert not found, f"{name_of(path)} imports {found}: go through reports.py"


@each("analysis/")
def test_the_analysis_is_pure(path: Path) -> None:
    outside = {"flask", "survey", "sqlite_utils", "sqlite3", "os", "pathlib", "time", "random"}
    found = [name for name in imports(path) if name.split(".")[0] in outside]
    assert not found, f"{name_of(path)} imports {found}"


@each("survey/")
def test_only_views_and_the_floor_touch_the_request(path: Path) -> None:
    if path.name == "views.py" or path.parent.name == "views" or room_of(path) in {"access", "web"}:
        return
    found = {"flask.request", "flask.session"} & set(imports(path))
    assert not found, f"{name_of(path)} imports {found}: read the request in views.py and pass values on"


@each()
def test_modules_and_functions_stay_readable(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES, f"{name_of(path)} has {lines} lines: split it by meaning"
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            size = node.end_lineno - node.lineno + 1
            assert size <= FUNCTION_LINES, f"{name_of(path)}: {node.name} has {size} lines"


@each()
def test_every_module_says_what_it_is(path: Path) -> None:
    module = nodes(path)[0]
    assert isinstance(module, ast.Module)
    assert ast.get_docstring(module), f"{name_of(path)} has no docstring"


def test_no_template_holds_inline_style_or_script() -> None:
    pattern = re.compile(r"""(\sstyle=|<style|\son[a-z]+=|<script(?![^>]*(src=|application/json)))""")
    found = [
        name_of(path) for path in (ROOT / "templates").rglob("*.html") if pattern.search(path.read_text())
    ]
    assert not found, f"the content security policy refuses inline style and script: {found}"


def test_css_knows_no_left_or_right() -> None:
    css = "".join(path.read_text() for path in (ROOT / "static").glob("*.css"))
    found = re.findall(r"[^;{}]*\b(?:left|right)\b[^;{}]*", css)
    assert not found, f"logical properties only, so that Arabic mirrors: {found[:3]}"


def test_no_tracked_text_names_a_machine() -> None:
    pattern = re.compile(r"(/work/|/root/|/home/[a-z]|/tmp/[a-z])")
    for folder in ("survey", "analysis", "templates", "static", "tests", "docs", "questionnaires"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".js", ".css", ".toml", ".md", ".txt", ".sql"}:
                text = path.read_text(encoding="utf-8")
                if path != Path(__file__):
                    assert not pattern.search(text), f"{name_of(path)} names a path of a machine"
