"""The README and the docs name only what exists."""

import re
import subprocess
from pathlib import Path

import pytest
from click import Command, Context
from flask import Flask

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATION = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(app: Flask) -> dict[str, Command]:
    """Every command by name."""
    context = Context(app.cli)
    found = {name: app.cli.get_command(context, name) for name in app.cli.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def test_every_command_named_exists(app: Flask) -> None:
    named = set(re.findall(r"flask (?:--app app )?([a-z][a-z-]+)", README + OPERATION)) - {"run"}
    assert named >= {"migrate", "add-person", "add-cohort", "add-round", "serve", "send-mail", "backup"}
    assert named <= set(commands(app)), f"unknown: {named - set(commands(app))}"


def test_every_option_named_exists(app: Flask) -> None:
    known_commands = commands(app)
    for command, rest in re.findall(r"^ +(?:\S*/)?flask --app app ([a-z-]+)(.*)$", OPERATION, re.MULTILINE):
        known = {option for each in known_commands[command].params for option in each.opts}
        assert set(re.findall(r"--[a-z]+", rest)) <= known, command


def test_make_names_its_commands_with_a_line_of_help() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in ("run", "test", "check", "bench", "lock"):
        assert re.search(rf"^make {command}\t\S", listed, re.MULTILINE), command
        assert f"make {command}" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_and_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    paths = re.findall(r"`((?:survey|analysis|templates|static|tests|questionnaires|docs)/[\w./-]*)`", text)
    for target in [*(page.parent / link for link in links), *(ROOT / path for path in paths)]:
        assert target.exists(), f"{page.name} names {target.relative_to(ROOT)}"


def test_every_setting_named_exists() -> None:
    from survey.config import Settings

    named = set(re.findall(r"(?:`|^ {4})([A-Z][A-Z_]{3,})(?:`|=)", README + OPERATION, re.MULTILINE)) - {
        "CHART"
    }
    assert named >= {"BASE_URL", "SECRET_KEY", "SMTP_HOST", "MAIL_FROM", "DRAFT_LANGUAGES"}
    assert named <= set(Settings.__dataclass_fields__)
