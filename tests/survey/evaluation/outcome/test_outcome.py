"""The page of a release: what it tells the lead and a coach, what it does not, and why."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.database import SqliteEngine
from survey.evaluation import actions
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member
from tests.survey.evaluation.ballots import Ballots
from tests.survey.evaluation.outcome.conftest import ANA, CLEO, FORM, Release

As = Callable[[Member], HouseClient]


def page(client: HouseClient, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, path
    return words(parsed(reply.text))


def node(engine: SqliteEngine, window: str, label: str) -> str:
    sql = "SELECT id FROM evaluation_node WHERE window_id = :window AND label = :label"
    (row,) = engine.rows(sql, {"window": window, "label": label})
    return str(row["id"])


def links(client: HouseClient, path: str) -> list[str]:
    """The groups one can choose from."""
    nav = next(
        one for one in every(parsed(client.get(path).text), "nav") if one.get("aria-label") == "Groepen"
    )
    return [words(one) for one in every(nav, "a")]


def test_the_lead_reads_the_programme_with_numbers_and_bounds(released: str, lea: Member, as_: As) -> None:
    text = page(as_(lea), f"/evaluatie/{released}/{FORM}")
    assert "Bij geen enkele zin is zeker dat meer dan de helft ‘meestal wel’ of ‘ja, helemaal’ zegt." in text
    assert "18 van de 18 uitgenodigde leerkrachten antwoordden." in text
    assert "Elke groep telt minstens 5 mensen." in text
    assert "15 tot 19" in text


def test_the_lead_chooses_a_cluster_and_then_a_coach(
    engine: SqliteEngine, released: str, lea: Member, as_: As
) -> None:
    client, address = as_(lea), f"/evaluatie/{released}/{FORM}"
    assert links(client, address) == ["Heel het programma", "Cluster Heidemeer", "Cluster Turfstede"]
    cluster = f"{address}?groep={node(engine, released, 'Turfstede')}"
    assert links(client, cluster)[-1] == "Ana"
    text = page(client, f"{address}?groep={node(engine, released, 'Ana')}")
    assert "12 van de 12 uitgenodigde leerkrachten antwoordden." in text


def test_a_coach_whose_name_is_not_kept_any_more_is_still_a_group(
    engine: SqliteEngine, released: str, lea: Member, as_: As
) -> None:
    cluster = f"/evaluatie/{released}/{FORM}?groep={node(engine, released, 'Turfstede')}"
    engine.run("UPDATE evaluation_node SET label = '' WHERE level = 'coach'")
    assert links(as_(lea), cluster)[-1] == "Een coach van toen"


def test_a_coach_starts_with_what_is_about_them_beside_the_programme(
    released: str, ana: Member, as_: As
) -> None:
    client, address = as_(ana), f"/mijn-inzet/evaluatie/{released}/{FORM}"
    assert links(client, address) == ["Heel het programma", "Cluster Turfstede", "Over u"]
    text = page(client, address)
    assert "12 van de 12" in text
    assert "Heel het programma" in text
    assert "Cleo" not in text
    assert "Schrijf wat er verandert" not in text


@pytest.mark.parametrize("label", ["Cleo", "Heidemeer"])
def test_a_coach_reads_nothing_of_another_coach_or_cluster(
    engine: SqliteEngine, released: str, ana: Member, as_: As, label: str
) -> None:
    group = node(engine, released, label)
    client, address = as_(ana), f"/mijn-inzet/evaluatie/{released}/{FORM}"
    assert client.get(f"{address}?groep={group}").status_code == 404
    assert client.get(f"{address}/uitkomst.json?groep={group}").status_code == 404
    assert client.get(f"{address}/uitkomst.json").status_code == 200


@pytest.mark.parametrize("who", ["ana", "ben", "nobody"])
def test_the_pages_of_the_lead_are_not_there_for_others(
    released: str, who: str, request: pytest.FixtureRequest, as_: As
) -> None:
    client = as_(request.getfixturevalue(who))
    for path in ("", "/uitkomst.json", "/gedaan"):
        assert client.get(f"/evaluatie/{released}/{FORM}{path}").status_code == 404


@pytest.mark.parametrize("who", ["ben", "lea", "nobody"])
def test_the_pages_of_a_coach_are_not_there_for_others(
    released: str, who: str, request: pytest.FixtureRequest, as_: As
) -> None:
    client = as_(request.getfixturevalue(who))
    for path in ("", f"/{released}/{FORM}", f"/{released}/{FORM}/uitkomst.json"):
        assert client.get(f"/mijn-inzet/evaluatie{path}").status_code == 404


def test_whose_answers_are_told_with_others_is_said_in_words(
    release: Release, window: str, ana: Member, cleo: Member, lea: Member, as_: As
) -> None:
    release(window, (ANA, Ballots("Cleo", (3, 3))))
    text = page(as_(lea), f"/evaluatie/{window}/{FORM}")
    assert "Over deze coaches apart kunnen we niets zeggen: Ana, Cleo." in text
    text = page(as_(cleo), f"/mijn-inzet/evaluatie/{window}/{FORM}")
    assert "Over u apart kunnen we niets zeggen: te weinig mensen antwoordden." in text
    assert "Ana" not in text


def test_among_them_whoever_was_erased_has_no_name_and_comes_last(
    engine: SqliteEngine, release: Release, window: str, lea: Member, as_: As
) -> None:
    release(window, (ANA, Ballots("Cleo", (3, 3))))
    engine.run("UPDATE evaluation_node SET label = '' WHERE label = 'Ana'")
    text = page(as_(lea), f"/evaluatie/{window}/{FORM}")
    assert "Over deze coaches apart kunnen we niets zeggen: Cleo, Een coach van toen." in text


def test_where_too_few_answered_the_page_says_so_and_draws_nothing(
    release: Release, window: str, lea: Member, as_: As
) -> None:
    release(window, (Ballots("Ana", (3, 3, 4)),))
    client, address = as_(lea), f"/evaluatie/{window}/{FORM}"
    text = page(client, address)
    assert "Te weinig mensen antwoordden. Daarom kunnen we niets zeggen." in text
    assert "We tonen pas iets bij 5 mensen of meer." in text
    assert "data-figure" not in client.get(address).text
    assert client.get(f"{address}/uitkomst.json").status_code == 404


def test_before_it_is_released_nobody_reads_a_number(
    engine: SqliteEngine, window: str, clock: Clock, ana: Member, lea: Member, as_: As
) -> None:
    lead, address = as_(lea), f"/evaluatie/{window}/{FORM}"
    assert "Er is nog niets geteld" in page(lead, address)
    clock.forward(days=22)
    actions.count(engine, window_id=window, at=clock())
    assert "Nog niet vrijgegeven" in page(as_(lea), address)
    coach = as_(ana)
    assert "Nog geen uitkomst" in page(coach, "/mijn-inzet/evaluatie")
    assert coach.get(f"/mijn-inzet/evaluatie/{window}/{FORM}").status_code == 404


@pytest.mark.parametrize("form", ["evaluation-ib-named", "reflection-kansencoach", "none"])
def test_only_anonymous_forms_have_an_outcome(released: str, lea: Member, as_: As, form: str) -> None:
    assert as_(lea).get(f"/evaluatie/{released}/{form}").status_code == 404


def test_a_form_about_the_programme_names_no_coach(
    release: Release, window: str, ana: Member, lea: Member, as_: As
) -> None:
    form = "evaluation-director-programme"
    release(window, (Ballots("Programma", (4, 3, 3, 3, 2, 4), form=form),), form)
    for client, start in ((as_(lea), "/evaluatie"), (as_(ana), "/mijn-inzet/evaluatie")):
        text = page(client, f"{start}/{window}/{form}")
        assert "Deze vragen gaan over het hele programma, niet over een coach." in text
        assert "apart kunnen we niets zeggen" not in text


def test_years_stand_beside_one_another_of_the_programme_and_of_the_reader(
    engine: SqliteEngine, released: str, release: Release, clock: Clock, lea: Member, ana: Member, as_: As
) -> None:
    clock.forward(days=30)
    later = actions.plan(
        engine,
        school_year="2025-2026",
        opens_at=clock(),
        closes_at=clock() + timedelta(days=21),
        by=lea.id,
        at=clock(),
    )
    release(later, (Ballots("Ana", (1,) * 12), CLEO))
    lead, coach = as_(lea), as_(ana)
    assert "Door de jaren" not in page(lead, f"/evaluatie/{released}/{FORM}")
    address = f"/evaluatie/{later}/{FORM}"
    assert "Door de jaren" in page(lead, address)
    assert lead.get(f"{address}/jaren.json").status_code == 200
    group = node(engine, later, "Ana")
    assert "Door de jaren" not in page(lead, f"{address}?groep={group}")
    assert lead.get(f"{address}/jaren.json?groep={group}").status_code == 404
    text = page(coach, f"/mijn-inzet{address}")
    assert "Minder mensen dan de vorige keer zijn het eens met" in text
    assert "Een verschil zegt niet waardoor het komt." in text


def test_releases_stand_by_year_in_the_order_of_the_forms(released: str, ana: Member, as_: As) -> None:
    text = page(as_(ana), "/mijn-inzet/evaluatie")
    assert "Schooljaar 2025–2026" in text
    assert "Leerkrachten" in text
