"""SQL of the health check: a real write, because a full disk still reads."""

from survey.database import Engine


def beat(engine: Engine, *, at: str) -> None:
    engine.run(
        "INSERT INTO setting (name, value) VALUES ('health', :at) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"at": at},
    )
