"""What is noted about people, in words."""

from flask_babel import lazy_gettext as _

STATUS = {"aspirant": _("in opleiding"), "active": _("actief"), "left": _("vertrokken")}
HERE = {key: STATUS[key] for key in ("active", "aspirant")}
# How long someone did this work before the programme.
EXPERIENCE = {
    "none": _("geen"),
    "under_1": _("minder dan 1 jaar"),
    "1_to_3": _("1 tot 3 jaar"),
    "over_3": _("meer dan 3 jaar"),
}
