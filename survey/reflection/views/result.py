"""What a coach answered in a round, beside the time before, and correcting it."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.reflection import actions, screens
from survey.reflection.emphasis import reading as emphases
from survey.reflection.lookback import reading as lookbacks
from survey.reflection.reading import Standing
from survey.reflection.views.front import blueprint, page_url, profile_of, sheet_of, standing_of, texts_of
from survey.web.language import screen_language


@blueprint.get("/reflectie/<round_id>")
@allow(Permission.REFLECT)
def result(round_id: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    if standing.is_open and not standing.submitted:
        sheet = sheet_of(standing)
        return redirect(page_url(standing, sheet.first_open))
    form = sheet_of(standing).form
    return render_template(
        "reflection/result.html",
        standing=standing,
        result=result_of(standing),
        first=form.blocks[0].key,
        say=texts_of(form),
        profile=profile_of(standing),
        Emphasis=emphases.Emphasis,
        emphasis=emphases.ask(engine(), standing, scope=scope(), catalog=catalog()),
        lookback=lookbacks.ask(engine(), standing, scope=scope(), catalog=catalog(), at=now()),
    )


@blueprint.post("/reflectie/<round_id>/verbeteren")
@allow(Permission.REFLECT)
def correct(round_id: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    actions.correct(engine(), by=scope(), round=standing.round, clock=now)
    return redirect(page_url(standing, sheet_of(standing).form.blocks[0].key), 303)


def result_of(standing: Standing) -> screens.Result:
    """The answers of a round in words, beside those of the round before."""
    return screens.result(
        engine(), standing, catalog=catalog(), scope=scope(), lang=screen_language(), at=now()
    )
