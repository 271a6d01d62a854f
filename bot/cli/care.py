"""The commands for what people may ask for: all that is kept of them, and to be forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cli.inside import AsJson, Yes, in_house, say, write_private
from bot.console.auditing import Doing, note_of
from bot.copies import held
from bot.copies.making import materials_of
from bot.copies.values import Made
from bot.envelopes import Envelope
from bot.house import House
from bot.web.copies import FILES
from bot.workers import keeper_of
from dialogs.events import Forgotten
from storage import referrals
from storage.errors import NotFound, StorageError

TOO_MUCH = "more than a fifth is due at once; if the clock is right, repeat it with --confirm"
Confirm = Annotated[bool, typer.Option("--confirm", help="Also more than a fifth at once.")]


Out = Annotated[
    Path | None, typer.Option("--out", help="Write it there to read and as data, and print none.")
]


def export_command(reference: str, out: Out = None) -> None:
    """Print everything that is kept of the person behind a request, as they can fetch it.

    Be sure who asks for it: what comes out is not sealed.
    """

    async def exported(house: House) -> None:
        made = await handed_out(house, reference)
        if out is None:
            typer.echo(await FILES["json"][1](made))
            return
        for kind, (_, written) in FILES.items():
            write_private(out, f"{reference}.{kind}", await written(made))

    in_house(exported)


async def handed_out(house: House, reference: str) -> Made:
    """Make it, and say so in the log; raise NotFound when there is nothing, which says nothing."""
    person_id, referral_id = await _behind(house, reference)
    async with house.database.reading() as db:
        materials = await materials_of(db, house, person_id)
        if materials is None:
            raise NotFound("nothing is kept of this person any more")
        made = await held.made(materials)
    async with house.database.begin() as db:
        await note_of(db, house, None, Doing.HANDED_OUT, referral_id)
    return made


def forget_command(reference: str, *, yes: Yes = False) -> None:
    """Erase everything about the person behind a request, as they can themselves."""

    async def forgotten(house: House) -> None:
        person_id, referral_id = await _behind(house, reference)
        if yes:
            await erase(house, person_id, referral_id)
        typer.echo(f"{reference}: {'erased' if yes else 'would be erased; repeat with --yes'}")

    in_house(forgotten)


def purge_command(*, yes: Yes = False, confirm: Confirm = False, as_json: AsJson = False) -> None:
    """Forget what is due, as a worker does by itself; without --yes only say what that is.

    People whose requests are long closed are left when they are more than a fifth of all of them:
    look first whether the clock is right, and then repeat it with --confirm.
    """

    async def purged(house: House) -> None:
        keeper = keeper_of(house)
        async with house.database.begin() as db:
            due = await keeper.retention.due(db, house.clock.now())
        rows: list[dict[str, object]] = [
            {"kind": each.kind, "due": each.count, "of": each.of} for each in due
        ]
        say(rows, as_json=as_json)
        if any(each.is_too_much for each in due) and not confirm:
            raise StorageError(TOO_MUCH)
        if yes:
            await keeper.round(is_confirmed=confirm)

    in_house(purged)


def proof_command(number: str) -> None:
    """Say when the person with this number was erased; they got it when it was done."""

    async def proved(house: House) -> None:
        at = await house.keystore.erased_under(number.strip().upper())
        if at is None:
            raise NotFound("nobody was erased under this number")
        typer.echo(f"{number}: erased on {at.date().isoformat()}")

    in_house(proved)


async def _behind(house: House, reference: str) -> tuple[UUID, UUID]:
    """Find the person behind a request, and the request; raise NotFound when there is neither."""
    async with house.database.reading() as db:
        for each in await referrals.everything(db):
            if each.reference == reference and each.person_id is not None:
                return each.person_id, each.id
    raise NotFound("there is no such request")


async def erase(house: House, person_id: UUID, referral_id: UUID) -> None:
    """Erase somebody who asked for it, and can no longer do it themselves."""

    async def first(db: AsyncSession) -> None:
        await note_of(db, house, None, Doing.ERASED, referral_id)

    key = f"operator:{house.clock.new_token()}"
    await house.conductor.hear(Envelope(person_id, key, Forgotten(), first))
