"""What every browser test stands on: the machine's own Chromium, driven by pytest-playwright's `page`."""

from typing import Any

import pytest

from tests.services import chromium


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Playwright has no browser of its own here."""
    return chromium.launch_args()
