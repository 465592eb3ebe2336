"""Forms with a name on them: read by that coach and the lead, and talked about."""
