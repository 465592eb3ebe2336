"""The kinds of schools of the list, in words."""

from flask_babel import lazy_gettext as _

WHICH = {"taking_part": _("doet mee"), "others": _("doet niet mee"), "closed": _("gesloten")}
