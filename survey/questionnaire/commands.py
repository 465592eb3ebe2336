"""The command that checks and publishes the files with questionnaires."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pydantic import TypeAdapter

from survey.questionnaire import publication
from survey.questionnaire.catalog import load
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.files import FOLDER, read
from survey.questionnaire.finding import BrokenQuestionnaires, Finding
from survey.questionnaire.lint import lint
from survey.questionnaire.plain_words import load_plain_words
from survey.questionnaire.profile import Profile


@click.command("check-questionnaires")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=FOLDER)
@click.option("--publish", is_flag=True, help="Freeze new files: write their fingerprints to published.toml.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the files, for editors.")
def check_questionnaires(folder: Path, publish: bool, schema: bool) -> None:
    """Check every profile and questionnaire in FOLDER: structure, versions, plain words."""
    if schema:
        definitions: TypeAdapter[Profile | Questionnaire] = TypeAdapter(Profile | Questionnaire)
        click.echo(json.dumps(definitions.json_schema(), indent=2, ensure_ascii=False))
        return
    findings = problems(folder)
    files = read(folder)
    new = [*publication.unpublished(files.definitions, files.companions, files.published)]
    if publish and not findings:
        publication.publish(folder, files.definitions, files.companions)
        click.echo(f"{len(new)} published")
        new = []
    for finding in (*findings, *new):
        click.echo(finding)
    if findings or new:
        raise SystemExit(1)
    click.echo(f"{len(files.definitions) + len(files.companions)} files, all fine")


def problems(folder: Path) -> list[Finding]:
    """Every finding in a folder: what keeps it from loading first, then what is not plain enough."""
    found: list[Finding] = []
    try:
        load(folder)
    except BrokenQuestionnaires as broken:
        found += broken.errors
    try:
        found += lint(read(folder), load_plain_words(folder))
    except BrokenQuestionnaires as broken:
        found += broken.errors
    return found


COMMANDS = (check_questionnaires,)
