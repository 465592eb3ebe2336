"""What in a private line may tell who someone is: mail, phone, citizen number, birth date, a name. Pure."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from unicodedata import normalize


class Kind(StrEnum):
    """What a piece of a line looks like."""

    MAIL = "mail"
    PHONE = "phone"
    BSN = "bsn"
    BIRTH_DATE = "birth_date"
    NAME = "name"


class Warning(NamedTuple):
    """What a piece of a line looks like, and the piece itself."""

    kind: Kind
    quote: str


YOUNGEST, OLDEST = 3, 90  # years: other dates are of appointments
MONTHS = (
    r"(?:jan(?:uar[iy])?|feb(?:ruar[iy])?|maart|mrt|march|mar|apr(?:il)?|mei|may|june?|juni|july?|juli"
    r"|aug(?:ust(?:us)?)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DOT = r"(?: ?\.| \. ?| punt |\. (?=(?:com|net|nl|org)\b))"  # no dot that ends a sentence
MAIL = re.compile(rf"[\w.%+-]+ ?(?:@|\(at\)|\[at\]|apestaart(?:je)?) ?[\w-]+(?:{DOT}[\w-]+)+", re.IGNORECASE)
# 06 12345678, (0592) 12 34 56, +31 (0)6 12 34 56 78, 31612345678: a nought or the country, then nine digits.
PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)? ?31[ ./-]*(?:\(0\))?|\(?0)(?:[ ./()-]{0,3}\d){9}(?!\d)")
BORN = re.compile(
    rf"\bgeb(?:\.|oren\b|oortedatum\b|\b)[^\d\n]{{0,15}}\d[\d./-]*(?: {MONTHS}\b)?", re.IGNORECASE
)
DATES = tuple(
    re.compile(rf"(?<!\d){pattern}(?!\d)", re.IGNORECASE)
    for pattern in (
        r"(?P<day>\d\d?)( ?[-/.] ?)(?P<month>\d\d?)\2['’]?(?P<year>\d{4}|\d\d)",
        r"(?P<day>\d\d?) (?P<month>\d\d?) (?P<year>\d{4})",
        r"(?P<year>\d{4})[-/. ](?P<month>\d\d?)[-/. ](?P<day>\d\d?)",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)",
        rf"(?P<day>\d\d?)e? ?{MONTHS}\.?,? ?['’]?(?P<year>\d{{4}}|\d\d)",
        rf"{MONTHS} (?P<day>\d\d?),? (?P<year>\d{{4}})",
    )
)
NUMBERS = tuple(re.compile(rf"(?<!\d)(?=(?P<number>\d(?:[ .-]?\d){{{more}}})(?!\d))") for more in (8, 7))
_OFTEN_FIRST = """
aan afgesproken afspraak alle alleen als beide beiden broer daar daarna dan dat de deze die dit dus een
eerst elke en er ga gaat geen goed had heb heeft het hij hoe hun iedereen iets ik in ja je juf jullie
kan kind kom komt leerkracht leerling maar meester met meer mijn moeder morgen na nee niet nog nu of om
oma ook op opa ouder ouders over pas rustig samen school soms straks te thuis toch toen tot u uit uw
vader vandaag van veel vooral voor vraag waar waarom wanneer wat we weer wel wie wij wil wilt wordt
ze zij zijn zo zonder zus
"""
_LOUD = "ADHD ALLE ALLES ALTIJD CITO ECHT GEEN HEEL NIET NOOIT ODD SAMEN SOVA WEER ZELF"
BEGIN, LOUD = frozenset(_OFTEN_FIRST.split()), frozenset(_LOUD.split())
NO_NAMES = re.compile(
    r"(?:(?:Arabisch|Cito|Duits|Engels|Frans|Groeispiegel|Kerst|Nederlands?|Oekraïens|Parro|Pasen|Pinksteren"
    r"|Pools|Sinterklaas|Teams|Tigrinya|Turks|Veilig Thuis|Zoom) ?)+"
)


def warnings(line: str, *, today: date) -> tuple[Warning, ...]:
    """What a line may give away, in the order of `Kind`; each piece once. A warning, never a proof."""
    rest = re.sub("[‐‑‒–—−]", "-", normalize("NFKC", line))
    found: list[Warning] = []
    for kind, search in _SEARCHES.items():
        for start, end in search(rest, today):
            found.append(Warning(kind, rest[start:end].strip()))
            rest = f"{rest[:start]}{'#' * (end - start)}{rest[end:]}"
    return tuple(dict.fromkeys(found))


def is_bsn(digits: str) -> bool:
    """Whether 8 or 9 digits pass the test of eleven: 9a + 8b + … + 2h - i divides by 11."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    numbers = [int(digit) for digit in digits.zfill(9)]
    return any(numbers) and sum(w * n for w, n in zip(weights, numbers, strict=True)) % 11 == 0


