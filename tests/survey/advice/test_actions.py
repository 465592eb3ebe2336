"""What a person does with an advice: words, leaving out, the choice, signing; and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from survey.access.permissions import NotYours, Role, Scope
from survey.advice import actions, reports
from survey.advice.actions import Changed, Chosen, Frozen, NoSuchLine, Unfinished, WrongWords
from survey.advice.document import Advice
from survey.database import SqliteEngine
from tests.conftest import Member, scope_of
from tests.survey.advice.conftest import JUNE, SCHOOL, YEAR, Place, line_of

Read = Callable[[str], Advice]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
ON = Chosen("continue", "De school en de coach willen samen verder.", 4.5)
WORDS = "De coach werkt op maandag en donderdag op school."


@pytest.fixture
def act(engine: SqliteEngine, lead: Scope, written: str) -> Callable[..., Any]:
    """An act on the advice by the lead, now."""

    def do(name: str, **told: Any) -> Any:
        line = told.pop("line", None)
        if line is not None:
            told["line_id"] = line.id
        if name in {"edit", "restore", "leave_out", "keep", "choose", "sign"}:
            told.setdefault("shown", None)
        known = {"advice_id": written, "by": lead, "at": JUNE, **told}
        return getattr(actions, name)(engine, **known)

    return do


def keys(advice: Advice) -> list[str]:
    return [one.key or "" for one in advice.lines if one.is_in]


def flags(engine: SqliteEngine, lead: Scope, advice: Advice) -> dict[str, Any]:
    found = reports.standing(engine, lead, advice, JUNE.date()).flags
    return {line.key or "": found[line.id] for line in advice.lines if line.id in found}


def test_a_draft_is_made_once(engine: SqliteEngine, lead: Scope, written: str) -> None:
    again = actions.draft(engine, school_id=SCHOOL, school_year=YEAR, by=lead, at=JUNE)
    assert again == written
    (row,) = engine.rows("SELECT count(*) AS n FROM advice")
    assert row["n"] == 1


@pytest.mark.parametrize("role", [Role.COACH, Role.TRAINER])
def test_only_a_lead_drafts(
    engine: SqliteEngine, nobody: Member, school: str, dump: Dump, role: Role
) -> None:
    before = dump()
    with pytest.raises(NotYours):
        actions.draft(engine, school_id=school, school_year=YEAR, by=scope_of(nobody, role), at=JUNE)
    assert dump() == before


def test_every_number_carries_its_period_and_its_view(written: str, read: Read) -> None:
    told = [one for one in read(written).lines if one.key not in {"no_cause"}]
    assert all(one.source.startswith(("/inzet", "/evaluatie")) and one.period for one in told)


class TestWords:
    """A person's words carry a name and a day; the drafted ones are kept beside them."""

    def test_an_edit_is_marked_and_can_be_taken_back(
        self, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        line = line_of(read(written), "placement_running")
        act("edit", line=line, words=WORDS)
        edited = line_of(read(written), "placement_running")
        assert (edited.words, edited.drafted, edited.changed_by) == (WORDS, line.words, "Lea")
        assert edited.is_edited
        act("restore", line=edited)
        assert line_of(read(written), "placement_running") == line

    def test_a_second_edit_keeps_the_first_draft(
        self, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        line = line_of(read(written), "placement_running")
        act("edit", line=line, words=WORDS)
        act("edit", line=line, words="De coach is er elke week.")
        assert line_of(read(written), "placement_running").drafted == line.words

    def test_an_edit_with_the_same_words_is_no_edit(
        self, act: Callable[..., Any], written: str, read: Read, dump: Dump
    ) -> None:
        line, before = line_of(read(written), "placement_running"), dump()
        act("edit", line=line, words=line.words)
        assert dump() == before

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            ("", "empty"),
            ("   ", "empty"),
            ("a" * 601, "long"),
            ("Dankzij de coach gaat het beter.", "cause"),
            ("De beste coach van de regio.", "cause"),
        ],
    )
    def test_words_that_cannot_stand_are_refused(
        self, act: Callable[..., Any], written: str, read: Read, dump: Dump, words: str, reason: str
    ) -> None:
        line, before = line_of(read(written), "placement_running"), dump()
        acts: dict[str, dict[str, Any]] = {"edit": {"line": line}, "add": {"section": "hours", "key": "k"}}
        for name, told in acts.items():
            with pytest.raises(WrongWords) as wrong:
                act(name, words=words, **told)
            assert wrong.value.reason == reason
        assert dump() == before

    def test_who_saw_other_words_changes_nothing(
        self, act: Callable[..., Any], written: str, read: Read, dump: Dump
    ) -> None:
        line = line_of(read(written), "placement_running")
        act("edit", line=line, words=WORDS)
        before = dump()
        acts: dict[str, dict[str, Any]] = {"edit": {"words": "Iets anders."}, "leave_out": {"out": True}}
        for name, told in (acts | {"restore": {}}).items():
            with pytest.raises(Changed):
                act(name, line=line, shown=line.fingerprint, **told)
        assert dump() == before

    def test_an_own_sentence_comes_last_in_its_section_and_once(
        self, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        for _ in range(2):
            act("add", section="hours", words=WORDS, key="k" * 32)
        section = read(written).in_section("hours")
        assert [one.words for one in section if one.is_own] == [WORDS]
        assert section[-1].is_own
        act("renew")
        assert read(written).in_section("hours")[-1].is_own

    def test_no_own_sentence_stands_in_the_proposal(self, act: Callable[..., Any], dump: Dump) -> None:
        before = dump()
        for section in ("proposal", "elsewhere"):
            with pytest.raises(NoSuchLine):
                act("add", section=section, words=WORDS, key="k" * 32)
        assert dump() == before

    @pytest.mark.parametrize("key", ["no_cause", "period_and_freeze", "share_interval", "share_nonresponse"])
    def test_what_stands_fixed_cannot_be_changed_or_left_out(
        self, act: Callable[..., Any], written: str, read: Read, dump: Dump, key: str
    ) -> None:
        line, before = line_of(read(written), key), dump()
        with pytest.raises(NoSuchLine):
            act("edit", line=line, words=WORDS)
        with pytest.raises(NoSuchLine):
            act("leave_out", line=line, out=True)
        assert dump() == before

    def test_a_share_takes_its_interval_along_out_and_back(
        self, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        share, all_keys = line_of(read(written), "teachers_share"), keys(read(written))
        act("leave_out", line=share, out=True)
        gone = {one.key for one in read(written).lines if not one.is_in and one.about == share.about}
        assert gone == {"teachers_share", "share_interval", "share_nonresponse"}
        act("leave_out", line=share, out=False)
        assert keys(read(written)) == all_keys

    def test_of_another_advice_no_sentence_is_found(
        self, engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read, dump: Dump
    ) -> None:
        other = actions.draft(engine, school_id=None, school_year=YEAR, by=lead, at=JUNE)
        line, before = line_of(read(written), "placement_running"), dump()
        with pytest.raises(NoSuchLine):
            act("edit", advice_id=other, line=line, words=WORDS)
        assert dump() == before


class TestFlags:
    """A sentence whose data changed or went is flagged; what a person wrote is never overwritten unasked."""

    def test_a_fresh_draft_has_no_flags(
        self, engine: SqliteEngine, lead: Scope, written: str, read: Read
    ) -> None:
        standing = reports.standing(engine, lead, read(written), JUNE.date())
        assert standing.is_current

    def test_changed_data_say_what_was_and_what_is(
        self, engine: SqliteEngine, lead: Scope, written: str, read: Read
    ) -> None:
        engine.run("UPDATE placement SET hours_agreed = 3.5")
        found = flags(engine, lead, read(written))
        assert set(found) == {"hours_differ_from_rule"}
        (difference,) = found["hours_differ_from_rule"].differences
        assert difference == ("hours_agreed", "4,5", "3,5")

    def test_gone_data_are_said_to_be_gone_and_new_ones_wait(
        self, engine: SqliteEngine, lead: Scope, written: str, read: Read
    ) -> None:
        engine.run("UPDATE placement SET hours_agreed = 3.0")
        advice = read(written)
        found = flags(engine, lead, advice)
        assert found["hours_differ_from_rule"].now is None
        standing = reports.standing(engine, lead, advice, JUNE.date())
        assert [one.key for one in standing.missing] == ["hours_equal_rule"]

    def test_bringing_it_up_to_date_renews_all_but_what_a_person_wrote(
        self, engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        act("edit", line=line_of(read(written), "hours_needed"), words=WORDS)
        engine.run("UPDATE placement SET hours_agreed = 3.0, hours_needed = 6")
        act("renew")
        told = read(written)
        assert "hours_equal_rule" in keys(told)
        assert "hours_differ_from_rule" not in keys(told)
        assert line_of(told, "hours_needed").words == WORDS
        assert set(flags(engine, lead, told)) == {"hours_needed"}

    def test_a_person_lets_own_words_stand_or_takes_the_new_ones(
        self, engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        act("edit", line=line_of(read(written), "hours_needed"), words=WORDS)
        engine.run("UPDATE placement SET hours_needed = 6")
        act("keep", line=line_of(read(written), "hours_needed"))
        assert line_of(read(written), "hours_needed").words == WORDS
        assert not flags(engine, lead, read(written))
        engine.run("UPDATE placement SET hours_needed = 7")
        act("renew", line_id=line_of(read(written), "hours_needed").id)
        assert "7,0 uur" in line_of(read(written), "hours_needed").words
        assert not line_of(read(written), "hours_needed").is_edited

    def test_words_whose_data_went_stay_as_words_of_a_person(
        self, engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        act("edit", line=line_of(read(written), "hours_needed"), words=WORDS)
        engine.run("UPDATE placement SET hours_needed = NULL")
        act("keep", line=line_of(read(written), "hours_needed"))
        (own,) = [one for one in read(written).lines if one.is_own]
        assert (own.words, own.source, own.n) == (WORDS, "", "")
        assert not flags(engine, lead, read(written))

    def test_what_is_left_out_asks_for_nothing(
        self, engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        act("leave_out", line=line_of(read(written), "hours_needed"), out=True)
        act("leave_out", line=line_of(read(written), "teachers_share"), out=True)
        engine.run("UPDATE placement SET hours_needed = 6")
        assert reports.standing(engine, lead, read(written), JUNE.date()).is_current

    def test_another_day_alone_makes_no_sentence_of_the_programme_stale(
        self, engine: SqliteEngine, lead: Scope, written: str, read: Read
    ) -> None:
        key = actions.draft(engine, school_id=None, school_year=YEAR, by=lead, at=JUNE)
        later = (JUNE + timedelta(days=1)).date()
        assert reports.standing(engine, lead, read(key), later).is_current

    def test_a_proposal_to_find_a_coach_is_flagged_once_the_place_is_filled(
        self,
        engine: SqliteEngine,
        lead: Scope,
        act: Callable[..., Any],
        place: Place,
        written: str,
        read: Read,
    ) -> None:
        key = place(SCHOOL, status="vacant_funded", hours_agreed=1.0)
        act("renew")
        act("choose", chosen=Chosen("continue", "Samen verder.", 4.5, find_coach=True))
        assert "propose_find_coach" in keys(read(written))
        engine.run("UPDATE placement SET status = 'vacant_unfunded' WHERE id = :id", {"id": key})
        assert flags(engine, lead, read(written))["propose_find_coach"].now is None


class TestChoice:
    """A person chooses, with a reason; numbers never do."""

    @pytest.mark.parametrize(
        ("chosen", "reads"),
        [
            (ON, "Voorstel: ga in schooljaar 2026–2027 door met 4,5 uur per week."),
            (
                Chosen("more_hours", "Er is meer vraag.", 6.0),
                "Voorstel: ga in schooljaar 2026–2027 door met meer uren, namelijk 6,0 uur per week.",
            ),
            (
                Chosen("fewer_hours", "Er is minder vraag.", 2.25),
                "Voorstel: ga in schooljaar 2026–2027 door met minder uren, namelijk 2,25 uur per week.",
            ),
            (
                Chosen("other_role", "De rol is niet helder.", before=date(2026, 10, 1)),
                "Voorstel: bespreek vóór 1 oktober 2026 opnieuw wat de coach wel en niet doet.",
            ),
            (
                Chosen("analysis", "De vragen zijn groot.", partners=("municipality", "director")),
                "Voorstel: maak met gemeente en directeur een plan voor vragen die te groot zijn "
                "voor de uren van de coach.",
            ),
        ],
    )
    def test_each_choice_becomes_its_proposal(
        self, act: Callable[..., Any], written: str, read: Read, chosen: Chosen, reads: str
    ) -> None:
        act("choose", chosen=chosen)
        advice = read(written)
        assert [one.words for one in advice.in_section("proposal")] == [reads]
        assert (advice.choice, advice.reason, advice.chosen_by) == (chosen.choice, chosen.reason, "Lea")

    def test_another_choice_comes_in_its_place(
        self, act: Callable[..., Any], written: str, read: Read
    ) -> None:
        act("choose", chosen=ON)
        act("choose", chosen=Chosen("analysis", "De vragen zijn groot.", partners=("municipality",)))
        advice = read(written)
        assert [one.key for one in advice.in_section("proposal")] == ["propose_wider_plan"]
        assert (advice.choice_hours, advice.choice_with) == (None, ("municipality",))

    @pytest.mark.parametrize(
        ("chosen", "field"),
        [
            (Chosen("stop", "Waarom niet."), "choice"),
            (Chosen("", "Waarom niet."), "choice"),
            (Chosen("continue", "Waarom niet."), "hours"),
            (Chosen("other_role", "Waarom niet."), "before"),
            (Chosen("analysis", "Waarom niet."), "partners"),
            (Chosen("continue", "", 4.5), "empty"),
            (Chosen("continue", "Dankzij de coach.", 4.5), "cause"),
            (Chosen("continue", "a" * 501, 4.5), "long"),
        ],
    )
    def test_a_choice_that_misses_something_is_refused(
        self, act: Callable[..., Any], dump: Dump, chosen: Chosen, field: str
    ) -> None:
        before = dump()
        with pytest.raises(ValueError, match=field):
            act("choose", chosen=chosen)
        assert dump() == before

    def test_who_saw_another_choice_changes_nothing(
        self, act: Callable[..., Any], written: str, read: Read, dump: Dump
    ) -> None:
        shown = read(written).mark_of_choice
        act("choose", chosen=ON, shown=shown)
        before = dump()
        with pytest.raises(Changed):
            act("choose", chosen=Chosen("more_hours", "Meer vraag.", 6.0), shown=shown)
        assert dump() == before


class TestSigning:
    """Signing freezes: every act after it is refused, and what changes in the register changes nothing."""

    def test_without_a_choice_nobody_signs(self, act: Callable[..., Any], dump: Dump) -> None:
        before = dump()
        with pytest.raises(Unfinished):
            act("sign")
        assert dump() == before

    def test_with_a_stale_sentence_nobody_signs(
        self, engine: SqliteEngine, act: Callable[..., Any], dump: Dump
    ) -> None:
        act("choose", chosen=ON)
        engine.run("UPDATE placement SET hours_agreed = 3.5")
        before = dump()
        with pytest.raises(Unfinished):
            act("sign")
        assert dump() == before

    def test_who_saw_another_text_does_not_sign(
        self, act: Callable[..., Any], written: str, read: Read, dump: Dump
    ) -> None:
        act("choose", chosen=ON)
        seen = read(written).revision
        act("edit", line=line_of(read(written), "hours_needed"), words=WORDS)
        before = dump()
        with pytest.raises(Changed):
            act("sign", shown=seen)
        assert dump() == before

    def test_a_signed_advice_never_changes(
        self,
        engine: SqliteEngine,
        lead: Scope,
        act: Callable[..., Any],
        written: str,
        read: Read,
        dump: Dump,
    ) -> None:
        act("choose", chosen=ON)
        act("sign", shown=read(written).revision)
        advice, before = read(written), dump()
        assert (advice.signed_as, advice.signed_at) == ("Lea", JUNE)
        line = line_of(advice, "placement_running")
        acts: dict[str, dict[str, Any]] = {
            "edit": {"line": line, "words": WORDS},
            "restore": {"line": line},
            "leave_out": {"line": line, "out": True},
            "keep": {"line": line},
            "add": {"section": "hours", "words": WORDS, "key": "k" * 32},
            "renew": {},
            "choose": {"chosen": ON},
            "sign": {},
        }
        for name, told in acts.items():
            with pytest.raises(Frozen):
                act(name, **told)
        assert dump() == before
        engine.run("UPDATE placement SET hours_agreed = 1, status = 'paused'")
        assert read(written) == advice
        assert reports.standing(engine, lead, advice, JUNE.date()).is_current

    def test_the_audit_log_says_who_drafted_and_signed_and_no_word_of_it(
        self, engine: SqliteEngine, act: Callable[..., Any], written: str, lea: Member
    ) -> None:
        act("choose", chosen=ON)
        act("sign")
        rows = engine.rows("SELECT act, person_id, object FROM audit WHERE act LIKE 'advice-%' ORDER BY act")
        assert [tuple(row.values()) for row in rows] == [
            ("advice-drafted", lea.id, written),
            ("advice-signed", lea.id, written),
        ]


class TestReaders:
    """A lead reads every advice, a coach a signed one of a school and year of their own, others none."""

    def test_a_coach_reads_a_signed_one_of_the_own_school_only(
        self,
        engine: SqliteEngine,
        act: Callable[..., Any],
        written: str,
        ana: Member,
        cleo: Member,
        ben: Member,
    ) -> None:
        assert reports.of_school(engine, scope_of(ana), SCHOOL, YEAR) is None
        act("choose", chosen=ON)
        act("sign")
        signed = reports.of_school(engine, scope_of(ana), SCHOOL, YEAR)
        assert signed is not None
        assert signed.lines
        for other in (scope_of(cleo), scope_of(ben, Role.TRAINER), scope_of(ana, Role.TRAINER)):
            assert reports.of_school(engine, other, SCHOOL, YEAR) is None

    def test_a_candidate_reads_nothing(
        self, engine: SqliteEngine, act: Callable[..., Any], place: Place, cleo: Member
    ) -> None:
        place(SCHOOL, cleo, status="click_conversation")
        act("renew")
        act("choose", chosen=ON)
        act("sign")
        assert reports.of_school(engine, scope_of(cleo), SCHOOL, YEAR) is None

    def test_progress_counts_schools_drafts_and_signed(
        self, engine: SqliteEngine, lead: Scope, act: Callable[..., Any]
    ) -> None:
        assert reports.progress(engine, lead, YEAR) == reports.Progress(1, 1, 0)
        act("choose", chosen=ON)
        act("sign")
        assert reports.progress(engine, lead, YEAR) == reports.Progress(1, 0, 1)
