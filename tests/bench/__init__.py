"""`make bench`: every budget of the project against a limit measured in the same run."""
