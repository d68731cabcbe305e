"""The machine's own Chromium for the browser tests; Playwright's own download is never used."""

import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "No Chromium on PATH: install Debian's package chromium (apt-get install chromium) to run browser tests."


def path() -> str | None:
    """Where the first browser found on PATH stands; CHROMIUM names another one."""
    candidates = (os.environ.get("CHROMIUM", ""), *NAMES)
    return next((found for name in candidates if name and (found := shutil.which(name))), None)


def launch_args() -> dict[str, Any]:
    """What Playwright's `launch` is told. The sandbox needs a user namespace that root in a container lacks."""
    return {"executable_path": path(), "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]}
