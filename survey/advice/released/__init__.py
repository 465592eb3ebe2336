"""What frozen releases of the evaluation say, as facts of an advice; here alone an advice meets analysis."""
