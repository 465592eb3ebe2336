"""Random histories of a case against a small model of it: what is accepted, and who sees it."""

from collections import Counter
from random import Random

import hypothesis.strategies as st
from flask import Flask
from hypothesis import given, settings

from survey.database import SqliteEngine
from tests.conftest import Clock, Member
from tests.survey.case.history import History

STEPS = 40
RARE = ("hand_over", "coach_leaves", "pass_on", "close", "withdraw", "use_card", "say_stop", "go_on")


def test_no_history_lets_a_pupil_answer_without_agreement_or_a_stranger_look(
    app: Flask, engine: SqliteEngine, clock: Clock, lea: Member
) -> None:
    happened: Counter[str] = Counter()

    @settings(max_examples=25, deadline=None)
    @given(random=st.randoms(use_true_random=True))
    def live(random: Random) -> None:
        history = History(app, engine, clock, lea, random)
        for _ in range(STEPS):
            happened[history.step()] += 1
            history.check()
        history.look()
        for link in history.model.links:
            happened[f"{link.kind} {'refused' if link.answer is None else 'answered'}"] += 1

    live()
    # A search that never gets there finds nothing.
    assert [act for act in (*RARE, "pupil answered", "pupil refused") if not happened[act]] == []
