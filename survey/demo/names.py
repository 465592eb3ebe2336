"""Who and where in Veenrand: invented people, places and schools. Data only."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

DOMAIN: Final = "veenrand.example"


class Persona(Struct, frozen=True):
    """Somebody a visitor can be: key in the address, name, role in code."""

    key: str
    name: str
    role: str

    @property
    def email(self) -> str:
        return email_of(self.name)


def email_of(name: str) -> str:
    """The mail address of somebody in Veenrand."""
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"


COACH: Final = Persona("coach", "Marit Voss", "coach")
STARTER: Final = Persona("starter", "Lieke Ramspek", "coach")
TRAINER: Final = Persona("trainer", "Ineke Tolhoek", "trainer")
SCHOOL_COACH: Final = Persona("schoolcoach", "Hanne Doornweerd", "coach")
OTHER_TRAINER: Final = Persona("trainer-small", "Wubbe Kraaijkamp", "trainer")
SCHOOL_TRAINER: Final = Persona("trainer-school", "Tjalling Roosjen", "trainer")
LEAD: Final = Persona("lead", "Gerard Wiemes", "lead")
STAFF: Final = (TRAINER, OTHER_TRAINER, SCHOOL_TRAINER, LEAD)
PERSONAS: Final = (COACH, STARTER, SCHOOL_COACH, TRAINER, OTHER_TRAINER, SCHOOL_TRAINER, LEAD)

# A cohort is three things here: when it began (its place among the rounds), who trains it, who is in.
FIRST_COHORT: Final = (
    COACH.name, "Joost Brem", "Nura Haile", "Fenne Oudhof", "Sipke Wolvega", "Aylin Karaboga",
    "Trude Hesselter", "Bram Noordkil", "Oksana Melnyk", "Geert Lubberink", "Salma Idrissov", "Hilde Vlasman",
)  # fmt: skip
SECOND_COHORT: Final = (
    "Koen Spanjerberg", "Yara Bensalem", "Roelie Stobbink", "Tijmen Dravel", "Mirjam Aalderop",
    "Emine Sahinoz", "Douwe Praamstra", "Carlijn Wittewiek", "Pawel Zielonka", "Janna Oldekoop",
)  # fmt: skip
THIRD_COHORT: Final = (
    "Luuk Harkeman", "Semira Tesfalem", "Anouk Riethaag", "Wietse Klunderman", "Noor Elzendam",
    "Hamid Rezvanian", "Berber Mosterdijk", STARTER.name,
)  # fmt: skip

SCHOOL_COHORT: Final = (
    SCHOOL_COACH.name, "Jelmer Kampereiland", "Ilse Varenbos", "Menno Haarbrinkhof", "Femke Oldenhave",
    "Amal Boudriga", "Wouter Nijeveldt", "Roos Tenkinkveld", "Saskia Groenewisse",
)  # fmt: skip

PLACES: Final = (
    "Veenrand-Oost", "Veenrand-West", "Gagelderveen", "Nieuw-Wollinge", "Kraanmeren", "Zilverlo",
    "Bovenstobbe", "Wiekerdam", "Oudewulp", "Lisserwijk", "Dalmonde", "Praamerveen", "Snipkerke",
    "Eltermonde",
)  # fmt: skip

# The coach of the tour works at the first two, and started there; the third waits for the starter.
SCHOOLS: Final = (
    "De Kraanheide", "Het Wollegras", "De Zilvermos", "De Gagelhof", "De Pluiskade", "De Turfspiegel",
    "De Lisgreppel", "De Kienstobbe", "De Wulpenwiek", "De Gentiaangreppel", "De Pijpestrook",
    "De Bolsterbrug", "De Moskringel", "De Wollewijk", "De Spitkade", "De Dophollen",
    "De Snippenschans", "De Ringslangpoort",
    "De Vennenklok", "De Krikslag", "De Struikheidekring", "De Lavendelheihof", "De Kraaiheipoort",
    "De Veenbesboog", "De Hagedisgaarde", "De Glanskeverkamp", "De Heikikkerkolk", "Het Kikkerbiterf",
    "De Waterdriebladhof", "De Slangenwortelsluis", "De Moerasmuurvaren", "De Berkenbroekbrug",
    "De Elzenschor", "De Wilgenwijkstee", "Het Rietklokje", "De Biezenbultbank", "De Roerdompkreek",
    "De Paapjesstruik", "De Klapeksterkring", "De Geelgorsgaarde", "De Nachtzwaluwstee", "De Gruttogreppel",
    "De Tureluurdam", "De Plevierpraam", "De Watersnipwijk", "De Kemphaankring", "De Blauwborstboog",
    "De Sprinkhaanriet", "De Venwitsnuit", "De Heidelibelboog", "De Hooibeestjesheuvel", "De Turfbultstee",
    "De Stobbenrug", "De Dalgrondkring", "De Praamkolk", "De Schutkolkboog", "De Wijkmondstee", "De Raaipaal",
    "De Sponturf", "De Grauwveenkring", "De Boekweitboog", "De Keileemkuil",
)  # fmt: skip

# No coach ever worked at these: two would like one, one has no money for it, two stay out, one is closed.
MORE_SCHOOLS: Final = (
    "De Zeggekade", "Het Veenpluisje", "De Gagelpoort", "De Turfkist", "De Lisdoddehof", "Het Oude Praamhuis",
)  # fmt: skip

MUNICIPALITIES: Final[Mapping[str, str]] = {
    "Veenrand-Oost": "Veenrand", "Veenrand-West": "Veenrand", "Gagelderveen": "Veenrand",
    "Nieuw-Wollinge": "Kraanmeren", "Kraanmeren": "Kraanmeren", "Zilverlo": "Kraanmeren",
    "Bovenstobbe": "Kraanmeren", "Wiekerdam": "Wiekerdam", "Oudewulp": "Wiekerdam",
    "Lisserwijk": "Wiekerdam", "Dalmonde": "Praamerveen", "Praamerveen": "Praamerveen",
    "Snipkerke": "Praamerveen", "Eltermonde": "Praamerveen",
}  # fmt: skip
BOARDS: Final = ("Stichting Veenlicht", "Vereniging De Turfkring", "Praamland Onderwijs")
EMPLOYERS: Final = ("Welzijn Wollegras", "Samenwerkingsverband Veenbreed", "Jeugdhulp De Raaipaal")
STREETS: Final = ("Turfvaart", "Praamweg", "Gagelpad", "Wollegrasstraat", "Wijkmond", "Kienhoutlaan")
CLIMATES: Final = ("Samen buiten", "Rustig Speelplein", "Kring van de klas")

# Directors and internal supervisors, who answer and sign with their names.
FIRST_NAMES: Final = (
    "Anneke", "Bert", "Corrie", "Dirkje", "Evert", "Froukje", "Gijs", "Hetty", "Ids", "Jannie", "Klaas",
    "Loes", "Marga", "Nico", "Olga", "Pier",
)  # fmt: skip
LAST_NAMES: Final = (
    "Turfboer", "Veldkamperij", "Wijkmeester", "Praamsma", "Heidenrijk", "Stobbelaar", "Raaijmond",
    "Zilverberg", "Moskamp", "Kienstra", "Lisdonk", "Gagelman", "Wulpenaar",
)  # fmt: skip
