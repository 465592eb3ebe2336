"""The rules behind hints, on lines of sums worked out by hand."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from analysis.hints import Ask, Found, Kind, Outcome, Rule, Seen, Thresholds, hints, silences

SEPTEMBER = datetime(2026, 9, 1, 12, tzinfo=UTC)
USUAL: dict[Kind, Thresholds] = {"relationship": Thresholds(4, 3), "wellbeing": Thresholds(5, 5)}
NOT_LOW = 2


def seen(kind: Kind, text: str) -> list[Seen]:
    """A line of checks, one every two weeks: "14 13 9" are sums, "9/1" a sum with its lowest item."""
    parts = [part.partition("/") for part in text.split()]
    return [
        Seen(str(n), SEPTEMBER + timedelta(days=14 * n), int(total), int(lowest or NOT_LOW), USUAL[kind])
        for n, (total, _slash, lowest) in enumerate(parts, start=1)
    ]


def fires(kind: Kind, rule: Rule, text: str) -> str:
    """The numbers of the checks on which a rule fires."""
    return " ".join(found.key for found in hints(kind, seen(kind, text)) if found.rule is rule)


def only(kind: Kind, rule: Rule, text: str) -> Found:
    (found,) = [one for one in hints(kind, seen(kind, text)) if one.rule is rule]
    return found


@pytest.mark.parametrize(
    ("rule", "line", "at"),
    [
        (Rule.W_A, "14/1", "1"),
        (Rule.W_A, "14/0 14/2 14/1", "1 3"),
        (Rule.W_A, "14/2", ""),
        (Rule.W_B, "14 10", "2"),
        (Rule.W_B, "14 11", ""),
        (Rule.W_B, "14 14 11", "3"),
        (Rule.W_B, "14 14 12", ""),
        (Rule.W_B, "13 14 14 11", ""),  # 13.67 - 11: a third short
        (Rule.W_B, "16 13 16 13 11", "5"),  # the mean of all earlier, 14.5; of the last one 2
        (Rule.W_B, "9 16 16 10", "4"),  # 13.67 - 10; the first two alone would say 2.5
        (Rule.W_B, "5", ""),
        (Rule.CEILING, "16/4 16/4 16/4 16/4", "4"),
        (Rule.CEILING, "16/4 16/4 16/4", ""),
        (Rule.CEILING, "16/4 16/4 16/4 16/4 16/4 16/4 16/4 16/4", "4"),
        (Rule.CEILING, "16/4 16/4 15/3 16/4 16/4", ""),
        (Rule.CEILING, "16/4 16/4 16/4 16/4 15/3 16/4 16/4 16/4 16/4", "4 9"),
    ],
)
def test_where_a_rule_on_the_relationship_fires(rule: Rule, line: str, at: str) -> None:
    assert fires("relationship", rule, line) == at


@pytest.mark.parametrize(
    ("rule", "line", "at"),
    [
        (Rule.U_A, "10 10 5", "3"),
        (Rule.U_A, "10 10 6", ""),
        (Rule.U_A, "10 9 5", ""),  # 9.5 - 5: half a point short
        (Rule.U_A, "10 9 4", "3"),
        (Rule.U_A, "12 5", ""),
        (Rule.U_A, "10 10 16 5", "4"),  # only the first two count: all earlier would be 12
        (Rule.U_A, "10 10 5 5 5", "3 4 5"),  # and the first two stay the first two
        (Rule.U_B, "10 10 5 5", "4"),
        (Rule.U_B, "10 10 5", ""),
        (Rule.U_B, "10 10 5 6 5", ""),
        (Rule.U_B, "10 10 5 5 5", "4 5"),
        (Rule.U_C, "10 8 9 9", "4"),
        (Rule.U_C, "10 8 9 10", ""),
        (Rule.U_C, "10 8 9", ""),
        (Rule.U_C, "10 8 12 9 9", "5"),
        (Rule.U_C, "10 8 9 9 9", "4"),  # said once, as long as it stays so
        (Rule.U_C, "10 8 9 9 12 5 4", "4 6"),  # and again when it became so again
        (Rule.U_D, "5 4", "2"),
        (Rule.U_D, "5 5", ""),
        (Rule.U_D, "3", ""),
        (Rule.U_D, "5 4 3 2", "2"),
        (Rule.CEILING, "16/4 16/4 16/4 16/4", "4"),
    ],
)
def test_where_a_rule_on_wellbeing_fires(rule: Rule, line: str, at: str) -> None:
    assert fires("wellbeing", rule, line) == at


@pytest.mark.parametrize(("kind", "other"), [("relationship", "u"), ("wellbeing", "w")])
def test_each_family_has_its_own_rules(kind: Kind, other: str) -> None:
    line = "14/1 5/0 5/0 4/0 3/0 3/0 16/4 16/4 16/4 16/4"
    found = {one.rule.value for one in hints(kind, seen(kind, line))}
    assert not {rule for rule in found if rule.startswith(other)}
    assert len(found) > 2


def test_where_first_two_are_so_low_no_later_check_can_fall_far_enough() -> None:
    assert fires("wellbeing", Rule.U_D, "4 5 0 0 0 0") == "2"
    assert fires("wellbeing", Rule.U_A, "4 5 0 0 0 0") == ""


RECOVERED, NOT, UNDECIDED = Outcome.RECOVERED, Outcome.NOT_RECOVERED, None


@pytest.mark.parametrize(
    ("rule", "line", "outcome"),
    [
        (Rule.W_B, "14 14 9", UNDECIDED),
        (Rule.W_B, "14 14 9 12", RECOVERED),
        (Rule.W_B, "14 14 9 11", UNDECIDED),  # 14 - 11 still is 3
        (Rule.W_B, "14 14 9 10 12", RECOVERED),
        (Rule.W_B, "14 14 9 11 11", NOT),  # against the mean before the hint, not with it
        (Rule.W_B, "14 14 9 11 11 14", NOT),  # two decide, the third comes too late
        (Rule.W_B, "14 10 11", RECOVERED),  # after one earlier check 4 is far, also afterwards
        (Rule.W_A, "14/1", UNDECIDED),
        (Rule.W_A, "14/1 14/2", RECOVERED),
        (Rule.W_A, "14 14 13/1 13/2", RECOVERED),
        (Rule.W_A, "14 14 13/1 12/2 12/2", RECOVERED),
        (Rule.W_A, "14 14 13/1 11/2 11/2", NOT),  # no low item, yet lower than usual
        (Rule.U_A, "10 10 5 6", RECOVERED),
        (Rule.U_A, "10 10 5 5", UNDECIDED),
        (Rule.U_A, "10 10 4 5 6", RECOVERED),
    ],
)
def test_the_next_two_checks_decide(rule: Rule, line: str, outcome: Outcome | None) -> None:
    kind: Kind = "relationship" if rule in {Rule.W_A, Rule.W_B} else "wellbeing"
    found = [one for one in hints(kind, seen(kind, line)) if one.rule is rule]
    assert found[0].outcome is outcome


def test_a_low_item_that_returns_twice_is_not_recovered() -> None:
    found = hints("relationship", seen("relationship", "14/1 14/1 14/0 14/2"))
    assert [(one.key, one.outcome) for one in found if one.rule is Rule.W_A] == [
        ("1", NOT),
        ("2", RECOVERED),
        ("3", RECOVERED),
    ]


def test_the_rule_for_consulting_recovers_against_the_same_start() -> None:
    found = [one for one in hints("wellbeing", seen("wellbeing", "10 10 5 5 5 5")) if one.rule is Rule.U_B]
    assert [(one.key, one.outcome) for one in found] == [("4", NOT), ("5", None), ("6", None)]


@pytest.mark.parametrize(
    ("rule", "line"),
    [(Rule.U_C, "10 8 9 9 16 16"), (Rule.U_D, "5 4 16 16"), (Rule.CEILING, "16/4 16/4 16/4 16/4 16/4 16/4")],
)
def test_an_invitation_has_no_outcome(rule: Rule, line: str) -> None:
    assert only("wellbeing", rule, line).outcome is None


def test_a_hint_carries_the_numbers_of_its_sentence() -> None:
    found = only("relationship", Rule.W_B, "13 14 14 13 9")
    assert (found.key, found.total, found.threshold) == ("5", 9, 3)
    assert found.usual is not None
    assert (found.usual.mean, found.usual.checks) == (13.5, 4)
    first = only("wellbeing", Rule.U_A, "10 9 16 4")
    assert first.usual is not None
    assert (first.usual.mean, first.usual.checks) == (9.5, 2)


def test_the_first_check_has_nothing_to_be_compared_with() -> None:
    assert only("relationship", Rule.W_A, "14/1").usual is None


@pytest.mark.parametrize(
    ("asks", "at"),
    [("--", "2"), ("-", ""), ("-+-", ""), ("---", "2"), ("--+--", "2 5"), ("+--", "3"), ("++", "")],
)
def test_two_planned_checks_in_a_row_without_an_answer(asks: str, at: str) -> None:
    assert " ".join(found.key for found in silences(asked(asks))) == at


@pytest.mark.parametrize(
    ("asks", "outcome"),
    [("--", UNDECIDED), ("---", UNDECIDED), ("--+", RECOVERED), ("----", NOT), ("---+", RECOVERED)],
)
def test_silence_ends_with_an_answer(asks: str, outcome: Outcome | None) -> None:
    (found,) = silences(asked(asks))
    assert found.outcome is outcome


def asked(text: str) -> list[Ask]:
    return [
        Ask(str(n), SEPTEMBER + timedelta(days=14 * n), sign == "+") for n, sign in enumerate(text, start=1)
    ]


def test_each_check_is_held_against_the_thresholds_of_its_day() -> None:
    line = seen("relationship", "14 14 11 11")
    later = [*line[:3], replace(line[3], thresholds=Thresholds(5, 5))]
    assert [one.key for one in hints("relationship", later)] == ["3"]
    earlier = [*line[:2], replace(line[2], thresholds=Thresholds(5, 5)), line[3]]
    assert [one.key for one in hints("relationship", earlier)] == []


TOTALS = st.lists(st.tuples(st.integers(0, 16), st.integers(0, 4)), min_size=1, max_size=14)
KINDS = st.sampled_from(["relationship", "wellbeing"])


def drawn(kind: Kind, numbers: list[tuple[int, int]]) -> list[Seen]:
    return seen(kind, " ".join(f"{total}/{lowest}" for total, lowest in numbers))


@given(KINDS, TOTALS, st.randoms(use_true_random=False))
def test_the_order_in_which_checks_are_read_does_not_matter(
    kind: Kind, numbers: list[tuple[int, int]], random: Random
) -> None:
    line = drawn(kind, numbers)
    mixed = random.sample(line, len(line))
    assert hints(kind, mixed) == hints(kind, line)


@given(KINDS, TOTALS, st.data())
def test_a_later_check_never_changes_an_earlier_hint(
    kind: Kind, numbers: list[tuple[int, int]], data: st.DataObject
) -> None:
    line = drawn(kind, numbers)
    until = data.draw(st.integers(0, len(line)))
    before = hints(kind, line[:until])
    known = {check.key for check in line[:until]}
    after = [one for one in hints(kind, line) if one.key in known]
    assert [replace(one, outcome=None) for one in after] == [replace(one, outcome=None) for one in before]
    assert all(one.outcome in {None, now.outcome} for one, now in zip(before, after, strict=True))


@given(KINDS, TOTALS)
def test_an_outcome_is_decided_once_two_checks_followed(kind: Kind, numbers: list[tuple[int, int]]) -> None:
    line = drawn(kind, numbers)
    invitations = {Rule.U_C, Rule.U_D, Rule.CEILING}
    for one in hints(kind, line):
        if int(one.key) + 2 <= len(line):
            assert (one.outcome is None) is (one.rule in invitations)
