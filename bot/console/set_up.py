"""The set-up link: who somebody is, a passphrase of their own, and an authenticator app.

Until the form is right nothing is kept, and what the page offers stays the same until then.
"""

from __future__ import annotations

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console import codes, passphrases
from bot.console.auditing import Doing, note_of
from bot.console.desk import draw, house_of, in_their_own_words
from bot.console.letterboxes import new_own, settle
from bot.console.members import is_email, is_name
from bot.console.sessions import begin, hand_out, hashed
from bot.console.sign_in import PASSPHRASES, unified
from bot.console.tries import email_index
from bot.house import House
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from bot.pages.languages import LANGUAGE, language_of
from dialogs.frozen import Frozen, Hidden, replace
from storage import own_keys, signin, staff
from storage.duties import Duty, take_turns
from storage.errors import Conflict, NotFound
from storage.staff_values import Member

PURPOSE = "staff set-up"


class Invited(Frozen):
    """Somebody with a link that is valid, and what the page offers them."""

    member: Member
    token: Hidden[str]
    secret: Hidden[str]
    suggestion: Hidden[str]

    @property
    def says_who(self) -> bool:
        """Say whether they still have to tell who they are."""
        return not self.member.email


class Filled(Frozen):
    """The form as it came back."""

    name: str
    email: Hidden[str]
    language: str
    passphrase: Hidden[str]
    code: Hidden[str]

    @classmethod
    def read(cls, form: Form, invited: Invited) -> Filled:
        """Read the form; who somebody is, is theirs to say only once."""
        member = invited.member
        return cls(
            form.get("name", "").strip() if invited.says_who else member.name,
            form.get("email", "").strip() if invited.says_who else member.email,
            form.get("language", ""),
            unified(form.get("passphrase", "")),
            form.get("code", ""),
        )


async def show(request: web.Request) -> web.Response:
    """Show the form, or say that the link is worth nothing any more."""
    invited = await _invited(request)
    if invited is None:
        return draw(request, "set_up_gone.html", status=404)
    return _form(request, invited, invited.member.name, invited.member.email, {})


async def picture(request: web.Request) -> web.Response:
    """Draw what the authenticator app scans, as a file of its own."""
    invited = await _invited(request)
    if invited is None:
        raise web.HTTPNotFound
    drawn = codes.picture(invited.secret, invited.member.email)
    return web.Response(body=drawn, content_type="image/svg+xml")


async def finish(request: web.Request) -> web.Response:
    """Keep what was chosen, use the link up, and let the new colleague in."""
    house, invited = house_of(request), await _invited(request)
    form = await read_form(request)
    if invited is None:
        return draw(request, "set_up_gone.html", status=404)
    filled = Filled.read(form, invited)
    if filled.language in house.wording.desk_languages:
        request[LANGUAGE] = filled.language
    step = codes.step_of(invited.secret, filled.code, house.clock.now())
    problems = _problems(filled, step)
    if problems or step is None:
        return _form(request, invited, filled.name, filled.email, problems, status=422)
    hashes = request.app[PASSPHRASES]
    password = await hashes.hash(filled.passphrase)
    own = await new_own(house, hashes, filled.passphrase)
    try:
        async with house.database.begin() as db:
            invited = await _still(db, house, invited)
            await _keep(db, house, invited, filled, password)
            await staff.note_totp_step(db, invited.member.id, step)
            own_key = await settle(db, house, invited.member, own)
            await note_of(db, house, invited.member, Doing.SET_UP, invited.member.id)
            token = await begin(db, house, request, invited.member, own_key)
    except NotFound:
        return draw(request, "set_up_gone.html", status=404)
    except Conflict:
        problems = {"email": "set_up.email_taken"}
        return _form(request, invited, filled.name, filled.email, problems, status=422)
    response = see_other("/staff")
    hand_out(response, house, token)
    return response


async def _still(db: AsyncSession, house: House, invited: Invited) -> Invited:
    """Use the link up, and get whose it is as they are now, and stay; raise NotFound.

    Hashing takes long enough for a colleague to be let in no more, or to get another link.
    """
    member = (await staff.hold(db, house.keystore.system, invited.member.id)).member
    if not member.active:
        raise NotFound("this colleague is let in no more")
    await signin.use_link(db, hashed(invited.token), house.clock.now())
    return replace(invited, member=member)


async def _keep(
    db: AsyncSession, house: House, invited: Invited, filled: Filled, password: str
) -> None:
    system, member = house.keystore.system, invited.member
    if invited.says_who:
        named = replace(member, name=filled.name, email=filled.email)
        await staff.rename(db, system, named, email_index(house, filled.email))
    if filled.language in house.wording.desk_languages:
        await staff.change(db, member.id, language=filled.language)
    await staff.set_password(db, system, member.id, password)
    await staff.set_totp(db, system, member.id, invited.secret)
    await take_turns(db, Duty.LETTERBOXES)
    await own_keys.forget_own(db, member.id)


async def _invited(request: web.Request) -> Invited | None:
    """Find who holds this link; everything the page offers is derived from it."""
    house, token = house_of(request), request.match_info["token"]
    async with house.database.reading() as db:
        member_id = await signin.find_link(db, hashed(token), house.clock.now())
        if member_id is None:
            return None
        member = await staff.get(db, house.keystore.system, member_id)
    if not member.active:
        return None
    key = house.keystore.derive(PURPOSE)
    return Invited(
        member,
        token,
        secret=codes.secret_for(key, f"code {token}"),
        suggestion=passphrases.suggested(codes.secret_for(key, f"passphrase {token}")),
    )


def _problems(filled: Filled, step: int | None) -> dict[str, str]:
    """Name what is not right yet, by field, as ids of the words for it."""
    right = {
        "name": is_name(filled.name),
        "email": is_email(filled.email),
        "passphrase": passphrases.is_long_enough(filled.passphrase),
        "code": step is not None,
    }
    return {name: f"set_up.{name}_problem" for name, is_right in right.items() if not is_right}


def _form(
    request: web.Request,
    invited: Invited,
    name: str,
    email: str,
    problems: dict[str, str],
    *,
    status: int = 200,
) -> web.Response:
    house = house_of(request)
    return draw(
        request,
        "set_up.html",
        status=status,
        invited=invited,
        name=name,
        email=email,
        problems=problems,
        secret=codes.in_groups(invited.secret),
        chosen=request.get(LANGUAGE) or language_of(request),
        languages=in_their_own_words(house.wording.desk_languages),
        shortest=passphrases.SHORTEST,
        longest=passphrases.LONGEST,
    )
