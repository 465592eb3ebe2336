"""What is noted of a school, read from what someone typed; each reader raises ValueError in plain words."""

import re

from flask_babel import gettext as _

from survey.sheets import cells
from survey.web.fields import one_line

LONGEST_NAME, LONGEST, LONGEST_PROGRAMME, MOST_PROGRAMMES = 200, 120, 80, 12
MOST_PUPILS, MOST_WEIGHTING = 5000, 100  # as the schema has it
WHOLE_SCHOOL = "00"  # the branch of a school that has one
BRIN = re.compile(r"\d\d[A-Z]{2}")
BRANCH = re.compile(r"[0-9A-Z]{2}")
POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Z]{2})")
YEAR = re.compile(r"(\d{4})\s*[-/–]\s*(\d{2}|\d{4})")
CENTURY = 100
# Words of place names that stay small, unless they come first: Wijk aan Zee, Nieuwe Pekela.
SMALL_WORDS = {"aan", "bij", "de", "den", "en", "het", "in", "op", "over", "te", "ten", "ter", "van", "der"}
WORD = re.compile(r"[^\s-]+")


def name(text: str) -> str:
    """The name of a school."""
    if not (found := line(text, LONGEST_NAME)):
        raise ValueError(_("De naam ontbreekt."))
    return found


def place(text: str) -> str:
    """The town or village."""
    if not (found := municipality(text)):
        raise ValueError(_("De plaats ontbreekt."))
    return found


def municipality(text: str) -> str:
    """The name of a place; what the ministry writes in capitals becomes 's-Gravenhage and Wijk aan Zee."""
    found = line(text)
    return WORD.sub(_in_a_name, found.lower()) if found.isupper() else found


def _in_a_name(word: re.Match[str]) -> str:
    text = word[0]
    if text.startswith("'") or (word.start() and text in SMALL_WORDS):
        return text
    return f"IJ{text[2:]}" if text.startswith("ij") else text.capitalize()


def line(text: str, most: int = LONGEST) -> str:
    """One line that can be stored and read."""
    found = one_line(cells.typed(text))
    if len(found) > most:
        raise ValueError(_("Maak dit korter: hooguit %(n)s tekens.", n=most))
    return found


def brin(text: str) -> str | None:
    """The number by which the ministry knows a school, as 12AB."""
    if not text:
        return None
    found = cells.code(text).upper()
    if not BRIN.fullmatch(found):
        raise ValueError(
            _("“%(text)s” is geen BRIN-nummer. Dat zijn twee cijfers en twee letters, zoals 12AB.", text=text)
        )
    return found


def whole_code(text: str) -> tuple[str | None, str]:
    """BRIN number and branch of what lists have under branch: 00, 0 or the whole code as 12AB00."""
    found = cells.code(text).upper()
    first = found[:-2] if BRIN.match(found) and len(found) > len(WHOLE_SCHOOL) else ""
    second = found.removeprefix(first).zfill(len(WHOLE_SCHOOL))
    if not BRANCH.fullmatch(second):
        raise ValueError(_("“%(text)s” is geen vestiging. Dat zijn twee cijfers, zoals 00.", text=text))
    return brin(first), second


def branch(text: str) -> str:
    """The branch of a school, as 00."""
    return whole_code(text)[1]


def postcode(text: str) -> str:
    """A postcode as 1234 AB, or nothing."""
    if not text:
        return ""
    found = POSTCODE.fullmatch(cells.code(text).upper())
    if not found:
        raise ValueError(_("“%(text)s” is geen postcode. Schrijf een postcode zo: 7811 AB.", text=text))
    return f"{found[1]} {found[2]}"


def pupils(text: str) -> int | None:
    """How many pupils there are, or nothing."""
    return cells.whole(text, least=0, most=MOST_PUPILS) if text else None


def weighting(text: str) -> float | None:
    """The weighting of a school, or nothing."""
    return cells.number(text, least=0, most=MOST_WEIGHTING) if text else None


def school_year(text: str) -> str:
    """A school year as 2025-2026; raises ValueError also where its years do not follow each other."""
    found = YEAR.fullmatch(cells.typed(text))
    first = int(found[1]) if found else 0
    if not found or int(found[2]) not in {first + 1, (first + 1) % CENTURY}:
        raise ValueError(_("“%(text)s” is geen schooljaar. Schrijf een schooljaar zo: 2025-2026.", text=text))
    return f"{first}-{first + 1}"


def programmes(text: str) -> tuple[str, ...]:
    """Programmes for a good climate, apart by commas or lines, each once and in the order of the alphabet."""
    found = {one_line(each): None for each in re.split(r"[,\n]", cells.typed(text)) if each.strip()}
    for each in found:
        if len(each) > LONGEST_PROGRAMME:
            raise ValueError(
                _("Maak “%(name)s…” korter: hooguit %(n)s tekens.", name=each[:20], n=LONGEST_PROGRAMME)
            )
    if len(found) > MOST_PROGRAMMES:
        raise ValueError(_("Dit zijn er te veel. Noem er hooguit %(n)s.", n=MOST_PROGRAMMES))
    return tuple(sorted(found, key=str.casefold))
