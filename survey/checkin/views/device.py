"""What a device keeps while the network is away: its worker, the pages that wait, and wiping all of it."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import public
from survey.checkin.views.front import blueprint, look_at, send
from survey.current import catalog
from survey.web import assets, pages
from survey.web.respondent import for_respondents

SAME_FOR_ALL = "the same for everyone: it holds nothing of anyone"
WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


@blueprint.get("/c/offline.js")
@public(SAME_FOR_ALL)
@for_respondents
def worker() -> ResponseReturnValue:
    """The worker of the pages under /c/, which is why it stands here and not with the other scripts."""
    response = assets.send("offline.js")
    response.headers["Content-Security-Policy"] = WORKER_POLICY
    return response


@blueprint.get("/c/bewaard")
@public(SAME_FOR_ALL)
@for_respondents
def kept() -> ResponseReturnValue:
    """What the worker answers with when an answer finds no network."""
    return send(pages.page("checkin/kept", _look()))


@blueprint.post("/c/wis")
@public(SAME_FOR_ALL)
@for_respondents
def wipe() -> ResponseReturnValue:
    """Take everything of ours off this device; nobody is signed out by it."""
    reply = redirect(f"{url_for('.wiped')}?{_look().query}", 303)
    reply.headers["Clear-Site-Data"] = '"storage"'
    return reply


@blueprint.get("/c/gewist")
@public(SAME_FOR_ALL)
@for_respondents
def wiped() -> ResponseReturnValue:
    """The device is empty."""
    return send(pages.page("checkin/wiped", _look()))


def _look() -> pages.Look:
    kind = "pupil" if request.args.get("jij") == "1" else "parent"
    return look_at(catalog().get(f"relationship-{kind}"))
