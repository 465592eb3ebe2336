"""Sending a register as a file, and pressing the button of its preview."""

import io

from werkzeug.test import TestResponse

from tests.client import HouseClient, every, parsed, words

ADDRESS = "/inzet/importeren"
HEAD = "plek;school;plaats;coach;mailadres coach;stand;eerste dag;laatste dag;afgesproken uren"


def told(reply_text: str) -> dict[str, str]:
    """The counts on top of a preview, by their word."""
    rows = [list(item.iter("span")) for item in every(parsed(reply_text), "li")]
    return {words(pair[0]): words(pair[1]) for pair in rows if len(pair) == 2}


def send(client: HouseClient, data: bytes, name: str = "inzet.csv") -> tuple[int, str]:
    reply = client.post(
        ADDRESS, data={"bestand": (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )
    return reply.status_code, reply.get_data(as_text=True)


def press(client: HouseClient, preview: str) -> TestResponse:
    """Press the button of a preview."""
    hidden = {
        field.get("name"): field.get("value")
        for field in every(parsed(preview), "input")
        if field.get("name")
    }
    return client.post(ADDRESS, data={name: hidden[name] for name in ("regels", "gezien", "once")})


def agree(client: HouseClient, preview: str) -> int:
    """The status of pressing that button."""
    return press(client, preview).status_code
