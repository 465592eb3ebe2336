"""The translations in the repository are fresh and complete, and the check notices when they are not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from survey.web import catalogue
from survey.web.catalogue import Translation, translations
from survey.web.commands import translate


def test_the_translations_are_fresh_and_complete() -> None:
    assert [fault for translation in translations() for fault in translation.faults()] == []


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of one page with one text and its English."""
    for folder in ("survey", "analysis", "templates"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "TRANSLATIONS", tmp_path / "translations")
    say(tmp_path, '{{ _("Dag %(name)s", name=name) }}')
    Translation("en").write()
    say_in_english(tmp_path, "Bye %(name)s")
    Translation("en").write()
    assert faults() == []
    return tmp_path


def say(house: Path, text: str) -> None:
    (house / "templates" / "page.html").write_text(text)


def say_in_english(house: Path, text: str) -> None:
    path = Translation("en").source
    path.write_text(path.read_text().replace('msgstr ""\n\n', f'msgstr "{text}"\n\n').rstrip("\n") + "\n")
    if 'msgstr ""' in path.read_text().split("\n\n", 1)[1]:
        path.write_text(f'msgstr "{text}"'.join(path.read_text().rsplit('msgstr ""', 1)))


def faults() -> list[str]:
    return list(Translation("en").faults())


def test_a_new_text_is_noticed(house: Path) -> None:
    say(house, '{{ _("Dag %(name)s", name=name) }} {{ _("Tot ziens") }}')
    assert any("no translation of 'Tot ziens'" in fault for fault in faults())
    assert CliRunner().invoke(translate, ["--check"]).exit_code == 1


def test_a_text_that_went_is_noticed_and_goes(house: Path) -> None:
    say(house, "")
    assert any("differs from the sources" in fault for fault in faults())
    assert CliRunner().invoke(translate).exit_code == 0
    assert "Dag" not in Translation("en").source.read_text()


def test_a_translation_that_was_not_compiled_is_noticed(house: Path) -> None:
    path = Translation("en").source
    path.write_text(path.read_text().replace("Bye", "Goodbye"))
    assert any("not compiled" in fault for fault in faults())
    assert CliRunner().invoke(translate).exit_code == 0
    assert faults() == []


def test_a_translation_that_forgets_a_name_is_noticed(house: Path) -> None:
    path = Translation("en").source
    path.write_text(path.read_text().replace("Bye %(name)s", "Bye %(nam)s"))
    Translation("en").write()
    assert any("placeholder" in fault for fault in faults())


def test_a_guess_is_noticed(house: Path) -> None:
    path = Translation("en").source
    path.write_text(path.read_text().replace("#, python-format", "#, fuzzy, python-format"))
    assert any("guess" in fault for fault in faults())
