"""Reflections of coaches: what is due, three pages and a finish, revisions, own growth."""
