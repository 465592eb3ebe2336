"""Forms come from our own pages, and nothing someone wrote is lost when they come too late."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.client import check_page

OURS = {"Sec-Fetch-Site": "same-origin"}
FOREIGN = {"Sec-Fetch-Site": "cross-site"}
TITLE = "Uw antwoorden staan nog hier"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def token(client: FlaskClient, path: str = "/open") -> str:
    found = TOKEN.search(client.get(path).text)
    assert found is not None
    return found[1]


def test_a_form_with_its_token_is_taken(client: FlaskClient, marit: None) -> None:
    data = {"note": "gezien", "csrf_token": token(client, "/antwoord")}
    assert client.post("/antwoord", data=data, headers=OURS).text == "gezien"


def test_a_respondent_needs_no_token(client: FlaskClient) -> None:
    assert client.post("/c/token", data={"W1": "3"}, headers=OURS).text == "token ['3']"


@pytest.mark.parametrize("stale", ["", "forged", "IjEi.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"])
def test_a_stale_token_gives_the_answers_back_with_one_button(
    client: FlaskClient, marit: None, stale: str
) -> None:
    data = MultiDict([("note", "regel 1\r\n<b>regel 2"), ("S1", "3"), ("S1", "4"), ("csrf_token", stale)])
    reply = client.post("/antwoord?ronde=2", data=data, headers=OURS)
    assert reply.status_code == 400
    check_page(reply.text)
    assert TITLE in reply.text
    assert "U bent nu ingelogd als Marit Voss." in reply.text
    assert 'action="/antwoord?ronde=2"' in reply.text
    assert 'name="note" value="regel 1\r\n&lt;b&gt;regel 2"' in reply.text
    assert re.findall(r'name="S1" value="(\d)"', reply.text) == ["3", "4"]
    fresh = TOKEN.findall(reply.text)
    assert len(fresh) == 1
    again = client.post("/antwoord", data={"note": "x", "csrf_token": fresh[0]}, headers=OURS)
    assert again.text == "x"


def test_someone_signed_out_gets_the_answers_back_and_the_way_in(client: FlaskClient) -> None:
    data = {"note": "niet kwijt", "csrf_token": token(client)}
    for headers in (OURS, {"Origin": "http://localhost"}):
        reply = client.post("/antwoord", data=data, headers=headers)
        assert reply.status_code == 401
        check_page(reply.text)
        assert 'value="niet kwijt"' in reply.text
        assert re.search(r'href="/inloggen" target="_blank"', reply.text)


def test_someone_signed_out_without_a_token_hears_the_same(client: FlaskClient) -> None:
    reply = client.post("/antwoord", data={"note": "niet kwijt"}, headers=OURS)
    assert (reply.status_code, TITLE in reply.text) == (401, True)


@pytest.mark.parametrize("headers", [FOREIGN, {"Origin": "https://evil.example"}])
def test_what_another_site_posts_is_not_shown_as_someones_answers(
    client: FlaskClient, marit: None, headers: dict[str, str]
) -> None:
    reply = client.post("/antwoord", data={"note": "van een ander"}, headers=headers)
    assert reply.status_code == 403
    assert "van een ander" not in reply.text


def test_a_sender_who_does_not_say_from_where_is_refused_without_echo(
    client: FlaskClient, marit: None
) -> None:
    reply = client.post("/antwoord", data={"note": "van wie"})
    assert reply.status_code == 400
    assert "van wie" not in reply.text


def test_a_script_hears_it_as_json(client: FlaskClient, marit: None) -> None:
    reply = client.post("/antwoord", data={"S1": "3"}, headers=OURS | {"Accept": "application/json"})
    assert reply.status_code == 400
    assert reply.json is not None
    assert reply.json["message"]


def test_an_empty_form_has_nothing_to_give_back(client: FlaskClient) -> None:
    reply = client.post("/antwoord", data={"csrf_token": "x"}, headers=OURS)
    assert reply.status_code == 401
    assert TITLE not in reply.text
    assert "U bent uitgelogd" in reply.text


def test_what_a_busy_database_could_not_take_comes_back_too(client: FlaskClient) -> None:
    reply = client.post("/stuk/busy", data={"W1": "3"}, headers=OURS)
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == "30"
    check_page(reply.text)
    assert 'name="W1" value="3"' in reply.text
    assert "csrf_token" not in reply.text
    assert "Set-Cookie" not in reply.headers
