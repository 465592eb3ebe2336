"""Commands as an operator gives them."""

from flask import Flask


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    """The exit code of a command and all it printed."""
    result = app.test_cli_runner().invoke(args=list(arguments))
    return result.exit_code, result.output
