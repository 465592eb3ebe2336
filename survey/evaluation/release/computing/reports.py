"""What may be published of counted answers: the bridge from ballots to the tree rule, and back to content."""

from typing import TYPE_CHECKING

from survey.database import Engine
from survey.evaluation import store as windows
from survey.evaluation.release import store
from survey.evaluation.release.content import Band, Cell, Content, Group, Number, Share, Withheld
from survey.questionnaire.definition import Questionnaire

if TYPE_CHECKING:
    from analysis import published
    from analysis.published import Published
    from analysis.shares import Count

FEWEST = 5  # persons, where a form says nothing


def computed(engine: Engine, window_id: str, form: Questionnaire) -> Content:
    """What may be published of the counted answers to a form; inside the act that stores it."""
    import pandas as pd

    from analysis.published import BALLOTS, publish
    from analysis.release import Tree

    nodes = windows.nodes(engine, window_id)
    if form.release_level == "programme":
        nodes = [node for node in nodes if node["parent_id"] is None]
    answers = pd.DataFrame(store.answers(engine, window_id, form.form), columns=list(BALLOTS))
    k = form.release_k or FEWEST
    items = [item.key for item in form.items]
    found = publish(
        answers.astype(BALLOTS),
        Tree({node["id"]: node["parent_id"] for node in nodes}),
        store.asked(engine, window_id, form.form),
        items=items,
        levels=[level.value for level in form.levels(form.items[0])],
        agree=form.top_two,
        k=k,
    )
    return _content(found, k, items)


def _content(found: "Published", k: int, items: list[str]) -> Content:
    groups = (
        Group(one.key, one.parent, one.nodes, _number(one.replied), _number(one.invited))
        for one in found.groups
    )
    return Content(k, tuple(items), tuple(groups), tuple(_cell(one) for one in found.cells))


def _cell(cell: "published.Cell") -> Cell:
    if cell.share is None or cell.replied is None:
        reason = Withheld.WITH_OTHERS if cell.with_others else Withheld.TOO_FEW
        return Cell(cell.group, cell.item, withheld=reason)
    told = cell.share
    share = Share(told.percent, told.chance, told.non_response, _number(cell.replied))
    bands = tuple(Band(band.first, band.last, band.percent) for band in cell.bands)
    return Cell(cell.group, cell.item, share, bands)


def _number(told: "Count") -> Number:
    return Number(told.least, told.most)
