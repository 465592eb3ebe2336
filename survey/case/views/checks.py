"""A check that waits for its answer: the QR code, the link, the mail, and the device handed over."""

from datetime import timedelta
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access import session
from survey.access.lock import NoCode
from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case.informants import Who
from survey.case.views import answers
from survey.case.views.asking import check_name, why_not_now
from survey.case.views.front import blueprint, case_or_404, not_there
from survey.checkin import actions as checkins
from survey.checkin import reports as checks
from survey.checkin.reports import Asked, State
from survey.clock import now
from survey.database.request import engine
from survey.mail import courier
from survey.mail.address import NoAddress, normal
from survey.web import limits

MAILS, ADDRESS_MAILS, LINK_MAILS, DAY = 20, 3, 2, timedelta(days=1)
PUPIL, WAITING = "pupil", {State.OPEN, State.DECLINED}


@blueprint.get("/<code>/check/<link_id>")
@allow(Permission.KEEP_CASES)
def check(code: str, link_id: str) -> ResponseReturnValue:
    """The QR code while a check waits; its answers beside earlier ones when it has been answered."""
    asked = _asked_or_404(code, link_id)
    return answers.page(case_or_404(code), asked) if asked.state is State.ANSWERED else _page(asked)


@blueprint.get("/<code>/check/<link_id>/stand")
@allow(Permission.KEEP_CASES)
def status(code: str, link_id: str) -> ResponseReturnValue:
    """What became of a check, for the script that waits."""
    return jsonify(state=_standing(_asked_or_404(code, link_id)))


@blueprint.post("/<code>/check/<link_id>/intrekken")
@allow(Permission.KEEP_CASES)
def revoke(code: str, link_id: str) -> ResponseReturnValue:
    """Take a link back."""
    asked = _asked_or_404(code, link_id)
    checkins.revoke(engine(), link_id=asked.link_id, by=scope().person_id, at=now())
    return redirect(url_for(".check", code=code, link_id=link_id), 303)


@blueprint.post("/<code>/check/<link_id>/mail")
@allow(Permission.KEEP_CASES)
def mail(code: str, link_id: str) -> ResponseReturnValue:
    """Mail the link to a parent or teacher, not too often a day; nothing keeps the address."""
    asked = _asked_or_404(code, link_id)
    typed = request.form.get("mail", "")
    language = request.form.get("language", "")
    if not typed.strip():
        return _page(asked, mail_error=_("Vul een mailadres in.")), 422
    try:
        recipient = normal(typed)
    except NoAddress:
        error = _("Dit is geen mailadres. Een mailadres lijkt op naam@school.nl.")
        return _page(asked, mail_error=error), 422
    if language not in checks.languages(asked):
        return _page(asked, mail_error=_("Kies een taal.")), 422
    if asked.state not in WAITING or asked.kind == PUPIL:
        return _not_by_mail(asked)
    if error := _too_many(asked, recipient):
        return _page(asked, mail_error=error), 429
    try:
        checkins.mail_link(
            engine(), link_id=link_id, recipient=recipient, language=language, by=scope(), at=now()
        )
    except (checkins.Closed, checkins.MayNotAsk):
        return _not_by_mail(_asked_or_404(code, link_id))
    sent = redirect(url_for(".check", code=code, link_id=link_id, mail="1"), 303)
    return courier.deliver_after(sent)


@blueprint.post("/<code>/check/<link_id>/geef-door")
@allow(Permission.KEEP_CASES)
def give_device(code: str, link_id: str) -> ResponseReturnValue:
    """Lock everything on this device but the question, until the code chosen now is given."""
    asked = _asked_or_404(code, link_id)
    back = url_for(".check", code=code, link_id=link_id)
    if asked.state not in WAITING:
        return redirect(back, 303)
    try:
        session.lock_until(request.form.get("code", ""), back=back)
    except NoCode:
        return _page(asked, code_error=_("Kies een code van vier cijfers.")), 422
    return redirect(f"{checks.path(link_id)}?hier=1", 303)


def _not_by_mail(asked: Asked) -> ResponseReturnValue:
    return _page(asked, mail_error=_("Deze link kan niet per mail.")), 409


def _too_many(asked: Asked, recipient: str) -> str | None:
    """Why one more mail is too many today; counted for this link, this address and this coach."""
    address = limits.hashed(recipient)
    if limits.hit(engine(), f"check-mail-link:{asked.link_id}", limit=LINK_MAILS, per=DAY):
        why = _("Deze link ging vandaag al %(n)s keer per mail.", n=LINK_MAILS)
    elif limits.hit(engine(), f"check-mail-to:{address}", limit=ADDRESS_MAILS, per=DAY):
        why = _("Dit adres kreeg vandaag al %(n)s mails.", n=ADDRESS_MAILS)
    elif limits.hit(engine(), f"check-mail:{scope().person_id}", limit=MAILS, per=DAY):
        why = _("U verstuurde vandaag al %(n)s mails.", n=MAILS)
    else:
        return None
    instead = _("Kopieer de link, of mail morgen weer.")
    return f"{why} {instead}"


def _page(asked: Asked, **errors: Any) -> str:
    return render_template(
        "case/check.html",
        asked=asked,
        standing=_standing(asked),
        why_not_now=why_not_now(asked),
        name=check_name(asked.family),
        who=Who(asked.kind, asked.number),
        address=checks.address(asked.link_id),
        qr=checks.qr(asked.link_id),
        languages=checks.languages(asked) if asked.kind != PUPIL else {},
        typed=request.form,
        **errors,
    )


def _standing(asked: Asked) -> str:
    """What the page is about; someone who says "not now" may give a reason later."""
    reason = asked.decline_reason if asked.state is State.DECLINED else None
    return f"{asked.state}: {reason}" if reason else asked.state


def _asked_or_404(code: str, link_id: str) -> Asked:
    asked = checks.asked(engine(), scope(), link_id, at=now())
    return asked if asked is not None and asked.code == code else not_there()
