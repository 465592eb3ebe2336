"""Each `when` both ways: facts with which a sentence appears, and facts with which it does not."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from survey.advice.drafting import Drafted, draft
from survey.advice.facts import (
    Agreed,
    Choice,
    Facts,
    Frozen,
    Place,
    Previous,
    Programme,
    SchoolHours,
    Share,
    Withheld,
    Yield,
)
from survey.advice.sentences import book

DAY = date(2026, 6, 9)
PLACE = Place("p1", "active", "de coach", date(2025, 8, 1), date(2026, 7, 31), used=4.25, weeks_logged=30,
              weeks_total=36, weeks_until=date(2026, 5, 31))  # fmt: skip
AGREED = Agreed(
    "p1",
    True,
    date(2025, 8, 28),
    date(2026, 1, 14),
    ("Directeur", "Intern begeleider"),
    ("Verbinder",),
    ("Ouders bellen", "Op het plein zijn"),
    (Yield("y1", "Eerder hulp"),),
)
HOURS = SchoolHours("p1", 112, 112 * 4 / 150, 4.5, ("Veel vragen",), 5.0, ("Meer scholen",))
SHARE = Share("w/teacher/works", "teachers", "Het werkt", "80 procent", "het hele programma", "95 tot 99",
              "70 procent", "85 procent", "mei 2026", "/evaluatie/w/f#works", "", "164", "95 tot 99",
              "50 procent", "90 procent")  # fmt: skip
FROZEN = Frozen(date(2026, 5, 1), date(2026, 5, 21), date(2026, 5, 28), "/evaluatie/w/f")
WITHHELD = Withheld("evaluation-parent", "parents", "mei 2026", "/evaluatie/w/p")
WHOLE = Programme(62, 50, 2, 6.0, 180.0, 190.5, 0, 55, 40, 90, 30, 12, 8)
SCHOOL = Facts("2025-2026", "2026-2027", DAY, "De Kraanheide", "s1", (PLACE,), HOURS)
REGION = Facts("2025-2026", "2026-2027", DAY, programme=WHOLE)


def at(**changed: Any) -> Facts:
    """The school with another placement."""
    return replace(SCHOOL, places=(replace(PLACE, **changed),))


def agreed(**changed: Any) -> Facts:
    return at(agreed=replace(AGREED, **changed))


def hours(**changed: Any) -> Facts:
    return replace(SCHOOL, hours=replace(HOURS, **changed))


def shared(*, region: bool = False, **changed: Any) -> Facts:
    one = replace(SHARE, **changed)
    return replace(REGION if region else SCHOOL, shares=(one,), frozen=FROZEN)


def whole(**changed: Any) -> Facts:
    return replace(REGION, programme=replace(WHOLE, **changed))


def chosen(choice: Choice, status: str = "active") -> Facts:
    return replace(at(status=status), choice=choice)


ON, ELSE = Choice("continue", 4.5), Choice("other_role", None, date(2026, 10, 1))
WITH = Choice("analysis", partners=("Gemeente", "Directeur"))
WHEN: dict[str, tuple[list[Facts], list[Facts]]] = {
    "placement_period": ([at(status="ended")], [SCHOOL, at(status="vacant_funded")]),
    "placement_running": ([SCHOOL], [at(status="ended"), at(status="agreed"), at(status="paused"), REGION]),
    "placement_agreed": ([at(status="agreed")], [SCHOOL]),
    "placement_paused": ([at(status="paused")], [SCHOOL]),
    "placement_wanted": ([at(status="wanted")], [SCHOOL, at(status="click_conversation")]),
    "no_placement": ([replace(SCHOOL, places=())], [SCHOOL, REGION]),
    "click_conversation_planned": (
        [at(status="click_conversation", click_on=DAY)],
        [at(status="click_conversation"), at(click_on=DAY)],
    ),
    "click_conversation_to_plan": (
        [at(status="click_conversation")],
        [at(status="click_conversation", click_on=DAY), SCHOOL],
    ),
    "vacant_funded": (
        [at(status="vacant_funded")],
        [at(status="vacant_unfunded"), at(status="wanted"), SCHOOL],
    ),
    "vacant_unfunded": ([at(status="vacant_unfunded")], [at(status="vacant_funded"), SCHOOL]),
    "end_reason": (
        [at(status="ended", end_reason="school_stops", end_reason_label="School kiest om te stoppen")],
        [
            at(status="ended"),
            at(status="ended", end_reason="coach_absent", end_reason_label="Coach is afwezig"),
            at(status="ended", end_reason="no_click", end_reason_label="Pasten niet bij elkaar"),
            at(end_reason="school_stops", end_reason_label="School kiest om te stoppen"),
        ],
    ),
    "roles_and_tasks": (
        [agreed()],
        [agreed(roles=()), agreed(tasks=("Een",)), agreed(is_signed=False), SCHOOL],
    ),
    "role_and_task": (
        [agreed(tasks=("Een",))],
        [agreed(), agreed(tasks=()), agreed(tasks=("Een",), roles=())],
    ),
    "start_partners": ([agreed()], [agreed(partners=("Directeur",)), agreed(is_signed=False), SCHOOL]),
    "start_agreement_unsigned": (
        [agreed(is_signed=False)],
        [agreed(), SCHOOL, at(status="vacant_funded", agreed=replace(AGREED, is_signed=False))],
    ),
    "no_start_agreement": (
        [SCHOOL, at(status="ended")],
        [agreed(), agreed(is_signed=False), at(status="wanted")],
    ),
    "hours_equal_rule": (
        [hours(agreed=3.0), hours(agreed=3.2)],
        [SCHOOL, hours(pupils=None, rule=None), hours(agreed=None), replace(SCHOOL, hours=None)],
    ),
    "hours_differ_from_rule": (
        [SCHOOL, hours(agreed=2.5), hours(rule=3.0, agreed=3.25)],
        [hours(agreed=3.0), hours(agreed_because=()), hours(rule=None, pupils=None), hours(agreed=None)],
    ),
    "hours_differ_without_reason": (
        [hours(agreed_because=())],
        [SCHOOL, hours(agreed=3.0, agreed_because=())],
    ),
    "hours_used": (
        [SCHOOL, at(weeks_logged=8, weeks_total=10)],
        [
            at(weeks_logged=7, weeks_total=7),
            at(weeks_logged=28, weeks_total=36),
            at(used=None),
            at(status="wanted"),
        ],
    ),
    "hours_log_incomplete": (
        [at(weeks_logged=7, weeks_total=7), at(weeks_logged=28, weeks_total=36), at(weeks_logged=0)],
        [SCHOOL, at(weeks_logged=0, weeks_total=0), at(status="vacant_funded", weeks_logged=0)],
    ),
    "hours_needed": ([SCHOOL], [hours(needed=None), hours(needed_because=()), replace(SCHOOL, hours=None)]),
    "yields_chosen": ([agreed()], [agreed(yields=()), agreed(is_signed=False), SCHOOL]),
    "yield_reviewed": (
        [agreed(yields=(Yield("y1", "Eerder hulp", "seen", DAY),))],
        [agreed(), agreed(is_signed=False, yields=(Yield("y1", "Eerder hulp", "seen", DAY),))],
    ),
    "yield_not_reviewed": (
        [agreed()],
        [
            agreed(review_on=None),
            agreed(review_on=DAY),
            agreed(yields=(Yield("y1", "x", "seen", DAY),)),
            agreed(is_signed=False),
        ],
    ),
    "teachers_share": ([shared(), shared(region=True)], [SCHOOL, shared(group="parents")]),
    "parents_share": ([shared(group="parents")], [shared(), SCHOOL]),
    "ib_director_share": (
        [shared(region=True, group="ib"), shared(region=True, group="directors")],
        [shared(group="ib"), shared(region=True), REGION],
    ),
    "share_interval": ([shared(), shared(group="parents"), shared(region=True, group="ib")], [SCHOOL]),
    "share_nonresponse": ([shared()], [shared(invited=None), shared(reach_low=None), SCHOOL]),
    "same_as_last_year": (
        [shared(previous=Previous("75 procent", True))],
        [shared(previous=Previous("40 procent", False)), shared()],
    ),
    "other_than_last_year": (
        [shared(previous=Previous("40 procent", False))],
        [shared(previous=Previous("75 procent", True)), shared()],
    ),
    "too_few_answers": ([replace(SCHOOL, withheld=(WITHHELD,))], [SCHOOL, shared()]),
    "named_forms_discussed": ([replace(SCHOOL, named_talk=DAY)], [SCHOOL, replace(REGION, named_talk=DAY)]),
    "no_cause": ([SCHOOL, REGION, replace(SCHOOL, places=(), hours=None)], []),
    "period_and_freeze": ([shared()], [SCHOOL, replace(SCHOOL, frozen=FROZEN, withheld=(WITHHELD,))]),
    "programme_coverage": ([REGION], [whole(schools=0), SCHOOL]),
    "programme_vacant": ([REGION], [whole(vacant=1), whole(vacant=0)]),
    "programme_agreements": ([REGION], [whole(places=1), whole(places=0)]),
    "programme_hours": ([REGION], [whole(uncounted=1), whole(covered=0)]),
    "programme_hours_uncounted": ([whole(uncounted=1)], [REGION, whole(covered=0, uncounted=1)]),
    "programme_yields": ([REGION], [whole(seen=0, partly=0, not_yet=0)]),
    "propose_continue": (
        [chosen(ON)],
        [SCHOOL, chosen(Choice("continue")), chosen(Choice("more_hours", 5.0))],
    ),
    "propose_more_hours": ([chosen(Choice("more_hours", 5.0))], [SCHOOL, chosen(ON)]),
    "propose_fewer_hours": ([chosen(Choice("fewer_hours", 3.0))], [SCHOOL, chosen(ON)]),
    "propose_review_role": ([chosen(ELSE)], [SCHOOL, chosen(Choice("other_role")), chosen(ON)]),
    "propose_wider_plan": ([chosen(WITH)], [SCHOOL, chosen(Choice("analysis")), chosen(ON)]),
    "propose_find_coach": (
        [chosen(replace(ON, find_coach=True), status) for status in ("vacant_funded", "click_conversation")],
        [chosen(replace(ON, find_coach=True)), chosen(ON, "vacant_funded"), SCHOOL],
    ),
}


def keys(facts: Facts) -> list[str]:
    return [one.key for one in draft(facts, book())]


def one(facts: Facts, key: str) -> Drafted:
    return next(each for each in draft(facts, book()) if each.key == key)


def test_every_sentence_stands_in_the_table() -> None:
    assert set(WHEN) == {each.key for each in book().sentences}
    assert [key for key, (_, without) in WHEN.items() if not without] == ["no_cause"]


@pytest.mark.parametrize("key", WHEN)
def test_a_sentence_appears_when_its_rule_holds_and_only_then(key: str) -> None:
    with_it, without = WHEN[key]
    assert all(key in keys(facts) for facts in with_it)
    assert not [facts for facts in without if key in keys(facts)]


@pytest.mark.parametrize("key", WHEN)
def test_a_sentence_is_filled_with_exactly_its_fields(key: str) -> None:
    for facts in WHEN[key][0]:
        found = one(facts, key)
        assert set(found.fields) == set(book().sentence(key).fields)
        assert all(found.fields.values())
        assert "{" not in found.words


@pytest.mark.parametrize("key", [each.key for each in book().sentences if each.view != "none"])
def test_a_sentence_with_a_number_says_over_what_period_and_where_it_stands(key: str) -> None:
    found = one(WHEN[key][0][0], key)
    assert found.source.startswith(("/inzet", "/evaluatie"))
    assert found.period


def test_every_share_is_followed_by_its_interval_and_who_did_not_answer() -> None:
    two = (SHARE, replace(SHARE, about="w/teacher/clear", statement="Het is helder"))
    facts = replace(SCHOOL, shares=two, frozen=FROZEN)
    evaluation = [(each.key, each.about) for each in draft(facts, book()) if each.section == "evaluation"]
    assert evaluation == [
        (key, share.about)
        for share in two
        for key in ("teachers_share", "share_interval", "share_nonresponse")
    ]


def test_the_sections_come_in_the_order_of_the_document() -> None:
    facts = replace(agreed(), shares=(SHARE,), frozen=FROZEN, choice=ON)
    sections = list(dict.fromkeys(each.section for each in draft(facts, book())))
    assert sections == ["placement", "hours", "yields", "evaluation", "limits", "proposal"]


def test_two_coaches_at_a_school_are_told_apart_and_stay_together() -> None:
    cleo = replace(PLACE, id="p2", coach="coach Cleo", agreed=AGREED)
    facts = replace(SCHOOL, places=(replace(PLACE, coach="coach Ana", agreed=AGREED), cleo))
    about = [each.about for each in draft(facts, book()) if each.section == "placement"]
    assert about == ["p1"] * 3 + ["p2"] * 3


def test_no_number_of_who_answered_stands_where_too_few_did() -> None:
    found = one(replace(SCHOOL, withheld=(WITHHELD,)), "too_few_answers")
    assert not any(sign.isdigit() for sign in found.words)
    assert found.n == ""


def test_two_yields_of_one_kind_are_numbered() -> None:
    two = (Yield("y1", "Eerder hulp", "seen", DAY), Yield("y2", "Eerder hulp", "not_yet", DAY))
    words = [each.words for each in draft(agreed(yields=two), book()) if each.key == "yield_reviewed"]
    assert [("(1)" in words[0], "(2)" in words[1]), len(words)] == [(True, True), 2]


def test_no_proposal_stands_before_a_person_chose() -> None:
    for facts in (SCHOOL, agreed(), shared(), REGION, at(status="vacant_funded")):
        assert not [each for each in draft(facts, book()) if each.section == "proposal"]
