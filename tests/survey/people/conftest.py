"""What the tests of people share: a lead at her device."""

import pytest

from tests.client import HouseClient
from tests.conftest import Member, Signed


@pytest.fixture
def leas(as_: Signed, lea: Member) -> HouseClient:
    return as_(lea)
