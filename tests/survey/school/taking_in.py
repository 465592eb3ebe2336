"""Taking a list of schools in on the screen: looking at it, pressing the button, and what the page says."""

import re
from html import unescape

from werkzeug.test import TestResponse

from tests.client import HouseClient

ADDRESS = "/inzet/scholen/importeren"
OWN = "BRIN;naam;plaats;leerlingen;schoolweging\n"


def look(client: HouseClient, text: str, **more: str) -> TestResponse:
    """Look at pasted lines."""
    return client.post(ADDRESS, data={"regels": text, **more})


def upload(client: HouseClient, data: bytes, name: str = "scholen.csv") -> TestResponse:
    """Look at a file."""
    part = f'--x\r\nContent-Disposition: form-data; name="bestand"; filename="{name}"\r\n\r\n'.encode()
    body = part + data + b"\r\n--x--\r\n"  # packed here: a test client keeps a temporary file open
    return client.post(ADDRESS, data=body, content_type="multipart/form-data; boundary=x")


def fields(page: str) -> dict[str, str]:
    """What the form of a preview sends along."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrf_token"}


def put_in(client: HouseClient, text: str, **more: str | list[str]) -> TestResponse:
    """Look, and then press the button of the page that came."""
    page = look(client, text)
    assert page.status_code == 200, problems(page.text)
    return client.post(ADDRESS, data={**fields(page.text), "meedoen": "alle", **more})


def problems(page: str) -> list[str]:
    """What the page says of each line that is wrong."""
    return [unescape(text) for text in re.findall(r"<ul><li>([^<]+)</li></ul>", page)]


def counted(page: str) -> list[str]:
    """New, changed, the same and wrong, as the page counts them."""
    return re.findall(r"</span><span>([\d.]+)</span></li>", page)
