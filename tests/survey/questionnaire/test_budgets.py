"""Time budgets, each against other work in the same run, so that a busy machine does not decide."""

from collections.abc import Callable
from time import process_time
from timeit import repeat

from werkzeug.datastructures import MultiDict

from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.files import read
from survey.questionnaire.form import form_for, read_reply


def best_of(runs: int, act: Callable[[], object]) -> float:
    """Seconds of computing of the fastest run: what others do on this machine does not count."""
    return min(repeat(act, timer=process_time, repeat=runs, number=1))


def test_checking_the_catalog_takes_less_time_than_parsing_its_files_twice() -> None:
    # To load is to parse and to check.
    assert best_of(5, load) < 3 * best_of(5, read)


def test_a_form_class_is_built_faster_than_the_files_are_read(catalog: Catalog) -> None:
    form = catalog.reflection("kansencoach")
    assert best_of(10, lambda: form_for.__wrapped__(form, required=True)) < best_of(5, read)


def test_ten_checks_are_read_faster_than_the_files(catalog: Catalog) -> None:
    form = catalog.get("relationship-parent")
    posted = MultiDict([("w1", "0"), ("w2", "1"), ("w3", "3"), ("w4", "4")])
    assert best_of(20, lambda: [read_reply(form, posted) for _ in range(10)]) < best_of(5, read)
