"""The commands for a spare key of letterboxes: to make one, and to let a colleague in with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.inside import in_house, write_private
from bot.console import letterboxes
from bot.console.members import BadMember
from bot.house import House
from storage.pairs import PrivateKey

letterbox = typer.Typer(no_args_is_help=True, help="A spare key of letterboxes.")


@letterbox.command("key")
def key_command(file: Path) -> None:
    """Write a spare key to a file, and print its public half for `letterbox_spare_key`.

    Keep the file elsewhere: whoever has it and the database reads what is in letterboxes.
    """
    if file.exists():
        raise BadMember(f"{file} is there already, and may be a key")
    key = PrivateKey.new()
    write_private(file.parent, file.name, f"{key.raw.hex()}\n".encode())
    typer.echo(key.public)


@letterbox.command("give")
def give_command(
    queue: str,
    email: str,
    spare: Annotated[Path, typer.Option(help="The file with the spare key.")],
) -> None:
    """Give a colleague the key of a letterbox, when nobody at the desk can."""

    async def given(house: House) -> None:
        try:
            key = PrivateKey(bytes.fromhex(spare.read_text("utf-8")))
        except ValueError:
            raise BadMember(f"{spare} is no file of `letterbox key`") from None
        await letterboxes.give_with_spare(house, queue, email, key)

    in_house(given)
