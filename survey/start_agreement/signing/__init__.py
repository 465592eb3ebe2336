"""Signing by link: who is asked, what a link opens, and the moment at which everyone has signed."""
