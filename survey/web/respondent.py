"""The mark of pages for people who never sign in: no cookie, no session; their link is the authority."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def for_respondents(view: View) -> View:
    """Mark a view: no cookie read or set, no CSRF token asked. Stands under the route decorator."""
    view.for_respondents = True  # type: ignore[attr-defined]
    return view


def is_respondent_page() -> bool:
    """Whether the view of this request carries the mark."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "for_respondents", False)
