"""The act of bringing counts and publications along into a backup that was made before them."""

from survey.database import Engine
from survey.evaluation.restoring import store


def bring_along(engine: Engine) -> None:
    """What was counted since the backup stays counted, and what was published stays as it is.

    A second count would be of other answers, and whoever subtracts the two has those of a few. `engine` has
    the backup as `main` and what stood in its place as `was`.
    """
    with engine.atomic():
        store.bring_windows(engine)
        store.bring_answers(engine)
        store.bring_published(engine)
        store.mark_counted(engine)
