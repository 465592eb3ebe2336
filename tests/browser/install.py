"""Debian's Chromium: how it is started, and installed where tests may not do without it (CI=true)."""

import os
import shutil
import subprocess
import sys

REQUIRED = os.environ.get("CI") == "true"
PACKAGE = "chromium-headless-shell"  # the same engine without windows: a third less to compute

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
    return shutil.which(PACKAGE) or shutil.which("chromium")


def main() -> int:
    """Install Chromium when it is missing and required; say so when browser tests will be skipped."""
    if shutil.which(PACKAGE) or (find() and not REQUIRED):
        return 0
    if not REQUIRED:
        print(f"No Chromium here: browser tests are skipped. Install it with: apt-get install {PACKAGE}")
        return 0
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=not find(), env=quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", PACKAGE], check=not find(), env=quiet)
    return 0


if __name__ == "__main__":
    sys.exit(main())
