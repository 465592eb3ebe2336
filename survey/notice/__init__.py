"""Notices: what someone is told once, bundled in one mail a week; calendar files; who wants no mail."""
