"""SQL of the limits."""

from survey.database import Engine


def count_hit(engine: Engine, *, subject: str, window_start: str) -> int:
    """Count one and return how many this window has seen, exact over all processes."""
    row = engine.one(
        """
        INSERT INTO rate_limit (subject, window_start, hits) VALUES (:subject, :window_start, 1)
        ON CONFLICT (subject, window_start) DO UPDATE SET hits = rate_limit.hits + 1
        RETURNING hits
        """,
        {"subject": subject, "window_start": window_start},
    )
    return int(row["hits"]) if row else 0


def forget_hits(engine: Engine, *, before: str) -> None:
    """Drop windows that count no more."""
    engine.run("DELETE FROM rate_limit WHERE window_start < :before", {"before": before})
