"""Windows and their tree: planned by a lead, corrected before opening, and then fixed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from survey.current import catalog
from survey.database import SqliteEngine
from survey.evaluation import actions, reports
from survey.evaluation.reports import Step
from survey.evaluation.tree import Leaf, laid
from survey.evaluation.windows import State
from survey.rhythm import tick
from tests.client import HouseClient, parsed, words
from tests.conftest import START, Clock, Member, scope_of
from tests.survey.evaluation.conftest import OTHER, SCHOOL, YEAR, Asked

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
DAY = timedelta(days=1)


def place(who: str, town: str, hours: float | None) -> dict[str, object]:
    return {"person_id": who, "name": who.title(), "municipality": town, "hours": hours}


@pytest.mark.parametrize(
    ("places", "kept", "leaves"),
    [
        ([], {}, []),
        ([place("ana", "B", 2), place("ana", "A", 3)], {}, [Leaf("A", "Ana", "ana")]),
        ([place("ana", "B", 3), place("ana", "A", 3)], {}, [Leaf("A", "Ana", "ana")]),
        ([place("ana", "B", None), place("ana", "A", None)], {}, [Leaf("A", "Ana", "ana")]),
        ([place("ana", "B", 3)], {"ana": "Z", "gone": "Y"}, [Leaf("Z", "Ana", "ana")]),
        (
            [place("cleo", "B", 1), place("ana", "B", 1)],
            {},
            [Leaf("B", "Ana", "ana"), Leaf("B", "Cleo", "cleo")],
        ),
    ],
)
def test_a_coach_stands_where_most_of_the_hours_are(
    places: list[dict[str, object]], kept: dict[str, str], leaves: list[Leaf]
) -> None:
    assert laid(places, kept) == leaves


def tree(engine: SqliteEngine, window: str, lea: Member) -> dict[str, str]:
    nodes = reports.nodes(engine, scope_of(lea), window)
    labels = {node.id: node.label for node in nodes}
    return {node.label: labels[node.parent_id or ""] for node in nodes if node.level == "coach"}


def test_the_tree_is_programme_clusters_coaches(engine: SqliteEngine, planned: str, lea: Member) -> None:
    nodes = reports.nodes(engine, scope_of(lea), planned)
    assert [node.level for node in nodes] == ["programme", "cluster", "cluster", "coach", "coach"]
    assert tree(engine, planned, lea) == {"Ana": "Turfstede", "Cleo": "Heidemeer"}


def test_a_corrected_cluster_stays_when_the_window_opens(
    engine: SqliteEngine, planned: str, lea: Member, cleo: Member, clock: Clock
) -> None:
    actions.move_coach(
        engine, window_id=planned, person_id=cleo.id, cluster=" Turfstede ", by=lea.id, at=clock()
    )
    clock.forward(days=7)
    actions.open_window(engine, window_id=planned, at=clock())
    assert tree(engine, planned, lea) == {"Ana": "Turfstede", "Cleo": "Turfstede"}


def test_who_came_after_planning_stands_in_the_tree_once_it_opens(
    engine: SqliteEngine, planned: str, lea: Member, ben: Member, school_of: Callable[..., str], clock: Clock
) -> None:
    school_of(ben, "De Kraanheide")
    clock.forward(days=7)
    actions.open_window(engine, window_id=planned, at=clock())
    assert set(tree(engine, planned, lea)) == {"Ana", "Ben", "Cleo"}


def test_who_left_the_programme_is_asked_about_no_more(
    engine: SqliteEngine, planned: str, lea: Member, cleo: Member, clock: Clock
) -> None:
    engine.run(
        "UPDATE person SET status = 'left', left_at = :at WHERE id = :id", {"id": cleo.id, "at": "2026"}
    )
    clock.forward(days=7)
    actions.open_window(engine, window_id=planned, at=clock())
    assert set(tree(engine, planned, lea)) == {"Ana"}


@pytest.mark.parametrize("act", ["lay", "move", "remove", "days"])
def test_once_open_tree_and_first_day_are_fixed(
    engine: SqliteEngine, window: str, lea: Member, cleo: Member, clock: Clock, dump: Dump, act: str
) -> None:
    common: dict[str, Any] = {"window_id": window, "by": lea.id, "at": clock()}
    before = dump()
    with pytest.raises(actions.TooLate):
        if act == "lay":
            actions.lay(engine, **common)
        elif act == "move":
            actions.move_coach(engine, **common, person_id=cleo.id, cluster="Elders")
        elif act == "remove":
            actions.remove(engine, **common)
        else:
            actions.change_days(engine, **common, opens_at=START + DAY, closes_at=START + 9 * DAY)
    assert dump() == before


@pytest.mark.parametrize(
    ("opens", "closes", "reason"),
    [
        (-1, 20, "past"),
        (5, 5, "order"),
        (5, 4, "order"),
        (0, 101, "long"),
        (20, 40, "overlap"),
        (3, 9, "overlap"),
    ],
)
def test_days_that_cannot_be_are_refused(
    engine: SqliteEngine, window: str, clock: Clock, dump: Dump, opens: int, closes: int, reason: str
) -> None:
    before = dump()
    with pytest.raises(actions.WrongDays) as refused:
        actions.plan(
            engine,
            school_year=YEAR,
            opens_at=START + opens * DAY,
            closes_at=START + closes * DAY,
            by=None,
            at=clock(),
        )
    assert refused.value.reason == reason
    assert dump() == before


def test_windows_may_touch(engine: SqliteEngine, window: str, clock: Clock) -> None:
    actions.plan(
        engine, school_year=YEAR, opens_at=START + 21 * DAY, closes_at=START + 30 * DAY, by=None, at=clock()
    )


def test_a_window_may_be_open_longer_than_planned(
    engine: SqliteEngine, window: str, lea: Member, clock: Clock
) -> None:
    later = START + 30 * DAY
    actions.change_days(engine, window_id=window, opens_at=START, closes_at=later, by=lea.id, at=clock())
    found = reports.window(engine, scope_of(lea), window)
    assert found
    assert found.state(START + 25 * DAY) is State.OPEN


def test_a_tick_opens_reminds_and_counts(
    app: object, engine: SqliteEngine, planned: str, clock: Clock
) -> None:

    done = []
    for days in (0, 7, 7, 8, 1):
        clock.forward(days=days)
        done.append([str(step.act) for step in tick.run(engine, catalog=catalog(), at=clock())])
    assert done == [[], ["open"], [], ["close"], []]


@pytest.mark.parametrize(
    ("replied", "step"), [(0, Step(0, 4)), (4, Step(0, 4)), (5, Step(5, 9)), (14, Step(10, 14))]
)
def test_how_many_answered_is_told_in_steps(replied: int, step: Step) -> None:
    assert Step.of(replied) == step


def test_a_school_with_few_invitations_shows_no_count(
    engine: SqliteEngine, window: str, card: Callable[..., Asked], submit: Callable[..., None], lea: Member
) -> None:
    for _ in range(9):
        submit(card())
    assert reports.response_at(engine, scope_of(lea), window)[SCHOOL, "evaluation-teacher"].replied is None
    submit(card())
    found = reports.response_at(engine, scope_of(lea), window)[SCHOOL, "evaluation-teacher"]
    assert (found.asked, found.replied) == (10, Step(10, 14))
    assert reports.response(engine, scope_of(lea), window)["evaluation-teacher"].replied == Step(10, 14)


class TestPages:
    """What the lead sees and sends."""

    @pytest.fixture
    def lead(self, as_: Signed, lea: Member) -> HouseClient:
        return as_(lea)

    def test_a_lead_plans_a_window_by_its_days(
        self, lead: HouseClient, engine: SqliteEngine, schools: None
    ) -> None:
        sent = {"school_year": YEAR, "opens": "26-1-2026", "closes": "2026-02-13"}
        reply = lead.post("/evaluatie/nieuw", data=sent)
        assert reply.status_code == 303
        page = words(parsed(lead.get(reply.location).text))
        assert "26 januari 2026 – 13 februari 2026" in page
        assert "2 coaches in 2 clusters" in page

    def test_what_is_wrong_stays_in_the_form(self, lead: HouseClient, window: str, dump: Dump) -> None:
        before = dump()
        sent = {"school_year": YEAR, "opens": "2026-01-26", "closes": "2026-02-13"}
        reply = lead.post("/evaluatie/nieuw", data=sent)
        assert reply.status_code == 409
        assert 'value="2026-02-13"' in reply.text
        assert "Er is dan al een evaluatie open" in reply.text
        assert dump() == before

    @pytest.mark.parametrize("sent", [{}, {"school_year": "1999-2000", "opens": "x", "closes": "9-9"}])
    def test_nonsense_is_answered_with_words(
        self, lead: HouseClient, schools: None, dump: Dump, sent: dict[str, str]
    ) -> None:
        before = dump()
        assert lead.post("/evaluatie/nieuw", data=sent).status_code == 422
        assert dump() == before

    def test_wrong_addresses_are_named_and_nothing_typed_is_lost(
        self, lead: HouseClient, window: str, dump: Dump
    ) -> None:
        before, typed = dump(), "noa@school.nl\nJan Jansen"
        path = f"/evaluatie/{window}/school/{SCHOOL}"
        reply = lead.post(f"{path}/post", data={"a-form": "evaluation-teacher", "a-addresses": typed})
        assert reply.status_code == 422
        assert "Dit is geen mailadres: Jan Jansen." in reply.text
        assert typed in reply.text
        assert dump() == before

    @pytest.mark.parametrize(
        ("content", "status", "said"),
        [
            (
                b"naam;mail\r\nNoa Smit;noa@school.nl\r\nPiet;piet@school.nl\r\n",
                303,
                "2 mensen zijn uitgenodigd.",
            ),
            ("naam,mail\nZoë,zoe@school.nl\n".encode("cp1252"), 303, "1 persoon is uitgenodigd."),
            (b"naam;klas\r\nNoa;3\r\n", 422, "In dit bestand staat geen mailadres."),
            (b"mail\nnoa@\n", 422, "Dit is geen mailadres: noa@."),
            (b"PK\x03\x04 no workbook", 422, "bestand"),
        ],
        ids=["csv", "other encoding", "no address", "half an address", "broken"],
    )
    def test_a_file_with_addresses_is_read(
        self, lead: HouseClient, window: str, content: bytes, status: int, said: str
    ) -> None:
        sent = {"a-form": "evaluation-teacher", "bestand": (BytesIO(content), "lijst.csv")}
        path = f"/evaluatie/{window}/school/{SCHOOL}/post"
        reply = lead.post(path, data=sent, content_type="multipart/form-data")
        assert reply.status_code == status
        assert said in (lead.get(reply.location).text if status == 303 else reply.text)

    def test_an_invitation_says_how_many_were_asked(self, lead: HouseClient, window: str) -> None:
        path = f"/evaluatie/{window}/school/{SCHOOL}"
        sent = {"a-form": "evaluation-teacher", "a-addresses": "noa@school.nl; piet@school.nl"}
        for said in ("2 mensen zijn uitgenodigd.", "2 mensen waren al uitgenodigd"):
            reply = lead.post(f"{path}/post", data=sent)
            assert said in lead.get(reply.location).text

    def test_the_sheet_has_every_card_whether_used_or_not(
        self,
        lead: HouseClient,
        window: str,
        card: Callable[..., Asked],
        submit: Callable[..., None],
    ) -> None:
        used, fresh = card(), card()
        submit(used)
        page = lead.get(f"/evaluatie/{window}/school/{SCHOOL}/kaarten/evaluation-teacher").text
        assert used.path in page
        assert fresh.path in page
        assert lead.get(f"/evaluatie/{window}/school/{OTHER}/kaarten/evaluation-teacher").status_code == 404

    def test_another_secret_is_told_to_the_lead(
        self,
        as_: Signed,
        lea: Member,
        window: str,
        monkeypatch: pytest.MonkeyPatch,
        clock: Clock,
        dump: Dump,
    ) -> None:
        other = b"another key of just 32 bytes...."
        monkeypatch.setattr("survey.evaluation.sealing._key", lambda _window: other)
        for path in ("/evaluatie", f"/evaluatie/{window}"):
            assert "De geheime sleutel van deze server is anders" in as_(lea).get(path).text
        clock.forward(days=21)
        lead, before = as_(lea), dump()
        assert lead.post(f"/evaluatie/{window}/tellen").status_code == 503
        assert dump() == before

    def test_a_lead_has_it_counted(self, as_: Signed, lea: Member, window: str, clock: Clock) -> None:
        clock.forward(days=21)
        lead = as_(lea)
        assert "Tel de antwoorden nu" in lead.get(f"/evaluatie/{window}").text
        reply = lead.post(f"/evaluatie/{window}/tellen")
        assert "Alle antwoorden zijn geteld." in lead.get(reply.location).text

    def test_a_coach_is_moved_on_the_page_of_the_tree(
        self, lead: HouseClient, engine: SqliteEngine, planned: str, lea: Member, cleo: Member, dump: Dump
    ) -> None:
        path, before = f"/evaluatie/{planned}/indeling", dump()
        reply = lead.post(f"{path}/{cleo.id}", data={"cluster": "  "})
        assert reply.status_code == 422
        assert "Vul een naam in" in reply.text
        assert lead.post(f"{path}/none", data={"cluster": "Zuid"}).status_code == 404
        assert dump() == before
        assert lead.post(f"{path}/{cleo.id}", data={"cluster": " Zuid\n"}).status_code == 303
        assert tree(engine, planned, lea)["Cleo"] == "Zuid"
        lead.post(path)
        assert tree(engine, planned, lea)["Cleo"] == "Heidemeer"

    def test_after_opening_the_tree_is_shown_and_not_to_be_changed(
        self, lead: HouseClient, window: str, cleo: Member, dump: Dump
    ) -> None:
        before = dump()
        assert "Andere cluster" not in lead.get(f"/evaluatie/{window}/indeling").text
        reply = lead.post(f"/evaluatie/{window}/indeling/{cleo.id}", data={"cluster": "Zuid"})
        assert "Dat kan niet meer." in lead.get(reply.location).text
        assert dump() == before

    def test_the_last_day_of_an_open_window_is_not_put_in_the_past(
        self, lead: HouseClient, window: str, dump: Dump
    ) -> None:
        before = dump()
        reply = lead.post(f"/evaluatie/{window}/dagen", data={"closes": "2026-01-19"})
        assert reply.status_code == 422
        assert "Deze dag is al voorbij." in reply.text
        assert dump() == before
        assert lead.post(f"/evaluatie/{window}/dagen", data={"closes": "2026-03-01"}).status_code == 303
        assert "1 maart 2026" in lead.get(f"/evaluatie/{window}").text

    def test_a_window_that_is_open_is_not_removed(self, lead: HouseClient, window: str) -> None:
        reply = lead.post(f"/evaluatie/{window}/weg")
        assert "Dat kan niet meer." in lead.get(reply.location).text

    def test_a_planned_window_goes_with_everything(
        self, lead: HouseClient, engine: SqliteEngine, planned: str
    ) -> None:
        assert lead.post(f"/evaluatie/{planned}/weg").location == "/evaluatie?verwijderd=1"
        assert engine.rows("SELECT id FROM evaluation_node") == []

    @pytest.mark.parametrize("path", ["", "/dagen", "/indeling", f"/school/{SCHOOL}"])
    def test_a_window_that_is_not_there_is_not_there(self, lead: HouseClient, window: str, path: str) -> None:
        assert lead.get(f"/evaluatie/none{path}").status_code == 404
        assert lead.get(f"/evaluatie/{window}/school/none").status_code == 404


def test_days_are_days_in_the_netherlands(engine: SqliteEngine, planned: str, lea: Member) -> None:
    found = reports.window(engine, scope_of(lea), planned)
    assert found
    assert found.opens_at == datetime(2026, 1, 27, tzinfo=UTC)
