"""Lines in own words: read by the lead once there are enough, redacted, and out together or not at all."""

from collections.abc import Callable, Sequence

import pytest

from survey.access.permissions import Role
from survey.current import catalog
from survey.database import SqliteEngine
from survey.evaluation.release import actions, reports, stands
from survey.evaluation.release.actions import Done, NotCounted, NothingThere, TooFewLines
from survey.evaluation.release.stands import Lines
from tests.client import HouseClient
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.ballots import Ballots

Counted = Callable[[Sequence[Ballots]], str]
Signed = Callable[[Member], HouseClient]
Dump = Callable[[], object]
FORM = "evaluation-teacher"
WORDS = ("Kom vaker.", "Juf Els weet het.", "Goed zo.", "Meer uren.", "Rust in de klas.", "Bel eerder.")


def of(*words: str) -> list[Ballots]:
    return [Ballots("Ana", (3,), line=one) for one in words]


def found(engine: SqliteEngine, window: str, reader: Member, role: Role = Role.LEAD) -> Lines:
    return stands.lines(engine, scope_of(reader, role), window, catalog().get(FORM))


def keep(
    engine: SqliteEngine, window: str, lea: Member, clock: Clock, change: Callable[[str], str | None]
) -> None:
    kept = {line.id: change(line.words) for line in found(engine, window, lea).found}
    actions.redact(engine, window_id=window, form=FORM, kept=kept, by=scope_of(lea, Role.LEAD), at=clock())


def without_a_name(words: str) -> str | None:
    return None if words == WORDS[0] else words.replace("Juf Els", "Ze")


def publish(engine: SqliteEngine, window: str, lea: Member, clock: Clock) -> None:
    actions.publish_lines(engine, window_id=window, form=FORM, by=scope_of(lea, Role.LEAD), at=clock())


def test_five_lines_are_read_and_four_by_nobody(
    engine: SqliteEngine, counted: Counted, lea: Member, as_: Signed
) -> None:
    window = counted([*of(*WORDS[:4]), Ballots("Cleo", (3,) * 9)])
    assert found(engine, window, lea) == Lines(False, (), None)
    page = as_(lea).get(f"/evaluatie/{window}/{FORM}/zinnen").get_data(as_text=True)
    assert "Dan leest niemand ze" in page
    assert not any(words in page for words in WORDS)


def test_many_lines_of_a_few_people_are_read_by_nobody(
    engine: SqliteEngine, counted: Counted, lea: Member
) -> None:
    window = counted(of(*WORDS))
    engine.run("UPDATE ballot SET respondent = 'one and the same'")
    assert not found(engine, window, lea).may_be_read


def test_a_coach_reads_no_line_before_it_is_out(engine: SqliteEngine, counted: Counted, ana: Member) -> None:
    window = counted(of(*WORDS))
    assert found(engine, window, ana, Role.COACH).found == ()
    assert reports.published_lines(engine, scope_of(ana), window, FORM) is None


def test_redacted_lines_go_out_together_and_name_nobody_who_was_taken_out(
    engine: SqliteEngine, counted: Counted, lea: Member, ana: Member, ben: Member, clock: Clock
) -> None:
    window = counted(of(*WORDS))
    keep(
        engine,
        window,
        lea,
        clock,
        lambda words: None if words == WORDS[0] else words.replace("Juf Els", "Ze"),
    )
    publish(engine, window, lea, clock)
    out = reports.published_lines(engine, scope_of(ana), window, FORM)
    assert out is not None
    assert sorted(out) == sorted([*WORDS[2:], "Ze weet het."])
    assert reports.published_lines(engine, scope_of(ben, Role.TRAINER), window, FORM) is None
    assert found(engine, window, lea).found == ()


@pytest.mark.parametrize("left", [2, 6])
def test_fewer_than_five_kept_lines_stay_in(
    engine: SqliteEngine, counted: Counted, lea: Member, clock: Clock, dump: Dump, left: int
) -> None:
    window, gone = counted(of(*WORDS)), set(WORDS[:left])
    keep(engine, window, lea, clock, lambda words: None if words in gone else words)
    before = dump()
    with pytest.raises(TooFewLines):
        publish(engine, window, lea, clock)
    assert dump() == before


def test_nothing_goes_out_while_one_line_waits(
    engine: SqliteEngine, counted: Counted, lea: Member, clock: Clock
) -> None:
    window = counted(of(*WORDS))
    kept = {line.id: line.words for line in found(engine, window, lea).found[1:]}
    actions.redact(engine, window_id=window, form=FORM, kept=kept, by=scope_of(lea, Role.LEAD), at=clock())
    with pytest.raises(TooFewLines):
        publish(engine, window, lea, clock)


