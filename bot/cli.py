"""The commands. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, NoReturn
from uuid import UUID

import typer

from bot import logs
from bot.app import make_app, serve, work
from bot.book.commands import book, graph
from bot.catalogs import BadCatalog
from bot.clock import Clock
from bot.console import members
from bot.console.members import BadMember
from bot.console.routes import permissions
from bot.envelopes import Envelope
from bot.house import House
from bot.opening import migrate_both, opened
from bot.posters import links
from bot.rows import BadOrganisation
from bot.settings import BadSetting, Settings
from bot.terminal import talk
from dialogs.events import Forgotten
from storage import complaint_desk, mail, referrals, setaside
from storage.errors import BadKeyFile, NotFound, NotMigrated, StorageError, Unavailable, WrongKey
from storage.staff import everyone
from storage.staff_values import StaffRole

FAILED, TRY_LATER, CONFIGURATION = 1, 75, 78
MISCONFIGURED = (
    BadSetting,
    BadOrganisation,
    BadCatalog,
    BadKeyFile,
    WrongKey,
    NotMigrated,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
staff = typer.Typer(no_args_is_help=True, help="Members of staff.")
app.add_typer(staff, name="staff")
app.command("book")(book)
app.command("graph")(graph)
app.command("links")(links)

AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable, on one line.")]


def main() -> None:
    """Run a command; what is wrong with the set-up is said in one line."""
    try:
        app()
    except MISCONFIGURED as error:
        give_up(error, CONFIGURATION)
    except Unavailable as error:
        give_up(error, TRY_LATER)
    except (BadMember, StorageError) as error:
        give_up(error, FAILED)
    except OSError as error:
        give_up(error, CONFIGURATION)


def give_up(error: Exception, code: int) -> NoReturn:
    """Say what is wrong, and end with a code that says what kind of thing it is."""
    typer.echo(f"handreiking: {error}", err=True)
    sys.exit(code)


def in_house(do: Callable[[House], Awaitable[None]]) -> None:
    """Open the house, do something in it, and close it."""
    settings = Settings.read(os.environ)
    logs.set_up(settings.log_level, settings.log_format)

    async def run() -> None:
        async with opened(settings, Clock()) as house:
            await do(house)

    asyncio.run(run())


def say(rows: list[dict[str, object]], *, as_json: bool) -> None:
    """Print what was found: as JSON, or a row a line."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for row in rows:
        typer.echo("  ".join(f"{key}={value}" for key, value in row.items()))


@app.command("serve")
def serve_command(
    *, no_workers: Annotated[bool, typer.Option("--no-workers", help="Only the web side.")] = False
) -> None:
    """Run the web side, and the courier and keeper with it."""
    in_house(lambda house: serve(house, workers=not no_workers))


@app.command("work")
def work_command() -> None:
    """Run the courier and the keeper alone."""
    in_house(work)


@app.command("migrate")
def migrate_command() -> None:
    """Bring both databases to their newest form."""
    asyncio.run(migrate_both(Settings.read(os.environ)))


@app.command("chat")
def chat_command() -> None:
    """Talk to the bot in the terminal."""
    in_house(talk)


@app.command("referrals")
def referrals_command(*, as_json: AsJson = False) -> None:
    """List requests: reference, queue, status, owner and times; nothing personal."""

    async def listed(house: House) -> None:
        async with house.database.reading() as db:
            found = await referrals.everything(db)
        say([row_of(each) for each in found], as_json=as_json)

    in_house(listed)


def row_of(referral: referrals.Referral) -> dict[str, object]:
    """Say of a request what may be said outside the desk."""
    return {
        "reference": referral.reference,
        "service": referral.service,
        "queue": referral.queue,
        "status": referral.status,
        "owner": referral.owner_name,
        "opened_at": referral.opened_at.isoformat(timespec="minutes"),
        "waiting_since": referral.waiting_since
        and referral.waiting_since.isoformat(timespec="minutes"),
        "closed_at": referral.closed_at and referral.closed_at.isoformat(timespec="minutes"),
    }


@app.command("complaints")
def complaints_command(*, as_json: AsJson = False) -> None:
    """List open complaints, and by how many colleagues each is seen; nothing personal."""

    async def listed(house: House) -> None:
        async with house.database.reading() as db:
            members = await everyone(db, house.keystore.system)
            found = await complaint_desk.overview(db, members)
        names = ("queue", "standing", "opened_at", "seen_by")
        say([dict(zip(names, each, strict=True)) for each in found], as_json=as_json)

    in_house(listed)


@app.command("mail")
def mail_command(*, as_json: AsJson = False) -> None:
    """Count the letters that wait, were sent and were dropped."""

    async def counted(house: House) -> None:
        async with house.database.reading() as db:
            counts, aside = await mail.counts(db), await setaside.count(db)
        oldest = counts.oldest_at
        age = None if oldest is None else (house.clock.now() - oldest).total_seconds()
        row: dict[str, object] = {
            "waiting": counts.waiting,
            "sent": counts.sent,
            "dropped": counts.dropped,
            "oldest_seconds": age,
            "set_aside": aside,
        }
        say([row], as_json=as_json)

    in_house(counted)


@app.command("routes")
def routes_command(*, as_json: AsJson = False) -> None:
    """List every address with its method and the permission it needs."""

    async def listed(house: House) -> None:
        needed = {(method, path): action for method, path, action in permissions()}
        rows: list[dict[str, object]] = [
            {
                "method": route.method,
                "path": route.resource.canonical,
                "permission": needed.get((route.method, route.resource.canonical), "everybody"),
            }
            for route in make_app(house).router.routes()
            if route.resource is not None and route.method != "HEAD"
        ]
        say(rows, as_json=as_json)

    in_house(listed)


@app.command("forget")
def forget_command(
    reference: str, *, yes: Annotated[bool, typer.Option("--yes", help="Do it.")] = False
) -> None:
    """Erase everything about the person behind a request, as they can themselves."""

    async def forgotten(house: House) -> None:
        async with house.database.reading() as db:
            found = [each for each in await referrals.everything(db) if each.reference == reference]
        if not found or found[0].person_id is None:
            raise NotFound("there is no such request")
        if yes:
            await erase(house, found[0].person_id)
        typer.echo(f"{reference}: {'erased' if yes else 'would be erased; repeat with --yes'}")

    in_house(forgotten)


@app.command("proof")
def proof_command(number: str) -> None:
    """Say when the person with this number was erased; they got it when it was done."""

    async def proved(house: House) -> None:
        at = await house.keystore.erased_under(number.strip().upper())
        if at is None:
            raise NotFound("nobody was erased under this number")
        typer.echo(f"{number}: erased on {at.date().isoformat()}")

    in_house(proved)


async def erase(house: House, person_id: UUID) -> None:
    """Erase somebody who asked for it, and can no longer do it themselves."""
    key = f"operator:{house.clock.new_token()}"
    await house.conductor.hear(Envelope(person_id, key, Forgotten()))


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
def staff_reset(email: str) -> None:
    """Print a new set-up link for a member who lost their passphrase or phone."""

    async def reset(house: House) -> None:
        typer.echo(await members.reset(house, email))

    in_house(reset)
