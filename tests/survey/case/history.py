"""One case to which anything may happen, held against the model of it after every step."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from flask import Flask

from survey.access import actions as access
from survey.access.permissions import Role
from survey.case import actions as cases
from survey.case import reports
from survey.case.agreement.rules import Given
from survey.case.ending import closing, handover
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.checkin import links
from survey.checkin.actions import Closed, MayNotAsk
from survey.database import SqliteEngine, new_key
from survey.people import actions as people
from survey.questionnaire.vocabulary import Family
from survey.talk import reports as talks
from tests.conftest import Clock, Member, scope_of
from tests.survey.case.driving import open_case, replies
from tests.survey.case.model import Card, Link, Model, agrees

KINDS = ("parent", "pupil", "pupil", "pupil", "teacher")
BANDS = ("under_12", "12_to_15")
FIRST = ("yes", "yes", "yes", "yes", "no", None)
SECOND = ("yes", "yes", "yes", "not_applicable", "no", None)


class History:
    """One case at a school where a new coach comes whenever one is needed."""

    def __init__(self, app: Flask, engine: SqliteEngine, clock: Clock, lead: Member, random: Random) -> None:
        self.app, self.engine, self.clock, self.lead, self.random = app, engine, clock, lead, random
        self.visitor = app.test_client()
        self.coaches: list[Member] = []
        self.gone: set[Member] = set()
        self.school = f"school-{new_key()}"
        engine.insert("school", {"id": self.school, "name": self.school, "place": "Veenrand"})
        self.model = Model(self.add_coach())
        self.case = open_case(app, engine, clock, school=self.school, coach=self.model.coach)

    def add_coach(self) -> Member:
        email = f"{new_key()}@example.org"
        key = people.add_person(
            self.engine, name="Coach", email=email, roles=[Role.COACH], by=None, at=self.clock()
        )
        works = {"id": key, "school_id": self.school, "person_id": key, "starts_on": "2025-08-01"}
        self.engine.insert("placement", works | {"school_year": "2025-2026", "status": "active"})
        self.coaches.append(Member(key, "Coach", email))
        return self.coaches[-1]

    def step(self) -> str:
        """One thing that happens, likelier ones more often; its name."""
        likely = [self.ask] * 6 + [self.answer] * 8 + [self.use_card] * 2
        likely += [self.time_passes, self.say_stop, self.go_on]
        if self.model.has_coach:
            likely += [self.withdraw, self.make_card, self.write_a_line, self.hand_over, self.coach_leaves]
            likely += [self.note_agreement] * (1 if self.model.agreed else 6)
            likely += [self.ask_again] * 4 * len(self.model.stopped)
        if self.model.has_coach and len(self.coaches) > 1:
            likely += [self.close] * 2
        if self.model.is_alone:
            likely += [self.pass_on] * 8
        happens = self.random.choice(likely)
        self.clock.forward(seconds=1)
        happens()
        return happens.__name__

    def _drawn_link(self) -> Link | None:
        """One of the last few links, half of the time one that is open."""
        usable = [link for link in self.model.links if self.model.takes(link, self.clock())]
        if usable and self.random.random() < 0.5:
            return self.random.choice(usable)
        return self.random.choice(self.model.links[-4:]) if self.model.links else None

    def time_passes(self) -> None:
        self.clock.forward(hours=self.random.choice((1, 1, 30, 24 * 8)))

    def note_agreement(self) -> None:
        said = (
            self.random.choice(BANDS),
            self.random.choice(FIRST),
            self.random.choice(SECOND),
            self.random.choice(FIRST),
        )
        band, first, second, pupil = said
        given = Given(band, first, second, pupil if band == "12_to_15" else None, self.clock().date())
        cases.note_agreement(
            self.engine, case_id=self.case.id, given=given, by=self.model.coach.id, at=self.clock()
        )
        self.model.agreed = agrees(*said)
        if not self.model.agreed:
            self.model.end_links("pupil")

    def withdraw(self) -> None:
        self.case.withdraw(self.model.coach)
        self.model.agreed = False
        self.model.end_links("pupil")

    def ask(self) -> None:
        kind = self.random.choice(KINDS)
        may = self.model.may_ask(kind)
        try:
            token = self.case.ask(self.model.coach, kind, self.random.choice(list(Family)))
        except MayNotAsk:
            assert not may
            return
        assert may
        self._asked(token, kind)

    def _asked(self, token: str, kind: str) -> None:
        hours = self.app.config["SETTINGS"].CHECKIN_LINK_HOURS
        self.model.links.append(Link(token, kind, self.clock() + timedelta(hours=hours)))

    def answer(self) -> None:
        link = self._drawn_link()
        if link is None:
            return
        value = self.random.choice((1, 3))
        may = link.answer is None and self.model.takes(link, self.clock())
        before = self._stored()
        status = self.visitor.post(f"/c/{link.token}", data=replies(self.app, link.token, value)).status_code
        assert self._stored() - before == may, "an answer was kept that should not be, or was lost"
        if link.answer is not None:
            is_known = self.model.recognises(link, self.clock()) and value == link.answer
            assert status == (303 if is_known else 409), "thanks for a replay, no to another answer"
        if may:
            link.answer = value

    def _stored(self) -> int:
        row = self.engine.one("SELECT count(*) AS n FROM checkin")
        assert row
        return int(row["n"])

    def say_stop(self) -> None:
        self._with_link(checkins.stop, lambda kind: self.model.stopped.setdefault(kind, self.clock()))

    def go_on(self) -> None:
        self._with_link(checkins.go_on, self._after_all)

    def _after_all(self, kind: str) -> None:
        at = self.model.stopped.get(kind)
        if at is not None and self.clock() < at + links.SECOND_THOUGHTS:
            del self.model.stopped[kind]

    def _with_link(self, act: Callable[..., None], then: Callable[[str], object]) -> None:
        link = self._drawn_link()
        if link is None:
            return
        try:
            act(self.engine, token=link.token, clock=self.clock)
        except Closed:
            return
        if link.answer is None:
            then(link.kind)

    def ask_again(self) -> None:
        """The coach heard from someone who had said stop that they may be asked again."""
        kind = self.random.choice(sorted(self.model.stopped))
        who, by = Who(kind, 1), scope_of(self.model.coach)
        cases.resume(self.engine, case_id=self.case.id, who=who, by=by, at=self.clock())
        del self.model.stopped[kind]
        self.model.end_links(kind)
        self.model.end_cards(kind)

    def make_card(self) -> None:
        kind = self.random.choice(KINDS)
        informant, by = self.case.informant(kind), self.model.coach.id
        try:
            with self.app.app_context():
                card = checkins.make_card(self.engine, informant_id=informant, by=by, at=self.clock())
        except MayNotAsk:
            assert not self.model.may_ask(kind)
            return
        assert self.model.may_ask(kind)
        self.model.end_cards(kind)
        self.model.cards.append(Card(card.address.rpartition("/")[2], kind))

    def use_card(self) -> None:
        """A card leads to a form only for someone who may be asked."""
        if not self.model.cards:
            return
        card = self.random.choice(self.model.cards[-4:])
        reply = self.visitor.post(f"/k/{card.token}")
        token = (reply.location or "").partition("/c/")[2].partition("?")[0]
        if token:
            assert self.model.may_ask(card.kind)
            assert not card.is_over
            if token not in {link.token for link in self.model.links}:
                self._asked(token, card.kind)

    def write_a_line(self) -> None:
        self.model.line = f"alleen voor {self.model.coach.id}"
        self.case.write(self.model.coach, self.model.line)

    def hand_over(self) -> None:
        to, by = self.add_coach(), self.model.coach
        handover.hand_over(self.engine, case_ids=[self.case.id], to=to.id, by=by.id, at=self.clock())
        self.model.change_hands(to)

    def coach_leaves(self) -> None:
        people.leave(self.engine, person_id=self.model.coach.id, at=self.clock(), by=None)
        self.gone.add(self.model.coach)
        self.model.is_alone = True

    def pass_on(self) -> None:
        to = self.add_coach()
        number = handover.pass_on(
            self.engine, school_id=self.school, to=to.id, by=self.lead.id, at=self.clock()
        )
        assert number == 1
        self.model.change_hands(to)

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
        self.model.end_cards()

    def check(self) -> None:
        """After every step: links are open as they should, and only the coach finds the case and the line."""
        for link in self.model.links:
            if link.answer is None:
                found = links.find(self.engine, link.token, at=self.clock())
                is_open = found is not None and not found.is_stopped
                assert is_open == self.model.takes(link, self.clock())
        for member in self.coaches:
            is_coach = member == self.model.coach
            case = reports.case(self.engine, scope_of(member), self.case.code)
            assert (case is not None) == is_coach
            assert case is None or case.agreed == self.model.agreed == self._may_be_asked()
            lines = list(talks.notes(self.engine, scope_of(member), self.case.id).values())
            assert lines == ([self.model.line] if is_coach and self.model.line else [])

    def _may_be_asked(self) -> bool:
        """Whether the database lets the pupil be asked."""
        case = {"case": self.case.id}
        return self.engine.one("SELECT case_id FROM agreed_case WHERE case_id = :case", case) is not None

    def look(self) -> None:
        """At the end the newest coaches who are here open the page."""
        for member in [one for one in self.coaches if one not in self.gone][-2:]:
            token = access.issue_link(self.engine, person_id=member.id, at=self.clock())
            client = self.app.test_client()
            assert client.post(f"/inloggen/{token}").status_code == 303
            status = client.get(self.case.page).status_code
            assert status == (200 if member == self.model.coach else 404)
