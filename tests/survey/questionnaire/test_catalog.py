"""The catalog finds versions, knows the wording of each item and cannot be changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from survey.questionnaire.catalog import Catalog, UnknownQuestionnaire, load

from .samples import check_in, competency, item, levels, profile, reflection, said, write


def test_without_a_version_the_newest_is_given_and_ten_comes_after_nine(tmp_path: Path) -> None:
    same = [item("w1", change="same"), item("w2", change="same")]
    versions = [check_in(), check_in(version="1.9", items=same), check_in(version="1.10", items=same)]
    catalog = load(write(tmp_path, *versions))
    assert catalog.versions("talk-parent") == ("1.0", "1.9", "1.10")
    assert catalog.get("talk-parent").version == "1.10"
    assert catalog.get("talk-parent", "1.9").version == "1.9"


@pytest.fixture
def history(tmp_path: Path) -> Catalog:
    """Four versions: w2 is edited and then dropped, w3 is added, w1 is asked anew."""
    return load(
        write(
            tmp_path,
            check_in(),
            check_in(version="1.1", items=[item("w1", change="same"), item("w2", change="editorial")]),
            check_in(version="1.2", items=[item("w1", change="same"), item("w2", change="same"), item("w3")]),
            check_in(
                version="2.0", items=[item("w1", change="changed"), item("w3", change="same")], dropped=["w2"]
            ),
        )
    )


def test_an_item_keeps_its_version_as_long_as_it_is_the_same(history: Catalog) -> None:
    table = {
        version: {
            asked.key: history.item_version("talk-parent", version, asked.key)
            for asked in history.get("talk-parent", version).items
        }
        for version in history.versions("talk-parent")
    }
    assert table == {
        "1.0": {"w1": "1.0", "w2": "1.0"},
        "1.1": {"w1": "1.0", "w2": "1.1"},
        "1.2": {"w1": "1.0", "w2": "1.1", "w3": "1.2"},
        "2.0": {"w1": "2.0", "w3": "1.2"},
    }


def test_an_editorial_change_gives_new_words_and_keeps_the_anchor(history: Catalog) -> None:
    assert history.item_version("talk-parent", "1.2", "w2") == "1.1"
    assert history.anchor("talk-parent", "1.2", "w2") == "1.0"
    assert history.anchor("talk-parent", "2.0", "w1") == "2.0"


@pytest.mark.parametrize(
    ("versions", "common"),
    [
        ([], set()),
        (["1.0"], {"w1", "w2"}),
        (["1.0", "1.0"], {"w1", "w2"}),
        (["1.0", "1.1"], {"w1", "w2"}),  # an editorial change
        (["1.0", "1.2"], {"w1", "w2"}),  # w3 is new
        (["1.2", "2.0"], {"w3"}),  # w1 changed, w2 dropped
        (["1.0", "1.2", "2.0"], set()),  # w3 was not asked in 1.0
    ],
)
def test_an_item_that_was_not_asked_before_or_changed_is_no_common_item(
    history: Catalog, versions: list[str], common: set[str]
) -> None:
    assert history.common_items([("talk-parent", version) for version in versions]) == common


def test_two_forms_share_no_items_however_alike_their_names(tmp_path: Path) -> None:
    catalog = load(write(tmp_path, check_in(), check_in(form="talk-teacher", respondent="teacher")))
    assert catalog.common_items([("talk-parent", "1.0"), ("talk-teacher", "1.0")]) == frozenset()


def test_the_anchor_of_a_reflection_item_ends_when_its_scale_reads_otherwise(tmp_path: Path) -> None:
    edited = [competency("listen", "S1", change="editorial"), competency("ask", "S2", change="changed")]
    reworded = {"skill": [*levels(first=1)[:4], {"value": 5, "label": said("meester")}]}
    folder = write(
        tmp_path,
        *(reflection(), reflection(version="2.0", scales=reworded)),
        *(profile(), profile(version="1.1", competencies=edited)),
    )
    form, catalog = "reflection-coach", load(folder)
    assert catalog.common_items([(form, "1.0-1.0"), (form, "1.1-1.0")]) == {"listen"}
    assert catalog.common_items([(form, "1.0-1.0"), (form, "1.0-2.0")]) == frozenset()


def test_items_stand_by_block_in_order(catalog: Catalog) -> None:
    assert catalog.reflection("kansencoach").items_by_block["knowledge"] == [
        "knows_local_services",
        "explains_behaviour",
        "knows_systemic_work",
    ]
    assert catalog.get("relationship-parent").items_by_block == {}


def test_a_reflection_joins_each_profile_with_each_form_that_fits(tmp_path: Path) -> None:
    again = [competency("listen", "S1", change="same"), competency("ask", "S2", change="changed")]
    wider = {"skill": levels(first=1), "craft": levels(first=1)}
    crafty = [
        competency("listen", "S1", change="same"),
        competency("ask", "S2", change="changed", scale="craft"),
    ]
    folder = write(
        tmp_path,
        *(reflection(), reflection(version="1.1", scales=wider)),
        *(profile(), profile(version="1.1", competencies=again), profile(version="1.2", competencies=crafty)),
    )
    assert load(folder).versions("reflection-coach") == (
        "1.0-1.0",
        "1.0-1.1",
        "1.1-1.0",
        "1.1-1.1",
        "1.2-1.1",
    )
    assert load(folder).reflection("coach").version == "1.2-1.1"


def test_the_wording_of_a_reflection_item_is_its_text_and_its_scale(tmp_path: Path) -> None:
    again = [competency("listen", "S1", change="same"), competency("ask", "S2", change="changed")]
    reworded = {"skill": [*levels(first=1)[:4], {"value": 5, "label": said("meester")}]}
    folder = write(
        tmp_path,
        *(reflection(), reflection(version="1.1"), reflection(version="2.0", scales=reworded)),
        *(profile(), profile(version="1.1", competencies=again)),
    )
    catalog = load(folder)
    wordings = {
        version: tuple(catalog.item_version("reflection-coach", version, key) for key in ("listen", "ask"))
        for version in catalog.versions("reflection-coach")
    }
    assert wordings == {
        "1.0-1.0": ("1.0-1.0", "1.0-1.0"),
        "1.0-1.1": ("1.0-1.0", "1.0-1.0"),
        "1.0-2.0": ("1.0-2.0", "1.0-2.0"),
        "1.1-1.0": ("1.0-1.0", "1.1-1.0"),
        "1.1-1.1": ("1.0-1.0", "1.1-1.0"),
        "1.1-2.0": ("1.0-2.0", "1.1-2.0"),
    }


def test_a_stored_reflection_is_found_again_by_form_and_version(catalog: Catalog) -> None:
    form = catalog.reflection("kansencoach")
    assert (form.form, form.version) == ("reflection-kansencoach", "2.0-1.0")
    assert catalog.get(form.form, form.version) is form
    assert catalog.item_version(form.form, form.version, "approachable") == "2.0-1.0"


@pytest.mark.parametrize(
    "ask",
    [
        lambda catalog: catalog.get("relationship-neighbour"),
        lambda catalog: catalog.get("relationship-parent", "9.0"),
        lambda catalog: catalog.get("reflection"),
        lambda catalog: catalog.reflection("gardener"),
        lambda catalog: catalog.profile("gardener"),
        lambda catalog: catalog.item_version("relationship-parent", "1.0", "w9"),
        lambda catalog: catalog.item_version("relationship-parent", "9.0", "w1"),
        lambda catalog: catalog.anchor("relationship-parent", "1.0", "w9"),
        lambda catalog: catalog.common_items([("relationship-parent", "9.0")]),
        lambda catalog: catalog.questions("relationship-parent", "9.0"),
    ],
)
def test_what_nobody_published_is_not_found(catalog: Catalog, ask: Callable[[Catalog], Any]) -> None:
    with pytest.raises(UnknownQuestionnaire):
        ask(catalog)


def test_an_unknown_form_has_no_versions(catalog: Catalog) -> None:
    assert catalog.versions("relationship-neighbour") == ()


def test_an_unknown_item_or_block_is_a_key_error(catalog: Catalog) -> None:
    form = catalog.get("relationship-parent")
    with pytest.raises(KeyError, match="no item 'w9'"):
        form.item("w9")
    with pytest.raises(KeyError, match="no block 'skills'"):
        form.in_block("skills")


CHANGES: list[Callable[[Any], Any]] = [
    lambda form: setattr(form, "visibility", "named"),
    lambda form: setattr(form.items[0], "change", "same"),
    lambda form: delattr(form, "items"),
    lambda form: form.items.__setitem__(0, form.items[1]),
    lambda form: form.items.append(form.items[0]),
    lambda form: form.texts.pop("who_sees"),
    lambda form: form.texts["who_sees"].update(nl="iedereen"),
    lambda form: form.texts["who_sees"].__setitem__("nl", "iedereen"),
    lambda form: form.items[0].text.clear(),
    lambda form: form.scales.__setitem__("extent", ()),
    lambda form: form.scales["extent"][0].label.__setitem__("nl", "ja"),
    lambda form: form.languages.__delitem__("nl"),
    lambda form: setattr(form.languages["ar"], "status", "reviewed"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_loaded_questionnaire_cannot_be_changed(catalog: Catalog, change: Callable[[Any], Any]) -> None:
    form = catalog.get("relationship-parent")
    before = form.model_dump_json()
    with pytest.raises((AttributeError, TypeError, ValidationError)):
        change(form)
    assert form.model_dump_json() == before


@pytest.mark.parametrize("name", ["_forms", "_profiles", "_wordings", "_anchors", "_choices"])
def test_a_catalog_cannot_be_changed(catalog: Catalog, name: str) -> None:
    with pytest.raises(AttributeError, match="immutable"):
        setattr(catalog, name, {})
    with pytest.raises(TypeError):
        getattr(catalog, name)["new"] = {}
    with pytest.raises(TypeError):
        next(iter(getattr(catalog, name).values()))["new"] = ""
