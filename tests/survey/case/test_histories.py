"""Random histories of a case against a small model of it: what is accepted, and who sees it.

The model knows the rules in words of its own and none of the code: a pupil answers only while everyone whose
word counts agrees; what ended once never opens again; a case and its private lines are their coach's alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import hypothesis.strategies as st
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from survey.access import actions as access
from survey.access.permissions import Role
from survey.case import actions as cases
from survey.case import reports
from survey.case.agreement import Given
from survey.case.ending import closing, handover
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.checkin import links
from survey.checkin.actions import Closed, MayNotAsk
from survey.database import SqliteEngine, new_key
from survey.people import actions as people
from survey.questionnaire.definition import Family
from survey.talk import reports as talks
from tests.conftest import Clock, Member, scope_of
from tests.survey.case.driving import open_case, replies

KINDS = st.sampled_from(("parent", "pupil", "pupil", "teacher"))
YES_NO = st.sampled_from(("yes", "yes", "no", None))
WHICH = st.integers(0, 30)


@dataclass
class Link:
    """A link as its holder knows it."""

    token: str
    kind: str
    until: datetime
    is_over: bool = False
    answer: int | None = None


@dataclass
class Model:
    """What should be so."""

    coach: Member
    agreed: bool = False
    is_closed: bool = False
    is_alone: bool = False  # the coach left
    stopped: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    cards: dict[str, str] = field(default_factory=dict)
    line: str | None = None

    def hears(self, kind: str) -> bool:
        return not self.is_closed and not self.is_alone and (kind != "pupil" or self.agreed)

    def may_ask(self, kind: str) -> bool:
        return self.hears(kind) and kind not in self.stopped

    def takes(self, link: Link, at: datetime) -> bool:
        """Whether an answer on this link is kept, if it is the first."""
        return not link.is_over and at < link.until and self.may_ask(link.kind)

    def end_links(self, *kinds: str) -> None:
        for link in self.links:
            link.is_over = link.is_over or not kinds or link.kind in kinds

    def change_hands(self, coach: Member) -> None:
        self.coach, self.agreed, self.is_alone, self.line = coach, False, False, None
        self.end_links()
        self.cards.clear()


def agrees(band: str, first: str | None, second: str | None, pupil: str | None) -> bool:
    """In words of our own: both parents, or the only one; from twelve on the pupil too."""
    return first == "yes" and second in ("yes", "not_applicable") and (band == "under_12" or pupil == "yes")


class Histories(RuleBasedStateMachine):
    """One case of two coaches at a school, from its first day on."""

    app: Flask
    engine: SqliteEngine
    clock: Clock
    lead: Member
    school_of: Callable[..., str]

    @initialize()
    def open(self) -> None:
        self.visitor = self.app.test_client()
        self.coaches: list[Member] = []
        self.gone: set[Member] = set()
        self.school = f"school-{new_key()}"
        self.engine.insert("school", {"id": self.school, "name": self.school, "place": "Veenrand"})
        self.model = Model(self.add_coach())
        self.case = open_case(self.app, self.engine, self.clock, school=self.school, coach=self.model.coach)

    def add_coach(self) -> Member:
        email = f"{new_key()}@example.org"
        key = people.add_person(
            self.engine, name="Coach", email=email, roles=[Role.COACH], by=None, at=self.clock()
        )
        self.engine.insert(
            "placement",
            {
                "id": key,
                "school_id": self.school,
                "person_id": key,
                "starts_on": "2025-08-01",
                "ends_on": None,
            },
        )
        self.coaches.append(Member(key, "Coach", email))
        return self.coaches[-1]

    def _link(self, which: int) -> Link | None:
        self.clock.forward(seconds=1)
        return self.model.links[which % len(self.model.links)] if self.model.links else None

    @property
    def _can_act(self) -> bool:
        return not self.model.is_closed and not self.model.is_alone

    @property
    def _has_lived(self) -> bool:
        """Enough happened under this coach: changes of hands are rarer than questions."""
        return len(self.model.links) >= 2 * len(self.coaches)

    @rule(hours=st.sampled_from((1, 1, 30, 24 * 8)))
    def time_passes(self, hours: int) -> None:
        self.clock.forward(hours=hours)

    @precondition(lambda self: self._can_act)
    @rule(
        band=st.sampled_from(("under_12", "12_to_15")),
        first=YES_NO,
        second=st.sampled_from(("yes", "yes", "no", "not_applicable", None)),
        pupil=YES_NO,
    )
    def note_agreement(self, band: str, first: str | None, second: str | None, pupil: str | None) -> None:
        pupil = pupil if band == "12_to_15" else None
        given = Given(band, first, second, pupil, self.clock().date())
        cases.note_agreement(
            self.engine, case_id=self.case.id, given=given, by=self.model.coach.id, at=self.clock()
        )
        self.model.agreed = agrees(band, first, second, pupil)
        if not self.model.agreed:
            self.model.end_links("pupil")

    @precondition(lambda self: self._can_act)
    @rule()
    def withdraw(self) -> None:
        self.case.withdraw(self.model.coach)
        self.model.agreed = False
        self.model.end_links("pupil")

    @rule(kind=KINDS, family=st.sampled_from(list(Family)))
    def ask(self, kind: str, family: Family) -> None:
        try:
            token = self.case.ask(self.model.coach, kind, family)
        except MayNotAsk:
            assert not self.model.may_ask(kind)
            return
        assert self.model.may_ask(kind)
        self._asked(token, kind)

    def _asked(self, token: str, kind: str) -> None:
        hours = self.app.config["SETTINGS"].CHECKIN_LINK_HOURS
        self.model.links.append(Link(token, kind, self.clock() + timedelta(hours=hours)))

    @rule(which=WHICH, value=st.integers(0, 4))
    def answer(self, which: int, value: int) -> None:
        link = self._link(which)
        if link is None:
            return
        is_new = link.answer is None
        may = self.model.takes(link, self.clock())
        before = self._stored()
        status = self.visitor.post(f"/c/{link.token}", data=replies(self.app, link.token, value)).status_code
        assert self._stored() - before == (is_new and may), "an answer was kept that should not, or lost"
        if is_new and may:
            link.answer = value
        elif not is_new:
            assert status == (303 if value == link.answer else 409), (
                "a replay is thanked, another answer refused"
            )

    def _stored(self) -> int:
        row = self.engine.one("SELECT count(*) AS n FROM checkin")
        assert row
        return int(row["n"])

    @rule(which=WHICH)
    def say_stop(self, which: int) -> None:
        link = self._link(which)
        if link is None:
            return
        try:
            checkins.stop(self.engine, token=link.token, clock=self.clock)
        except Closed:
            return
        if link.answer is None:
            self.model.stopped.add(link.kind)

    @rule(which=WHICH)
    def go_on(self, which: int) -> None:
        link = self._link(which)
        if link is None:
            return
        try:
            checkins.go_on(self.engine, token=link.token, clock=self.clock)
        except Closed:
            return
        if link.answer is None:
            self.model.stopped.discard(link.kind)

    @precondition(lambda self: self._can_act)
    @rule(kind=KINDS)
    def may_be_asked_again(self, kind: str) -> None:
        who, by = Who(kind, 1), scope_of(self.model.coach)
        cases.resume(self.engine, case_id=self.case.id, who=who, by=by, at=self.clock())
        if kind in self.model.stopped:
            self.model.stopped.discard(kind)
            self.model.end_links(kind)
            self.model.cards.pop(kind, None)

    @precondition(lambda self: self._can_act)
    @rule(kind=KINDS)
    def make_card(self, kind: str) -> None:
        informant = self.case.informant(kind)
        by = self.model.coach.id
        try:
            with self.app.app_context():
                card = checkins.make_card(self.engine, informant_id=informant, by=by, at=self.clock())
        except MayNotAsk:
            assert not self.model.may_ask(kind)
            return
        assert self.model.may_ask(kind)
        self.model.cards[kind] = card.address.rpartition("/")[2]

    @rule(which=WHICH)
    def use_card(self, which: int) -> None:
        """A card makes a link only for someone who may be asked."""
        self.clock.forward(seconds=1)
        if not self.model.cards:
            return
        kind = sorted(self.model.cards)[which % len(self.model.cards)]
        reply = self.visitor.post(f"/k/{self.model.cards[kind]}")
        known = {link.token for link in self.model.links}
        token = (reply.location or "").partition("/c/")[2].partition("?")[0]
        if token:
            assert self.model.may_ask(kind)
        if token and token not in known:
            self._asked(token, kind)

    @precondition(lambda self: self._can_act)
    @rule()
    def write_a_line(self) -> None:
        self.model.line = f"alleen voor {self.model.coach.id}"
        self.case.write(self.model.coach, self.model.line)

    @precondition(lambda self: self._can_act and self._has_lived)
    @rule()
    def hand_over(self) -> None:
        to, by = self.add_coach(), self.model.coach
        handover.hand_over(self.engine, case_ids=[self.case.id], to=to.id, by=by.id, at=self.clock())
        self.model.change_hands(to)

    @precondition(lambda self: self._can_act and self._has_lived)
    @rule()
    def coach_leaves(self) -> None:
        people.leave(self.engine, person_id=self.model.coach.id, at=self.clock(), by=None)
        self.gone.add(self.model.coach)
        self.model.is_alone = True

    @precondition(lambda self: self.model.is_alone)
    @rule()
    def lead_passes_on(self) -> None:
        to = self.add_coach()
        number = handover.pass_on(
            self.engine, school_id=self.school, to=to.id, by=self.lead.id, at=self.clock()
        )
        assert number == (not self.model.is_closed)
        if number:
            self.model.change_hands(to)

    @precondition(lambda self: self._can_act and self._has_lived and len(self.coaches) > 1)
    @rule()
    def close(self) -> None:
        closing.close(
            self.engine,
            case_id=self.case.id,
            outcome="moved",
            reason=None,
            helped=None,
            line="",
            by=self.model.coach.id,
            at=self.clock(),
        )
        self.model.is_closed = True
        self.model.end_links()
        self.model.cards.clear()

    @invariant()
    def a_link_that_ended_never_opens_again(self) -> None:
        for link in self.model.links if hasattr(self, "model") else ():
            if link.answer is None:
                found = links.find(self.engine, link.token, at=self.clock())
                is_open = found is not None and not found.is_stopped
                assert is_open == self.model.takes(link, self.clock())

    @invariant()
    def only_the_coach_finds_the_case_and_the_line(self) -> None:
        for member in getattr(self, "coaches", []):
            scope = scope_of(member)
            is_coach = member == self.model.coach
            assert (reports.case(self.engine, scope, self.case.code) is not None) == is_coach
            lines = list(talks.notes(self.engine, scope, self.case.id).values())
            assert lines == ([self.model.line] if is_coach and self.model.line else [])

    def teardown(self) -> None:
        """At the end the newest coaches who are here open the page."""
        for member in [one for one in getattr(self, "coaches", []) if one not in self.gone][-3:]:
            token = access.issue_link(self.engine, person_id=member.id, at=self.clock())
            client = self.app.test_client()
            assert client.post(f"/inloggen/{token}").status_code == 303
            page = client.get(self.case.page)
            assert page.status_code == (200 if member == self.model.coach else 404)


def test_no_history_lets_a_pupil_answer_without_agreement_or_a_stranger_look(
    app: Flask, engine: SqliteEngine, clock: Clock, lea: Member
) -> None:
    kind = type("Driven", (Histories,), {"app": app, "engine": engine, "clock": clock, "lead": lea})
    run(
        kind,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
