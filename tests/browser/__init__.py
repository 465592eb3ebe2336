"""Journeys in Debian's headless Chromium: phone and desktop, keyboard, no JavaScript, accessibility."""
