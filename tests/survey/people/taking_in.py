"""Taking in a list of people on the screen: looking at it, pressing the button, and what the page says."""

import io
import re

from werkzeug.test import TestResponse

from tests.client import HouseClient

HEAD = "naam;mailadres;rollen;status;taal;cohort;sinds;ervaring"
SANNE = "Sanne de Wit;sanne@school.example;coach;in opleiding;en;Najaar;1-10-2025;2 jaar"
TWO = f"{HEAD}\n{SANNE}\nRuben Vos;ruben@school.example;trainer;;;najaar;;\n"


def look(client: HouseClient, text: str, **more: str) -> TestResponse:
    """Look at pasted lines, or press the button under them where `gezien` goes along."""
    return client.post("/mensen/importeren", data={"regels": text, **more})


def upload(client: HouseClient, data: bytes, name: str = "mensen.csv") -> TestResponse:
    """Look at a file."""
    return client.post("/mensen/importeren", data={"bestand": (io.BytesIO(data), name)})


def add(client: HouseClient, text: str) -> TestResponse:
    """Look, and then press the button of the page that came."""
    page = look(client, text).text
    fields = dict(re.findall(r'<input type="hidden" name="(regels|gezien)" value="([^"]*)"', page))
    return look(client, fields["regels"], gezien=fields["gezien"])


def problems(page: str) -> list[str]:
    """What the page says of each line that is wrong."""
    return re.findall(r"<li>([^<]+)</li>", page)
