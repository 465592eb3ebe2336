"""Debian's chromium: how it is started, and installed where tests may not do without it (CI=true)."""

import os
import shutil
import subprocess
import sys

REQUIRED = os.environ.get("CI") == "true"


FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """Where Chromium is, if it is installed."""
    return shutil.which("chromium")


def main() -> int:
    """Install chromium when it is missing and required; say so when browser tests will be skipped."""
    if find():
        return 0
    if not REQUIRED:
        print("No chromium here: browser tests are skipped. Install it with: apt-get install chromium")
        return 0
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True, env=quiet)
    return 0


if __name__ == "__main__":
    sys.exit(main())
