"""The triangle of a placement, for its coach: hours and role, the evaluation, own growth."""
