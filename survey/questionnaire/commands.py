"""The commands that check, compare and publish the files with questionnaires."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import TypeAdapter

from survey.questionnaire import draft as drafts
from survey.questionnaire import publication
from survey.questionnaire.catalog import UnknownQuestionnaire, load
from survey.questionnaire.checking import problems
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.difference import difference
from survey.questionnaire.files import FOLDER, read
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


@click.command("publish-questionnaire")
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=FOLDER)
@click.option("--check", is_flag=True, help="Say what would change; write nothing.")
def publish_questionnaire(draft: Path, folder: Path, check: bool) -> None:
    """Publish the next version of a profile or form from the file DRAFT, or say all that is wrong with it."""
    try:
        found = drafts.checked(draft, folder)
    except drafts.BrokenDraft as broken:
        for finding in broken.findings:
            click.echo(finding)
        raise click.ClickException("Nothing was published.") from broken
    for line in _what_it_does(found, folder):
        click.echo(line)
    if check:
        click.echo(f"{found.name} can be published. Nothing was written.")
        return
    drafts.publish(found, folder)
    click.echo(f"{found.name} is published. A round asks it once nobody began that round.")


def _what_it_does(found: drafts.Draft, folder: Path) -> Iterator[str]:
    """The difference with the version before; of a form that takes its items from a profile, with each."""
    with drafts.trial(found, folder) as there:
        catalog = load(there)
    if found.before is None:
        return
    if catalog.versions(found.family) or catalog.profile_versions(found.family):
        yield from difference(catalog, found.family, found.before, found.version).lines()
        return
    for profile in catalog.profiles:
        name, old = f"{found.family}-{profile.profile}", f"{profile.version}-{found.before}"
        new = f"{profile.version}-{found.version}"
        if {old, new} <= {*catalog.versions(name)}:
            yield f"{name} {old} to {new}"
            yield from difference(catalog, name, old, new).lines()


@click.command("diff-questionnaires")
@click.argument("form")
@click.argument("old")
@click.argument("new")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=FOLDER)
def diff_questionnaires(form: str, old: str, new: str, folder: Path) -> None:
    """Say what changed in FORM, or in the profile of that name, from version OLD to NEW."""
    try:
        found = difference(load(folder), form, old, new)
    except (UnknownQuestionnaire, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{form} {old} to {new}")
    for line in found.lines():
        click.echo(line)


COMMANDS = (check_questionnaires, publish_questionnaire, diff_questionnaires)
