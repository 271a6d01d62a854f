"""What several files here need: a road that letters can be held up on."""

from __future__ import annotations

import pytest

from tests.bot.gate import Gate


@pytest.fixture
def gate() -> Gate:
    """A road that is free."""
    return Gate()
