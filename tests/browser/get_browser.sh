#!/bin/sh
# Prints the path of a Chromium that starts; brings one where there is none.
#
# The system's own comes first, then its package, then the download of the Playwright in PYTHON
# (.venv/bin/python unless told). What these say goes to stderr: stdout is the path and nothing else.
set -eu

python="${PYTHON:-.venv/bin/python}"

# A name alone proves nothing: some systems put a note about another package in its place.
find_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        path="$(command -v "$name")" && "$path" --version >/dev/null 2>&1 && echo "$path" && return
    done
    return 1
}

# The fonts come along, for without them Arabic is drawn as boxes and every picture is a lie.
install_package() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q -o DPkg::Lock::Timeout=500 &&
        apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=500 \
            chromium fonts-noto-core fonts-liberation
}

download_browser() {
    "$python" -m playwright install chromium
}

print_downloaded() {
    "$python" - <<'SCRIPT'
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
SCRIPT
}

find_browser || {
    install_package >&2 && find_browser
} || {
    download_browser >&2 && print_downloaded
}
