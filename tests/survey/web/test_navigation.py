"""The menu holds what the reader may open, and says where the reader is."""

import re

import pytest
from flask.testing import FlaskClient

from survey.access.permissions import Permission, Role
from survey.web.navigation import MENU, WIDEST
from tests.client import check_page
from tests.survey.web.conftest import SignIn


def menu(text: str) -> list[str]:
    found = re.search(r"<nav.*?</nav>", text, re.DOTALL)
    return re.findall(r"</svg>([^<]*)</a>", found[0]) if found else []


def under_more(text: str) -> list[str]:
    found = re.search(r"<details><summary[^>]*><svg.*?</svg>Meer</summary>(.*?)</details>", text, re.DOTALL)
    return menu(f"<nav>{found[1]}</nav>") if found else []


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({Role.COACH}, ["Vandaag", "Reflectie", "Groei", "Trajecten", "Agenda"]),
        ({Role.TRAINER}, ["Vandaag", "Agenda", "Cohorten"]),
        ({Role.LEAD}, ["Vandaag", "Inzet", "Mensen", "Evaluatie", "Advies", "Jaarplan"]),
        ({Role.COACH, Role.TRAINER}, ["Vandaag", "Reflectie", "Groei", "Trajecten", "Agenda", "Cohorten"]),
    ],
)
def test_each_role_has_its_own_menu(
    client: FlaskClient, sign_in: SignIn, roles: set[Role], words: list[str]
) -> None:
    sign_in(*roles)
    assert menu(client.get("/vandaag").text) == words


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({Role.COACH}, []),
        ({Role.TRAINER}, []),
        ({Role.LEAD}, ["Advies", "Jaarplan"]),
        ({Role.COACH, Role.TRAINER}, ["Agenda", "Cohorten"]),
        ({Role.TRAINER, Role.LEAD}, ["Mensen", "Evaluatie", "Advies", "Jaarplan"]),
    ],
)
def test_what_a_bar_of_five_has_no_room_for_stands_under_more(
    client: FlaskClient, sign_in: SignIn, roles: set[Role], words: list[str]
) -> None:
    sign_in(*roles)
    text = client.get("/vandaag").text
    check_page(text)
    assert under_more(text) == words
    assert len(menu(text)) - len(words) <= WIDEST - bool(words)


def test_more_is_marked_on_a_page_that_stands_under_it(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(Role.COACH, Role.LEAD)
    marked = '<summary aria-current="true">'
    assert marked in client.get("/advies").text
    assert marked not in client.get("/vandaag").text


def test_the_menu_says_on_which_page_and_in_which_part_the_reader_is(
    client: FlaskClient, marit: None
) -> None:
    assert re.findall(r'href="(\S+)" aria-current="page"', client.get("/vandaag").text) == ["/vandaag"]
    assert re.findall(r'href="(\S+)" aria-current="true"', client.get("/groei/marit").text) == ["/groei"]


def test_a_page_names_the_reader_and_lets_them_out(client: FlaskClient, marit: None) -> None:
    text = client.get("/vandaag").text
    check_page(text)
    assert "Marit Voss" in text
    assert re.search(
        r'<form method="post" action="/uitloggen">\s*<input type="hidden" name="csrf_token"', text
    )
    assert re.search(r'<form method="post" action="/taal">', text)


def test_a_page_for_anyone_has_no_menu(client: FlaskClient) -> None:
    assert menu(client.get("/open").text) == []


def test_one_part_of_the_house_stands_behind_each_line() -> None:
    assert len({entry.path for entry in MENU}) == len(MENU)
    elsewhere = {Permission.KEEP_ACCOUNT, Permission.PASS_ON_CASES, Permission.HOLD_EVENTS}
    elsewhere |= {Permission.SEE_OWN_PLACEMENTS, Permission.KEEP_AGREEMENTS}
    assert {entry.permission for entry in MENU} == set(Permission) - elsewhere
