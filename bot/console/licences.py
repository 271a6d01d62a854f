"""The licences of mediators: how each stands in words, and what is still to be done for the next.

No mediator is compared with another; a coordinator sees those of their own queues.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from aiohttp import web
from babel.dates import format_date
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note
from bot.console.desk import draw, house_of, member_of, say_to, today_of
from bot.console.queue import counted
from bot.console.requests import id_of
from bot.house import House
from bot.licensing import Light, lacking, light
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from bot.pages.languages import language_of
from dialogs.frozen import Frozen
from storage import licences, staff
from storage.errors import NotFound
from storage.licences import Licence
from storage.staff_values import Member, StaffRole

LICENCES = "/staff/licences"
DAYS = ("trained_on", "valid_until")
NUMBERS = ("mediations", "training_hours", "intervisions")
MOST = 9999
SEEMS = {Light.NONE: "late", Light.ENDED: "late", Light.SOON: "soon", Light.VALID: "fine"}


class BadLicence(Exception):
    """A field of the form is neither a day nor a number."""


class Row(Frozen):
    """A mediator's licence, in words; `fields` are what stands in its form."""

    member: Member
    light: Light
    seems: str
    until: str
    told: str
    lacking: dict[str, int]
    fields: dict[str, str]


async def show(request: web.Request) -> web.Response:
    """List the licences, the most urgent first."""
    return await _page(request)


async def keep(request: web.Request) -> web.Response:
    """Keep what is known of a licence; what is no day or number is given back."""
    house, form, id = house_of(request), await read_form(request), id_of(request)
    try:
        licence = _read(id, form)
    except BadLicence:
        return await _page(request, id, form)
    async with house.database.begin() as db:
        _require(id, await _mediators(db, house, member_of(request)))
        await licences.keep(db, licence)
        await note(db, request, Doing.LICENCE_KEPT, id)
    return see_other(f"{LICENCES}#licence-{id}")


async def _mediators(db: AsyncSession, house: House, member: Member) -> list[Member]:
    """List who mediates in a queue of this member; who is not set up yet has no name."""
    everybody = await staff.everyone(db, house.keystore.system)
    at_work = [each for each in everybody if each.active and each.name]
    return [
        each for each in at_work if StaffRole.MEDIATOR in each.roles and each.queues & member.queues
    ]


def _require(id: UUID, mediators: Iterable[Member]) -> None:
    if id not in {each.id for each in mediators}:
        raise NotFound("no such mediator")


async def _page(
    request: web.Request, refused: UUID | None = None, form: Form | None = None
) -> web.Response:
    house, member = house_of(request), member_of(request)
    async with house.database.reading() as db:
        mediators = await _mediators(db, house, member)
        known = await licences.of(db, [each.id for each in mediators])
    if refused is not None:
        _require(refused, mediators)
    rows = [_row(request, each, known[each.id]) for each in mediators]
    if form is not None:
        for row in rows:
            if row.member.id == refused:
                row.fields.update({name: form.get(name, "") for name in (*DAYS, *NUMBERS)})
    order = list(Light)
    return draw(
        request,
        "licences.html",
        status=200 if refused is None else 422,
        rows=sorted(rows, key=lambda row: (order.index(row.light), row.member.name)),
        days=DAYS,
        numbers=NUMBERS,
        most=MOST,
        asked=house.organisation.licensing,
        by_mail=bool(house.settings.smtp_url),
        refused=refused,
        problem="" if refused is None else say_to(request)("licences.problem"),
        counts=await counted(request),
    )


def _row(request: web.Request, mediator: Member, licence: Licence) -> Row:
    house = house_of(request)
    asked = house.organisation.licensing
    stands = light(licence, asked, today_of(request))
    fields = {name: getattr(licence, name) for name in (*DAYS, *NUMBERS)}
    return Row(
        mediator,
        stands,
        SEEMS[stands],
        _in_words(licence.valid_until, request),
        _in_words(licence.told_on, request),
        lacking(licence, asked),
        {name: "" if value is None else str(value) for name, value in fields.items()},
    )


def _in_words(day: date | None, request: web.Request) -> str:
    return str(format_date(day, "d MMMM yyyy", locale=language_of(request))) if day else ""


def _read(staff_id: UUID, form: Form) -> Licence:
    trained_on, valid_until = (_day(form.get(name, "")) for name in DAYS)
    mediations, training_hours, intervisions = (_number(form.get(name, "")) for name in NUMBERS)
    return Licence(staff_id, trained_on, valid_until, mediations, training_hours, intervisions)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadLicence from None


def _number(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST))):
        raise BadLicence
    return int(text)
