"""Texts that are translated late hold what people typed, and are escaped as any other."""

from flask import Flask, render_template_string
from flask_babel import lazy_gettext
from markupsafe import escape

TYPED, SHOWN = "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_what_was_typed_is_no_markup_in_a_late_text(app: Flask) -> None:
    with app.test_request_context():
        text = lazy_gettext("%(name)s", name=TYPED)
        assert str(escape(text)) == SHOWN
        assert render_template_string("{{ text }}", text=text) == SHOWN
