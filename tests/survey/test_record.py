"""Records behave as frozen dataclasses with slots, whatever they hold."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from survey.record import record


@record
class Talk:
    """One talk."""

    coach: str
    minutes: int = 30
    notes: list[str] = field(default_factory=list)
    read_by: str = field(default="", compare=False)

    @property
    def is_long(self) -> bool:
        """Whether it took more than an hour."""
        return self.minutes > 60


@dataclass(frozen=True, slots=True)
class Standard:
    """The same by the standard library."""

    coach: str
    minutes: int = 30
    notes: list[str] = field(default_factory=list)
    read_by: str = field(default="", compare=False)


@record
class Named:
    """A record with an equality and words of its own."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.name.lower() == other.name.lower()

    def __hash__(self) -> int:
        return hash(self.name.lower())

    def __repr__(self) -> str:
        return self.name


@record
class Point:
    """A record that can be a key."""

    x: int
    y: int


@pytest.mark.parametrize(
    "given",
    [
        {"coach": "Marit"},
        {"coach": "Marit", "minutes": 45},
        {"coach": "Marit", "notes": ["kort"], "read_by": "Ineke"},
    ],
)
def test_a_record_holds_and_tells_what_a_frozen_dataclass_would(given: Mapping[str, object]) -> None:
    ours, theirs = Talk(**given), Standard(**given)  # type: ignore[arg-type]  # a table of arguments
    assert asdict(ours) == asdict(theirs)
    assert repr(ours) == repr(theirs).replace("Standard", "Talk")
    assert [each.name for each in fields(Talk)] == [each.name for each in fields(Standard)]
    assert Talk.__match_args__ == Standard.__match_args__


def test_values_go_by_place_and_by_name() -> None:
    assert Talk("Marit", 45) == Talk(coach="Marit", minutes=45)
    assert not Talk("Marit").is_long


@pytest.mark.parametrize("given", [{}, {"coach": "Marit", "place": "school"}])
def test_a_missing_or_unknown_value_is_refused(given: Mapping[str, object]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        Talk(**given)  # type: ignore[arg-type]  # that is what is refused


def test_every_record_has_a_list_of_its_own() -> None:
    first, second = Talk("Marit"), Talk("Lieke")
    first.notes.append("kort")
    assert second.notes == []


def test_nothing_of_a_record_changes() -> None:
    talk = Talk("Marit")
    with pytest.raises(FrozenInstanceError, match="'minutes'"):
        talk.minutes = 45  # type: ignore[misc]  # that is what is refused
    with pytest.raises(FrozenInstanceError, match="'place'"):
        talk.place = "school"  # type: ignore[attr-defined]  # that is what is refused
    with pytest.raises(FrozenInstanceError, match="'coach'"):
        del talk.coach
    assert talk == Talk("Marit")
    assert not hasattr(talk, "__dict__")


def test_a_changed_copy_is_another_record() -> None:
    talk = Talk("Marit", notes=["kort"])
    assert replace(talk, minutes=90) == Talk("Marit", 90, ["kort"])
    assert talk.minutes == 30


def test_equal_are_records_of_one_kind_with_equal_values() -> None:
    assert Talk("Marit", read_by="Ineke") == Talk("Marit")
    assert Talk("Marit") != Talk("Lieke")
    pair: object = (1, 2)
    assert Point(1, 2) != pair
    assert len({Point(1, 2), Point(1, 2), Point(2, 1)}) == 2


def test_a_record_that_holds_a_list_is_no_key() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Talk("Marit"))


def test_what_a_record_says_about_itself_stays() -> None:
    assert Named("Marit") == Named("MARIT")
    assert hash(Named("Marit")) == hash(Named("MARIT"))
    assert repr(Named("Marit")) == "Marit"
