"""The words of hints: what a rule saw, how often chance does that, and what became of it. No verdicts."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from flask_babel import LazyString, format_decimal, lazy_gettext, ngettext
from flask_babel import gettext as _

from survey.current import catalog
from survey.hint.reports import IN_A_ROW, UNANSWERED, Chance, Decision, Hint, Rule, State
from survey.web.language import full_date, screen_language

HIGHEST = 16  # the sum of four answers 0..4
NEVER_DECIDED = frozenset({Rule.U_C, Rule.U_D, Rule.CEILING})  # an invitation has no outcome


TITLES: Mapping[Rule, LazyString] = {
    Rule.W_A: lazy_gettext("Gesprekspunt"),
    Rule.W_B: lazy_gettext("Lager dan anders"),
    Rule.U_A: lazy_gettext("Kijk hier nog eens naar"),
    Rule.U_B: lazy_gettext("Overleg met iemand"),
    Rule.U_C: lazy_gettext("Nog geen beweging"),
    Rule.U_D: lazy_gettext("Een lage start"),
    Rule.CEILING: lazy_gettext("Steeds het hoogste antwoord"),
    Rule.SILENCE: lazy_gettext("Twee keer geen antwoord"),
}


def title(rule: Rule) -> str:
    """What a hint is called."""
    return str(TITLES[rule])


def seen(hint: Hint) -> str:
    """What the rule saw, in numbers, and what to do."""
    return _SEEN[hint.rule](hint)


def by_chance(hint: Hint) -> str:
    """How often the rule fires when nothing changes; empty where chance has no part in it."""
    if hint.chance is None:
        return ""
    words = {
        Rule.U_D: _("Zo laag begint het bij %(rate)s mensen.", rate=rate(hint.chance)),
        Rule.CEILING: _("In acht checks komt dit bij %(rate)s mensen voor.", rate=rate(hint.chance)),
    }
    if hint.rule in words:
        return str(words[hint.rule])
    if hint.chance.per == "talk":
        text = _("Ook als er niets verandert, komt dit bij %(rate)s gesprekken voor.", rate=rate(hint.chance))
    else:
        text = _(
            "Ook als er niets verandert, komt dit in acht checks bij %(rate)s mensen voor.",
            rate=rate(hint.chance),
        )
    return str(text)


def rate(chance: Chance) -> str:
    """Ongeveer 1 op de 16."""
    if chance.at_most:
        return str(_("minder dan %(times)s op de %(of)s", times=chance.times, of=chance.of))
    return str(_("ongeveer %(times)s op de %(of)s", times=chance.times, of=chance.of))


def no_verdict(kind: str) -> str:
    """What a hint is not: said with each of them."""
    words = {
        "parent": _("Een aandachtspunt is geen oordeel over u of over de ouder."),
        "pupil": _("Een aandachtspunt is geen oordeel over u of over de leerling."),
        "teacher": _("Een aandachtspunt is geen oordeel over u of over de leerkracht."),
    }
    return str(words[kind])


def became(state: State, rule: Rule, talked_at: datetime | None, agreed: Sequence[str]) -> str:
    """What became of a hint, in one breath."""
    if talked_at is None:
        said = _("Niet besproken.") if state is State.RECOVERED else ""
    elif agreed:
        said = _("Besproken op %(day)s: %(agreed)s.", day=full_date(talked_at), agreed=choices(agreed))
    else:
        said = _("Besproken op %(day)s.", day=full_date(talked_at))
    return " ".join(part for part in (str(said), _after(state, rule)) if part)


def next_step(state: State, rules: Collection[Rule]) -> str:
    """What follows now that they talked about it."""
    noted = str(_("Genoteerd."))
    if state is not State.TALKED or NEVER_DECIDED.issuperset(rules):
        return noted
    if Rule.SILENCE in rules:
        what = _("De volgende twee checks van deze persoon laten zien of er weer antwoord komt.")
    else:
        what = _("De volgende twee checks van deze persoon laten zien of het weer gewoon is.")
    return f"{noted} {what}"


def choices(agreed: Sequence[str]) -> str:
    """What was agreed, in the words of the list."""
    return "; ".join(catalog().choice("hint_action", key).label[screen_language()] for key in agreed)


def considered(decision: Decision) -> str:
    """What was considered and which way it went."""
    words = {
        "up": _("besloten: meer of andere hulp"),
        "down": _("besloten: minder hulp"),
        "stay": _("besloten: zo verder"),
    }
    weighed = catalog().choice("considered", decision.considered).label[screen_language()]
    reason = catalog().choice("scale_reason", decision.reason).label[screen_language()]
    return f"{weighed}; {words[decision.decision]}. {reason}"


def decided(decision: Decision) -> str:
    """Which way it went, in one breath: Besluit van 13 november 2026: zo verder."""
    words = {"up": _("meer of andere hulp"), "down": _("minder hulp"), "stay": _("zo verder")}
    return str(
        _(
            "Besluit van %(day)s: %(way)s.",
            day=full_date(decision.decided_at),
            way=words[decision.decision],
        )
    )


def _after(state: State, rule: Rule) -> str:
    if rule is Rule.SILENCE:
        words = {
            State.RECOVERED: _("Daarna kwam er weer antwoord."),
            State.NOT_RECOVERED: _("Ook de twee keer daarna kwam er geen antwoord."),
        }
    else:
        words = {
            State.RECOVERED: _("Daarna was het weer zoals gewoon."),
            State.NOT_RECOVERED: _("Ook de twee checks daarna was het nog niet zoals gewoon."),
        }
    return str(words.get(state, ""))


def _w_a(_hint: Hint) -> str:
    return str(_("Een antwoord was laag. Vraag wat er nodig is om dat anders te maken."))


def _w_b(hint: Hint) -> str:
    what = _("Vraag wat er deze keer anders was.")
    return f"{_sum(hint)} {_earlier(hint)} {what}"


def _u_a(hint: Hint) -> str:
    what = _("Vraag wat er veranderde.")
    return f"{_sum(hint)} {_start(hint)} {what}"


def _u_b(hint: Hint) -> str:
    what = _(
        "Dat is de tweede keer achter elkaar zo veel lager. Bespreek dit met collega-coaches of met de "
        "intern begeleider. Weeg samen of er meer hulp nodig is. Mensen beslissen dat."
    )
    return f"{_sum(hint)} {_start(hint)} {what}"


def _u_c(hint: Hint) -> str:
    return str(
        _(
            "De eerste twee keer was de som gemiddeld %(mean)s. De laatste twee keer was die niet hoger. "
            "Dat zegt niets over wie helpt. Plan een gesprek: wat kan er anders?",
            mean=_number(hint.mean),
        )
    )


def _u_d(hint: Hint) -> str:
    return str(
        _(
            "De eerste twee keer was de som gemiddeld %(mean)s van %(highest)s. Lager kan bijna niet: een "
            "daling valt hier niet op. Plan voor het derde gesprek de vraag: is meer hulp nodig?",
            mean=_number(hint.mean),
            highest=HIGHEST,
        )
    )


def _ceiling(_hint: Hint) -> str:
    return str(
        _(
            "%(times)s keer achter elkaar was alles het hoogste antwoord. Dat kan kloppen. "
            "Vraag eens wat beter kan.",
            times=IN_A_ROW,
        )
    )


def _silence(_hint: Hint) -> str:
    return str(
        _(
            "%(times)s keer achter elkaar kwam er geen antwoord. Dat mag. "
            "Vraag in het volgende gesprek hoe het gaat, en of deze vragen passen.",
            times=UNANSWERED,
        )
    )


_SEEN: Mapping[Rule, Callable[[Hint], str]] = {
    Rule.W_A: _w_a,
    Rule.W_B: _w_b,
    Rule.U_A: _u_a,
    Rule.U_B: _u_b,
    Rule.U_C: _u_c,
    Rule.U_D: _u_d,
    Rule.CEILING: _ceiling,
    Rule.SILENCE: _silence,
}


def _sum(hint: Hint) -> str:
    return str(_("De som was %(total)s van %(highest)s.", total=hint.total, highest=HIGHEST))


def _earlier(hint: Hint) -> str:
    return str(
        ngettext(
            "De keer daarvoor was het %(mean)s.",
            "De %(num)d keer daarvoor was het gemiddeld %(mean)s.",
            hint.earlier,
            mean=_number(hint.mean),
        )
    )


def _start(hint: Hint) -> str:
    return str(_("De eerste twee keer was het gemiddeld %(mean)s.", mean=_number(hint.mean)))


def _number(value: float | None) -> str:
    return str(format_decimal(round(value or 0, 1)))
