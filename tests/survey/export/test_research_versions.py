"""A change of meaning begins another variable; nothing averages over it by accident."""

from collections.abc import Callable
from pathlib import Path

import pyreadstat
import pytest

from survey.database import SqliteEngine
from survey.export import actions
from survey.export.actions import Format
from survey.questionnaire.catalog import Catalog
from tests.conftest import START, Member
from tests.survey.export.conftest import ITEM, House, rows
from tests.survey.questionnaire.samples import Data, with_next

Research = Callable[..., Path]
Let = Callable[..., None]
pytestmark = pytest.mark.usefixtures("crowd_of_one")


@pytest.fixture
def reworded(tmp_path: Path) -> Catalog:
    def change(profile: Data) -> None:
        competency = next(one for one in profile["competencies"] if one["key"] == ITEM)
        competency["change"] = "changed"
        competency["text"] = {"nl": "Een nieuwe zin.", "en": "A new sentence."}

    return with_next(tmp_path, "profile-kansencoach-2.0", "competencies", change)


def test_a_new_wording_is_another_variable(
    engine: SqliteEngine,
    house_of_secrets: House,
    ana: Member,
    let_research: Let,
    reworded: Catalog,
    tmp_path: Path,
) -> None:
    let_research(ana)
    second = house_of_secrets.rounds[1]
    engine.run("UPDATE round SET version = '2.1-1.0' WHERE id = :id", {"id": second})
    engine.run(
        "UPDATE reflection_answer SET item_version = '2.1-1.0' WHERE item = :item "
        "AND reflection_id IN (SELECT id FROM reflection WHERE round_id = :id)",
        {"id": second, "item": ITEM},
    )
    folder = tmp_path / "onderzoek"
    actions.export_research(engine, folder=folder, formats=[*Format], at=START, catalog=reworded)
    frame, about = pyreadstat.read_sav(str(folder / "kansencoach.sav"))
    assert frame[ITEM].dropna().tolist() == [2]
    assert frame[f"{ITEM}__2"].dropna().tolist() == [4]
    assert about.column_names_to_labels[f"{ITEM}__2"] == "Een nieuwe zin. (2.1-1.0)"
    since = [row["comparable_since"] for row in rows(folder, "answers") if row["item"] == ITEM]
    assert since == ["2.0-1.0", "2.1-1.0"]
    words = {row["item_version"]: row["text_nl"] for row in rows(folder, "items") if row["item"] == ITEM}
    assert words["2.1-1.0"] == "Een nieuwe zin."
    assert "solution_focused__2" in (folder / "codebook.md").read_text(encoding="utf-8")


def test_words_no_file_holds_any_more_are_a_line_of_their_own(
    engine: SqliteEngine,
    house_of_secrets: House,
    ana: Member,
    let_research: Let,
    research: Research,
) -> None:
    let_research(ana)
    engine.run("UPDATE reflection_answer SET item_version = '0.9' WHERE item = :item", {"item": ITEM})
    folder = research()
    assert {row["comparable_since"] for row in rows(folder, "answers") if row["item"] == ITEM} == {"0.9"}
    frame, _ = pyreadstat.read_sav(str(folder / "kansencoach.sav"))
    assert frame[ITEM].isna().all(), "the sheet has no variable for words nobody can look up"
