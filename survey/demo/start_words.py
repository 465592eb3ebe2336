"""What start agreements of Veenrand say, invented and without names. Data only."""

from collections.abc import Mapping
from typing import Final

SCHOOL_ASKS: Final = (
    "Wij willen leren hoe we een lastig gesprek met ouders beginnen.",
    "De sfeer in de bovenbouw is onrustig. Wij zoeken iemand die meekijkt.",
    "Wij willen eerder weten welke hulp er in de buurt is.",
    "Ons team is jong. Help ons om niet alles zelf te willen oplossen.",
)
PARENTS_ASK: Final = (
    "Ouders willen weten bij wie zij binnen kunnen lopen.",
    "Ouders vragen om een gesprek voordat er iets misgaat.",
    "Ouders die weinig Nederlands lezen, willen ook mee kunnen praten.",
)
NOT_DONE: Final = (
    "De coach springt niet in als een groep zonder leerkracht zit.",
    "De coach neemt geen gesprek over dat bij de leerkracht hoort.",
    "De coach lost geen brand op die morgen weer begint. We zoeken samen waar hij vandaan komt.",
)
INTRODUCTION: Final[Mapping[str, tuple[str, ...]]] = {
    "team": ("In de eerste teamvergadering, met een half uur voor vragen.",),
    "parents": ("In de nieuwsbrief met een foto, en op de informatieavond.", "Aan het hek, drie ochtenden."),
    "parents_other_language": ("Met een kort filmpje en een kaart in vier talen.",),
    "pupils": ("De coach gaat in september alle groepen langs.",),
    "partners": ("Het wijkteam en de jeugdverpleegkundige, in de tweede week.",),
    "where_to_find": ("Op dinsdag en donderdag in de kamer naast de keuken.",),
}
YIELDS: Final = (
    ("contact_with_parents", "Meer ouders komen uit zichzelf binnen.", "We tellen wie er op de inloop komt."),
    ("working_together", "School en ouders maken samen een plan.", "Er ligt een plan met beide namen."),
    ("pupil_wellbeing", "Kinderen zeggen dat ze zich prettig voelen.", "We vragen het ze in het voorjaar."),
    ("group_climate", "Het is rustiger na de pauze.", "De leerkracht kan op tijd beginnen."),
    ("teacher_support", "Leerkrachten vragen eerder om mee te kijken.", "De vragen komen voor november."),
    ("team_knowledge", "Het team weet wat het wijkteam doet.", "Iedereen kan het in twee zinnen vertellen."),
    ("early_help", "Hulp begint eerder.", "Er zit minder tijd tussen vraag en gesprek."),
    ("partners_around_school", "Partners weten de school te vinden.", "Zij bellen ook zelf."),
)  # fmt: skip
SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "seen": ("Dit lukt nu zonder dat iemand erom vraagt.", "Ouders noemen het zelf."),
    "partly": ("In de onderbouw wel, in de bovenbouw nog niet.", "Het begint te komen."),
    "not_yet": ("Hier was nog geen tijd voor. We pakken het na de vakantie op.", ""),
}
LOOKED_BACK: Final[Mapping[str, tuple[str, ...]]] = {
    "what_works": ("De vaste dag werkt. Iedereen weet waar de coach is.",),
    "what_to_change": ("We plannen het overleg voortaan vooraf.", "We vragen ouders eerder erbij."),
    "role_still_clear": ("Ja. We lezen de lijst van wat er niet bij hoort nog eens met het team.",),
    "hours_enough": ("Net. In november en juni is het krap.",),
}
REMARK: Final = "Kan er nog bij staan dat ouders ook in de avond terechtkunnen?"
