"""The shipped catalog, read once."""

import pytest

from survey.questionnaire.catalog import Catalog, load


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load()
