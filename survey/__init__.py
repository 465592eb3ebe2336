"""Groeispiegel: the web application, one room per capability."""

VERSION = "0.1.0"
