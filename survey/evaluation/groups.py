"""The forms of the yearly evaluation: what each is about, and whether a name stands with it."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from msgspec import Struct


class Form(Struct, frozen=True):
    """One form: who fills it in, with or without a name, about their coaches or about the programme."""

    key: str
    respondent: str
    people: LazyString
    is_named: bool = False
    is_about_programme: bool = False


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        form.key: form
        for form in (
            Form("evaluation-teacher", "teacher", _("leerkrachten")),
            Form("evaluation-parent", "parent", _("ouders")),
            Form("evaluation-ib-named", "ib", _("intern begeleiders, op naam"), is_named=True),
            Form("evaluation-ib-programme", "ib", _("intern begeleiders"), is_about_programme=True),
            Form("evaluation-director-named", "director", _("directeuren, op naam"), is_named=True),
            Form("evaluation-director-programme", "director", _("directeuren"), is_about_programme=True),
        )
    }
)
ANONYMOUS = tuple(key for key, form in FORMS.items() if not form.is_named)
NAMED = tuple(key for key, form in FORMS.items() if form.is_named)
ABOUT_PROGRAMME = tuple(key for key, form in FORMS.items() if form.is_about_programme)
AT_SCHOOL = ("evaluation-teacher", "evaluation-parent")
WITH_A_NAME: Mapping[str, LazyString] = MappingProxyType(
    {"ib": _("intern begeleider"), "director": _("directeur")}
)
