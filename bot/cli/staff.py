"""The commands for members of staff."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.inside import AsJson, in_house, say
from bot.console import members
from bot.house import House
from storage.staff_values import StaffRole

staff = typer.Typer(no_args_is_help=True, help="Members of staff.")


@staff.command("add")
def staff_add(
    name: str,
    email: Annotated[str, typer.Option(help="Their address, to sign in with.")],
    queue: Annotated[list[str], typer.Option(help="A queue they see; may repeat.")],
    role: Annotated[
        list[StaffRole] | None, typer.Option(help="What they are there for; may repeat.")
    ] = None,
) -> None:
    """Add a member of staff, and print the link by which they set themselves up."""

    async def added(house: House) -> None:
        typer.echo(await members.add(house, name, email, role or [StaffRole.COLLEAGUE], queue))

    in_house(added)


@staff.command("list")
def staff_list(*, as_json: AsJson = False) -> None:
    """List the members of staff."""

    async def listed(house: House) -> None:
        rows: list[dict[str, object]] = [
            {
                "name": member.name,
                "email": member.email,
                "roles": sorted(member.roles),
                "queues": sorted(member.queues),
                "active": member.active,
            }
            for member in await members.everyone(house)
        ]
        say(rows, as_json=as_json)

    in_house(listed)


@staff.command("disable")
def staff_disable(email: str) -> None:
    """End a member's access, at once and everywhere."""

    async def disabled(house: House) -> None:
        await members.disable(house, email)

    in_house(disabled)


@staff.command("reset")
def staff_reset(
    email: str,
    *,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also when what is in a letterbox is lost by it.")
    ] = False,
) -> None:
    """Print a new set-up link for a member who lost their passphrase or phone."""

    async def reset(house: House) -> None:
        typer.echo(await members.reset(house, email, even_the_last=anyway))

    in_house(reset)
