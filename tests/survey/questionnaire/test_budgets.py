"""Time budgets, each against other work in the same run, so that a busy machine does not decide."""

from collections.abc import Callable
from time import perf_counter

from werkzeug.datastructures import MultiDict

from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.files import read
from survey.questionnaire.form import form_for, read_reply


def best_of(runs: int, act: Callable[[], object]) -> float:
    """Milliseconds of the fastest run."""

    def once() -> float:
        start = perf_counter()
        act()
        return 1000 * (perf_counter() - start)

    return min(once() for _ in range(runs))


def test_checking_the_catalog_takes_less_time_than_parsing_its_files_twice() -> None:
    # About 16 ms on two busy cores, 10 of them in tomllib; the ratio holds on any machine.
    assert best_of(10, load) < 3 * best_of(10, read)


def test_a_form_class_is_built_faster_than_the_files_are_read(catalog: Catalog) -> None:
    form = catalog.reflection("kansencoach")
    assert best_of(20, lambda: form_for.__wrapped__(form, required=True)) < best_of(10, read)


def test_ten_checks_are_read_faster_than_the_files(catalog: Catalog) -> None:
    form = catalog.get("relationship-parent")
    posted = MultiDict([("w1", "0"), ("w2", "1"), ("w3", "3"), ("w4", "4")])
    assert best_of(50, lambda: [read_reply(form, posted) for _ in range(10)]) < best_of(10, read)
