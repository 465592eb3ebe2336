"""Groeispiegel: the web application, one room per capability."""