def test_what_is_out_stays_as_it_is(
    engine: SqliteEngine, counted: Counted, lea: Member, clock: Clock, dump: Dump
) -> None:
    window = counted(of(*WORDS))
    keep(engine, window, lea, clock, str)
    publish(engine, window, lea, clock)
    before = dump()
    with pytest.raises(Done):
        publish(engine, window, lea, clock)
    with pytest.raises(Done):
        keep(engine, window, lea, clock, str)
    assert dump() == before


def test_no_line_is_touched_before_the_count(
    engine: SqliteEngine, window: str, lea: Member, clock: Clock
) -> None:
    with pytest.raises(NotCounted):
        publish(engine, window, lea, clock)
    with pytest.raises(NotCounted):
        keep(engine, window, lea, clock, str)
    with pytest.raises(NothingThere):
        publish(engine, "other", lea, clock)


def test_lines_stand_in_another_order_than_they_came_in(
    engine: SqliteEngine, counted: Counted, lea: Member, clock: Clock
) -> None:
    words = [f"Zin {n:02}." for n in range(40)]
    window = counted(of(*words))
    shown = [line.words for line in found(engine, window, lea).found]
    keep(engine, window, lea, clock, str)
    publish(engine, window, lea, clock)
    out = reports.published_lines(engine, scope_of(lea, Role.LEAD), window, FORM)
    assert out is not None
    assert sorted(shown) == sorted(out) == words
    assert len({tuple(words), tuple(shown), tuple(out)}) == 3  # 40! orders: never by chance


class TestPages:
    @pytest.fixture
    def window_of_six(self, counted: Counted) -> str:
        return counted(of(*WORDS))

    def path(self, window: str) -> str:
        return f"/evaluatie/{window}/{FORM}/zinnen"

    def sent(self, engine: SqliteEngine, window: str, lea: Member, **changes: str) -> dict[str, str]:
        fields: dict[str, str] = {}
        for line in found(engine, window, lea).found:
            fields |= {f"keuze-{line.id}": "houd", f"tekst-{line.id}": changes.get(line.words, line.words)}
        return fields

    def test_the_lead_redacts_and_publishes(
        self, engine: SqliteEngine, window_of_six: str, lea: Member, ana: Member, as_: Signed
    ) -> None:
        client, path = as_(lea), self.path(window_of_six)
        assert "Bij nog 6 zinnen koos u niets." in client.get(path).get_data(as_text=True)
        reply = client.post(path, data=self.sent(engine, window_of_six, lea))
        assert reply.status_code == 303
        assert "6 zinnen gaan naar buiten" in client.get(path).get_data(as_text=True)
        assert client.post(f"{path}/vrijgeven").status_code == 303
        page = client.get(path).get_data(as_text=True)
        assert all(words in page for words in WORDS)
        assert "Laten staan" not in page

    @pytest.mark.parametrize(("text", "says"), [("  ", "Hier staat niets meer"), ("x" * 201, "te lang")])
    def test_what_cannot_go_out_is_said_and_nothing_typed_is_lost(
        self, engine: SqliteEngine, window_of_six: str, lea: Member, as_: Signed, text: str, says: str
    ) -> None:
        fields = self.sent(engine, window_of_six, lea, **{WORDS[0]: text, WORDS[1]: "Getypt en niet kwijt."})
        reply = as_(lea).post(self.path(window_of_six), data=fields)
        page = reply.get_data(as_text=True)
        assert reply.status_code == 422
        assert says in page
        assert "Getypt en niet kwijt." in page
        assert found(engine, window_of_six, lea).waiting == 6

    def test_another_choice_than_the_page_offers_is_refused(
        self, engine: SqliteEngine, window_of_six: str, lea: Member, as_: Signed
    ) -> None:
        fields = dict.fromkeys(self.sent(engine, window_of_six, lea), "misschien")
        assert as_(lea).post(self.path(window_of_six), data=fields).status_code == 400

    def test_a_form_without_own_words_has_no_such_page(
        self, window_of_six: str, lea: Member, as_: Signed
    ) -> None:
        client = as_(lea)
        for form in ("evaluation-parent", "evaluation-ib-named", "evaluation-of-nobody"):
            assert client.get(f"/evaluatie/{window_of_six}/{form}/zinnen").status_code == 404