Spans = Iterator[tuple[int, int]]


def _mails(text: str, _today: date) -> Spans:
    yield from (match.span() for match in MAIL.finditer(text))


def _phones(text: str, _today: date) -> Spans:
    yield from (match.span() for match in PHONE.finditer(text))


def _bsns(text: str, _today: date) -> Spans:
    end = 0
    for pattern in NUMBERS:
        for match in pattern.finditer(text):
            if match.start() >= end and is_bsn(re.sub(r"\D", "", match["number"])):
                end = match.end("number")
                yield match.start(), end


def _birth_dates(text: str, today: date) -> Spans:
    born = BORN.search(text)
    if born:
        yield born.span()
    for pattern in DATES:
        for match in pattern.finditer(text):
            if _is_of_a_birth(match, today) and not (born and born.start() <= match.start() < born.end()):
                yield match.span()


def _is_of_a_birth(match: re.Match[str], today: date) -> bool:
    said = match.groupdict(default="1")
    year = int(said["year"])
    if len(said["year"]) == 2:
        year += 2000 if 2000 + year <= today.year - YOUNGEST else 1900
    real = 1 <= int(said["day"]) <= 31 and 1 <= int(said.get("month", "1")) <= 12
    return real and YOUNGEST <= today.year - year <= OLDEST


@cache
def _name() -> re.Pattern[str]:
    """What looks like a name. Made when the first line is written: it knows every letter there is.

    Initials and words in capitals stand anywhere. A word with a capital is no name where a sentence begins;
    after a sign that begins something, such as a quote or a colon, it is one unless it often stands there.
    """
    letters = [chr(code) for code in range(0x10000)]
    big = "".join(sign for sign in letters if sign.isupper())
    small = "".join(sign for sign in letters if sign.islower())
    prefix = "(?:(?:van|de|den|der|el|al|ter|ten) ){0,3}"
    word = rf"[{big}](?:['’][{big}])?[{small}]\w*(?:[’'-]\w+)*"
    on = rf"(?: {prefix}[{big}][\w’'-]+)*"  # what goes on with a name
    return re.compile(
        rf"(?<!\w)(?:[{big}]\. ?)+{prefix}{word}{on}|(?<!\w)[{big}]{{4,}}(?!\w){on}"
        rf"|(?:(?<=[\w,;)’'#] )|(?<=[(\[/&+])){word}{on}"
        rf"|(?:(?<=[^\w\s.!?…] )|(?<=[^\w\s.!?…-]))(?P<begins>{word}{on})"
    )


def _names(text: str, _today: date) -> Spans:
    for match in _name().finditer(text):
        is_word = (match["begins"] or "").lower() in BEGIN or match[0] in LOUD
        if not is_word and not NO_NAMES.fullmatch(match[0]):
            yield match.span()


_SEARCHES: dict[Kind, Callable[[str, date], Spans]] = {
    Kind.MAIL: _mails,
    Kind.PHONE: _phones,
    Kind.BIRTH_DATE: _birth_dates,
    Kind.BSN: _bsns,
    Kind.NAME: _names,
}
