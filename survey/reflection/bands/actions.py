"""The act that lets another SEM be in force for rounds to come."""

from collections.abc import Iterable
from datetime import datetime

from survey.access import audit
from survey.database import Engine
from survey.reflection.bands import store
from survey.reflection.bands.calibration import Calibration


def calibrate(engine: Engine, *, found: Iterable[Calibration], at: datetime) -> int:
    """Let each new SEM found hold for rounds that open from now; how many those were.

    Earlier rounds keep theirs. Raises Refused, and changes nothing, when somebody did so meanwhile.
    """
    renewed = [one for one in found if one.new is not None]
    with engine.atomic():
        for one in renewed:
            store.insert(engine, one.as_row(at))
            named = f"{one.profile}-{one.measure}-{one.version + 1}"
            audit.note(engine, act="growth-bands-renewed", by=None, at=at, object=named)
    return len(renewed)
