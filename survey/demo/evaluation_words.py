"""What people of Veenrand write in the evaluation and what is done about it, invented. Data only."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Line(NamedTuple):
    """A line in own words, and how a person redacted it; without that it was left out."""

    words: str
    redacted: str | None


class Point(NamedTuple):
    """What was said and what is done about it, by language."""

    form: str
    words: Mapping[str, tuple[str, str]]


LINES: Final[Mapping[str, tuple[Line, ...]]] = {
    "evaluation-teacher": (
        Line("Kom ook eens op vrijdag, dan is het druk.", "Kom ook eens op vrijdag, dan is het druk."),
        Line("Vertel ons vaker wat u van ouders hoort.", "Vertel ons vaker wat u van ouders hoort."),
        Line("In mijn groep 5b was het eerste halfjaar te kort.", "Het eerste halfjaar was te kort."),
        Line("Plan de gesprekken eerder in het jaar.", "Plan de gesprekken eerder in het jaar."),
        Line("Blijf vooral vragen stellen, dat helpt.", "Blijf vooral vragen stellen, dat helpt."),
        Line("Laat van tevoren weten wanneer u er bent.", "Laat van tevoren weten wanneer u er bent."),
        Line("De moeder van een leerling van mij wil u bellen.", None),
        Line("Meer samen in de klas, minder op de gang.", "Meer samen in de klas, minder op de gang."),
        Line("Ik weet niet waarvoor ik u kan vragen.", "Ik weet niet waarvoor ik u kan vragen."),
        Line("Onze directeur luistert niet naar u.", None),
        Line("Deel wat op andere scholen werkt.", "Deel wat op andere scholen werkt."),
        Line("Neem de tijd voor een kort gesprek na schooltijd.", "Neem tijd voor een gesprek na school."),
    ),
    "evaluation-parent": (
        Line("Ik wil graag in de avond bellen.", "Ik wil graag in de avond bellen."),
        Line("Mag mijn zus de volgende keer mee als tolk?", "Mag iemand van de familie mee als tolk?"),
        Line("Wij wisten niet dat de coach er was.", "Wij wisten niet dat de coach er was."),
        Line("Chcę rozmawiać po polsku.", "Ik wil graag in het Pools praten."),
        Line("Het hielp dat u bij het gesprek was.", "Het hielp dat u bij het gesprek was."),
        Line("Vertel ook wat er wél goed gaat.", "Vertel ook wat er wél goed gaat."),
        Line("De coach was altijd vriendelijk.", "De coach was altijd vriendelijk."),
        Line("Kan er een vaste dag zijn?", "Kan er een vaste dag zijn?"),
    ),
    "evaluation-ib-programme": (
        Line("Zorg dat de afspraken uit de start blijven leven.", "Zorg dat startafspraken blijven leven."),
        Line("Sluit vaker aan bij het overleg over zorg.", "Sluit vaker aan bij het overleg over zorg."),
    ),
    "evaluation-director-programme": (
        Line("Laat eerder weten hoeveel uren er volgend jaar zijn.", "Zeg eerder hoeveel uren er zijn."),
        Line("Twee dagen op één school werkt beter dan vier halve.", "Twee hele dagen werken beter."),
    ),
}
NAMED_LINES: Final = (
    "De coach brengt rust in gesprekken. Graag volgend jaar vaker bij het zorgoverleg.",
    "We willen de inloop voor ouders houden, ook in de winter.",
    "De rol was na de herfst helder. In het begin kwamen er vragen die er niet bij horen.",
    "Het team vraagt nu zelf om mee te kijken.",
)
POINTS: Final = (
    Point(
        "evaluation-teacher",
        {
            "nl": (
                "Leerkrachten weten niet altijd wanneer de coach er is.",
                "Op elke school hangt vanaf september een rooster in de teamkamer.",
            ),
            "en": (
                "Teachers do not always know when the coach is there.",
                "From September every school has a timetable in the staff room.",
            ),
        },
    ),
    Point(
        "evaluation-parent",
        {
            "nl": (
                "Ouders willen ook in de avond bellen.",
                "Elke coach heeft vanaf nu één avond per maand een belspreekuur.",
            ),
            "en": (
                "Parents also want to call in the evening.",
                "From now on every coach can be called one evening a month.",
            ),
            "pl": (
                "Rodzice chcą też dzwonić wieczorem.",
                "Od teraz do każdego coacha można zadzwonić jeden wieczór w miesiącu.",
            ),
            "tr": (
                "Veliler akşamları da aramak istiyor.",
                "Artık her koç ayda bir akşam telefonla aranabilir.",
            ),
            "uk": (
                "Батьки хочуть телефонувати й увечері.",
                "Відтепер кожному коучу можна зателефонувати один вечір на місяць.",
            ),
            "ar": (
                "يريد الآباء الاتصال في المساء أيضًا.",
                "من الآن يمكن الاتصال بكل مدرب مساءً مرة في الشهر.",
            ),
        },
    ),
)  # fmt: skip
