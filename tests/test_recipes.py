"""The recipes of the README, carried out: a question, a language of check-ins, a chart."""

import json
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask, render_template_string

from analysis import figures
from analysis.charts import CHARTS, Chart, Story, Table, Texts, build
from analysis.participation import RoundCount, participation
from survey.questionnaire.catalog import load
from survey.questionnaire.files import FOLDER
from survey.web import pages
from survey.web.texts import chart_texts
from tests.survey.questionnaire.samples import Data, toml, write

Check = Callable[..., Result]
QUESTION = """
[[items]]
key = "w5"
concept = "knows_next_step"
kind = "scale5"
scale = "extent"
change = "new"
text = { nl = "Weet u wat we nu gaan doen?", en = "Do you know what we will do now?" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "questionnaires")


@pytest.fixture
def check(app: Flask, folder: Path) -> Check:
    """The command of the README, on the folder of this test."""
    return lambda *options: app.test_cli_runner().invoke(
        args=["check-questionnaires", str(folder), *options], catch_exceptions=False
    )


@pytest.fixture
def publish(app: Flask, folder: Path) -> Check:
    """The command of the README that publishes a draft, on the folder of this test."""
    return lambda draft, *options: app.test_cli_runner().invoke(
        args=["publish-questionnaire", str(draft), str(folder), *options], catch_exceptions=False
    )


def draft_of(folder: Path, question: str = QUESTION) -> Path:
    """The newest form of teachers with one more question, by hand as the README says."""
    newest = (folder / "relationship-teacher-1.0.toml").read_text(encoding="utf-8")
    text = newest.replace('version = "1.0"', 'version = "1.1"\nstatus = "draft"', 1)
    path = folder.parent / "draft.toml"
    path.write_text(text.replace('change = "new"', 'change = "same"') + question, encoding="utf-8")
    return path


def test_a_question_is_added_in_a_new_version(folder: Path, check: Check, publish: Check) -> None:
    draft = draft_of(folder)
    told = ["4 same: the line goes on", "1 new", "  w5", "    + Weet u wat we nu gaan doen?"]
    assert publish(draft, "--check").output.splitlines()[:4] == told
    assert publish(draft).output.splitlines()[:4] == told
    assert check().exit_code == 0
    catalog = load(folder)
    assert catalog.versions("relationship-teacher") == ("1.0", "1.1")
    assert [item.key for item in catalog.get("relationship-teacher").items] == ["w1", "w2", "w3", "w4", "w5"]
    versions = [catalog.item_version("relationship-teacher", "1.1", key) for key in ("w1", "w5")]
    assert versions == ["1.0", "1.1"]


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        (QUESTION.replace(', en = "Do you know what we will do now?"', ""), "missing-language"),
        (QUESTION.replace("Weet u wat we nu gaan doen?", "Begrijpt u het traject?"), "banned-word"),
        (QUESTION.replace('"w5"', '"w4"'), "duplicate-key"),
        (QUESTION.replace('"new"', '"same"'), "change-without-origin"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_published(
    folder: Path, publish: Check, mistake: str, named: str
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    refused = publish(draft_of(folder, mistake))
    assert refused.exit_code == 1
    assert f"[{named}]" in refused.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def in_german(entry: Any) -> Any:
    """The same entry with German beside every Dutch text."""
    if isinstance(entry, list):
        return [in_german(one) for one in entry]
    if not isinstance(entry, dict):
        return entry
    german = {"de": f"auf Deutsch: {entry['nl']}"} if isinstance(entry.get("nl"), str) else {}
    return {key: in_german(value) for key, value in entry.items()} | german


def german_version(folder: Path, **signature: Any) -> Data:
    data = tomllib.loads((folder / "relationship-parent-1.0.toml").read_text(encoding="utf-8"))
    languages = data.pop("languages")
    german = {"name": "Deutsch", "dir": "ltr", "status": "draft", **signature}
    items = [{**item, "change": "editorial"} for item in data["items"]]
    changed = in_german({**data, "version": "1.1", "items": items})
    return {**changed, "languages": {**languages, "de": german}}


def test_a_language_is_offered_as_a_draft_until_a_reader_signs(
    app: Flask, folder: Path, check: Check
) -> None:
    write(folder, german_version(folder))
    assert "1 published" in check("--publish").output
    fingerprints = (folder / "published.toml").read_bytes()
    settings = app.config["SETTINGS"]
    with app.test_request_context():
        form = load(folder).get("relationship-parent")
        assert "de" not in pages.languages(form)
        app.config["SETTINGS"] = replace(settings, DRAFT_LANGUAGES=("de",))
        assert "de" in pages.languages(form)
        page = pages.page("checkin/form", pages.look(form, "de")).body.decode()
        assert "auf Deutsch: Hoe was dit gesprek?" in page
        assert form.texts["draft_mark"]["de"] in page
        app.config["SETTINGS"] = settings
        signed = german_version(folder, status="reviewed", reviewer="AB", reviewed_on=date(2026, 9, 1))
        write(folder, signed)
        reviewed = load(folder).get("relationship-parent")
        assert "de" in pages.languages(reviewed)
        assert (
            form.texts["draft_mark"]["de"]
            not in pages.page("checkin/form", pages.look(reviewed, "de")).body.decode()
        )
    assert check().exit_code == 0
    assert (folder / "published.toml").read_bytes() == fingerprints


def test_a_language_of_a_form_with_a_goal_needs_every_goal_in_it(folder: Path, check: Check) -> None:
    data = tomllib.loads((folder / "wellbeing-parent-1.0.toml").read_text(encoding="utf-8"))
    german = {"name": "Deutsch", "dir": "ltr", "status": "draft"}
    items = [{**item, "change": "editorial"} for item in data["items"]]
    changed = in_german({**data, "version": "1.1", "items": items, "languages": {}})
    write(folder, {**changed, "languages": {**data["languages"], "de": german}})
    refused = check("--publish")
    assert refused.exit_code == 1
    assert "goals.toml: languages.de: wellbeing-parent 1.1 asks for a goal in this language" in refused.output
    goals = tomllib.loads((folder / "goals.toml").read_text(encoding="utf-8"))
    spoken = {**in_german({**goals, "languages": {}}), "languages": {**goals["languages"], "de": german}}
    (folder / "goals.toml").write_text(toml(spoken), encoding="utf-8")
    assert "1 published" in check("--publish").output


def test_a_choice_is_added_to_a_list_and_stays(folder: Path, check: Check) -> None:
    path = folder / "lists.toml"
    before = path.read_text(encoding="utf-8")
    choice = '\n[[choices.case_theme]]\nkey = "sleep"\nlabel = { nl = "Slapen", en = "Sleep" }\n'
    path.write_text(before + choice, encoding="utf-8")
    assert "not published: choices.case_theme.sleep" in check().output
    assert check("--publish").exit_code == 0
    path.write_text(before, encoding="utf-8")
    refused = check()
    assert refused.exit_code == 1
    assert "lists.toml: choices.case_theme.sleep: this published choice is gone" in refused.output


def describe(counts: tuple[RoundCount, ...], texts: Texts) -> Story:
    return Story(f"{counts[-1].submitted} van de {counts[-1].due} coaches zijn klaar.")


def tabulate(counts: tuple[RoundCount, ...], texts: Texts) -> Table:
    rows = tuple((texts.month(each.moment), str(each.submitted)) for each in counts)
    return Table("Klaar per ronde", ("ronde", "klaar"), rows)


CHART = Chart("finished", participation, figures.participation_bars, describe, tabulate)


def test_a_chart_that_is_registered_reaches_a_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHARTS, CHART.name, CHART)
    day = date(2026, 1, 12)
    rows = [{"round": "r", "moment": day, "started": True, "submitted": done} for done in (True, False)]
    page = '{% from "_chart.html" import chart %}{{ chart(built, figure="/klaar.json") }}'
    with app.test_request_context():
        built = build("finished", rows, chart_texts())
        assert json.loads(built.json)["figure"]["data"]
        html = render_template_string(page, built=built)
    for part in ("1 van de 2 coaches zijn klaar.", 'data-figure="/klaar.json"', "Klaar per ronde", "jan 26"):
        assert part in html
