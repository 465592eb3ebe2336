"""The school holidays this installation goes by."""

from pathlib import Path

from survey.current import settings
from survey.rhythm import holidays
from survey.rhythm.holidays import Holidays


def school_holidays() -> Holidays:
    """As the file in the setting HOLIDAYS has them, or the shipped one. Raises BrokenCalendar."""
    return holidays.read(Path(settings().HOLIDAYS) if settings().HOLIDAYS else None)
