"""A result is made once, also when many ask, and kept while what it was made of stays the same."""

from threading import Event, Thread

import pytest

from survey.cohort.numbers.kept import Kept


def test_one_makes_a_result_while_others_wait_for_it() -> None:
    kept, begun, go_on, made = Kept[str](2), Event(), Event(), list[str]()

    def make() -> str:
        made.append("made")
        begun.set()
        go_on.wait(10)
        return "result"

    found = list[str]()
    threads = [Thread(target=lambda: found.append(kept.of("state", make))) for _ in range(5)]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    assert kept.of("other state", lambda: "other") == "other", "another state waits for nobody"
    go_on.set()
    for thread in threads:
        thread.join()
    assert (made, found) == (["made"], ["result"] * 5)


def test_a_result_that_failed_is_tried_again_and_old_states_are_let_go() -> None:
    kept = Kept[int](2)
    with pytest.raises(ZeroDivisionError):
        kept.of("a", lambda: 1 // 0)
    assert kept.of("a", lambda: 1) == 1
    assert kept.of("b", lambda: 2) == 2
    assert kept.of("a", lambda: 9) == 1
    assert kept.of("c", lambda: 3) == 3
    assert kept.of("a", lambda: 9) == 1
    assert kept.of("b", lambda: 4) == 4, "b was asked for longest ago"
