"""What a poster points at opens the conversation where it should, and can be scanned."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import segno
from typer.testing import CliRunner

from bot.cli import app_for
from bot.commands import event_of
from bot.posters import ERRORS, PIXELS_A_MODULE, QUIET, Link, links_to, squares
from bot.web.read import START
from dialogs.events import Chose
from dialogs.turn import turn
from dialogs.values import Role, Service, Session

PUBLIC_URL = "https://chat.example"
ROLES: dict[str, Role] = {**{role: role for role in Role}, Service.ADMINISTRATION: Role.CLIENT}
SVG = "{http://www.w3.org/2000/svg}"


def given(links: list[Link], door: str) -> dict[str, str]:
    return {link.name: link.address for link in links if link.door == door}


def opened(start: str) -> Session:
    came = turn(Session(), event_of(f"/start {start}")).session
    return turn(came, Chose("welcome.language", "nl")).session


def test_every_role_service_and_complaint_has_a_link_through_both_doors() -> None:
    links = list(links_to(f"{PUBLIC_URL}/", "test_bot"))
    names = {*Role, *Service, "complaint"}
    assert given(links, "web") == {name: f"{PUBLIC_URL}/chat?start={name}" for name in names}
    assert given(links, "telegram") == {
        name: f"https://t.me/test_bot?start={name}" for name in names
    }


@pytest.mark.parametrize("name", given(list(links_to(PUBLIC_URL, "")), "web"))
def test_a_link_opens_the_conversation_for_whom_it_is(name: str) -> None:
    assert START.fullmatch(name)
    assert opened(name).role == ROLES.get(name)


def test_a_service_with_several_roles_asks_which() -> None:
    assert str(opened("mediation").place) == "welcome.role"


@pytest.mark.parametrize(("url", "bot", "doors"), [("", "b_bot", 1), (PUBLIC_URL, "", 1)])
def test_a_door_that_is_not_there_has_no_links(url: str, bot: str, doors: int) -> None:
    assert len({link.door for link in links_to(url, bot)}) == doors


def test_a_square_holds_its_address_as_picture_and_as_drawing(tmp_path: Path) -> None:
    link = Link("victim", "web", f"{PUBLIC_URL}/chat?start=victim")
    drawing, picture = squares([link], tmp_path)
    modules = segno.make(link.address, error=ERRORS, micro=False).symbol_size(border=QUIET)[0]
    root = ET.fromstring(drawing.read_text("utf-8"))  # noqa: S314 - drawn by ourselves
    assert root.findtext(f"{SVG}title") == link.address
    assert root.get("width") == str(modules * PIXELS_A_MODULE)
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (modules * PIXELS_A_MODULE,) * 2


def test_the_command_lists_them_and_draws_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", PUBLIC_URL)
    ran = CliRunner().invoke(
        app_for("links"), ["links", "--bot", "@test_bot", "--out", str(tmp_path)]
    )
    assert ran.exit_code == 0, ran.output
    assert "https://t.me/test_bot?start=complaint" in ran.stdout.splitlines()
    drawn = {path.name for path in tmp_path.iterdir()}
    assert {"complaint.telegram.svg", "complaint.web.png"} <= drawn
    assert all(re.fullmatch(r"[a-z]+\.(telegram|web)\.(svg|png)", name) for name in drawn)


@pytest.mark.parametrize("bot", ["t.me/test_bot", "a b", "@"])
def test_what_cannot_be_the_name_of_a_bot_is_refused(bot: str) -> None:
    assert CliRunner().invoke(app_for("links"), ["links", "--bot", bot]).exit_code == 2
