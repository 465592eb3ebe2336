"""Tests of the files, models and forms of questionnaires."""
