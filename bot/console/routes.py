"""Every address of the desk, with what somebody must be allowed to do there.

An address without that is never served: the start ends instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.console import (
    allowing,
    asking,
    audit,
    claiming,
    closing,
    complaint_letter,
    complaints,
    conversation,
    drafting,
    duty,
    figures,
    finding,
    help_page,
    in_need,
    instructions,
    letterboxes,
    licences,
    linking,
    me,
    mine,
    not_understood,
    notices,
    passkeys,
    people,
    queue,
    recalling,
    register,
    releasing,
    reopening,
    replies,
    resending,
    revealing,
    reviewing,
    set_up,
    sign_in,
    snoozing,
    socket,
    survey,
    transferring,
    unseen,
    writing,
)
from bot.console.gate import GUARDS, Guard, is_below, keep_gate
from bot.console.rights import Action
from bot.console.sign_in import PASSPHRASES
from bot.hashes import SlowHashes
from dialogs.frozen import Frozen


class Unguarded(Exception):
    """An address of the desk does not say who may use it."""


class Route(Frozen):
    """One address; `is_activity` is false where a page asks by itself, with nobody there."""

    method: str
    path: str
    handler: Handler
    action: Action
    is_activity: bool = True


REQUEST = "/staff/r/{id}"
COMPLAINT = "/staff/complaints/{id}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/staff/sign-in", sign_in.show, Action.ENTER),
    Route("POST", "/staff/sign-in", sign_in.sign_in, Action.ENTER),
    Route("GET", "/staff/sign-in/passkey.json", passkeys.ask_to_sign_in, Action.ENTER),
    Route("POST", "/staff/sign-in/passkey", passkeys.sign_in, Action.ENTER),
    Route("GET", "/staff/setup/{token}", set_up.show, Action.ENTER),
    Route("POST", "/staff/setup/{token}", set_up.finish, Action.ENTER),
    Route("GET", "/staff/setup/{token}/code.svg", set_up.picture, Action.ENTER),
    Route("POST", "/staff/sign-out", me.sign_out, Action.OWN_ACCOUNT),
    Route("POST", "/staff/sign-out-everywhere", me.sign_out_everywhere, Action.OWN_ACCOUNT),
    Route("GET", "/staff/me", me.show, Action.OWN_ACCOUNT),
    Route("POST", "/staff/me", me.change, Action.OWN_ACCOUNT),
    Route("GET", "/staff/confirming.json", passkeys.ask_to_confirm, Action.OWN_ACCOUNT),
    Route("GET", "/staff/me/passkeys.json", passkeys.ask_to_add, Action.PASSKEYS),
    Route("POST", "/staff/me/passkeys", passkeys.add, Action.PASSKEYS),
    Route("POST", "/staff/me/passkeys/{id}/remove", passkeys.remove, Action.PASSKEYS),
    Route("POST", "/staff/me/letterboxes", letterboxes.give, Action.HAND_ON),
    Route("POST", "/staff/duty", duty.change, Action.OWN_ACCOUNT),
    Route("GET", "/staff/people", people.show, Action.PEOPLE),
    Route("POST", "/staff/people", people.add, Action.PEOPLE),
    Route("POST", "/staff/people/{id}", people.change, Action.PEOPLE),
    Route("POST", "/staff/people/{id}/disable", people.disable, Action.PEOPLE),
    Route("POST", "/staff/people/{id}/reset", people.reset, Action.PEOPLE),
    Route("GET", "/staff/audit", audit.show, Action.AUDIT),
    Route("GET", "/staff/register", register.show, Action.REGISTER),
    Route("GET", "/staff/register.pdf", register.as_file, Action.REGISTER),
    Route("GET", "/staff/notices", notices.show, Action.NOTICES),
    Route("GET", "/staff/help", help_page.show, Action.HELP),
    Route("GET", "/staff/survey", survey.show, Action.FIGURES),
    Route("GET", "/staff/not-understood", not_understood.show, Action.FIGURES),
    Route("GET", "/staff/figures", figures.show, Action.FIGURES),
    Route("GET", "/staff/figures.csv", figures.as_file, Action.FIGURES),
    Route("GET", "/staff/charts/{name}.svg", figures.chart, Action.FIGURES),
    Route("GET", "/staff/licences", licences.show, Action.LICENCES),
    Route("POST", "/staff/licences/{id}", licences.keep, Action.EDIT_LICENCES),
    Route("GET", "/staff/instructions", instructions.show, Action.INSTRUCTIONS),
    Route("POST", "/staff/instructions", instructions.keep, Action.INSTRUCTIONS),
    Route("GET", "/staff/review", reviewing.show, Action.REVIEW),
    Route("POST", "/staff/review", reviewing.draw_lots, Action.REVIEW),
    Route("POST", "/staff/review/{id}", reviewing.note_down, Action.REVIEW),
    Route("GET", "/staff", me.lead_on, Action.OWN_ACCOUNT),
    Route("GET", "/staff/find", finding.find, Action.SEE_QUEUES),
    Route("GET", "/staff/queue", queue.show, Action.SEE_QUEUES),
    Route("GET", "/staff/fragments/queue", queue.refresh, Action.SEE_QUEUES, is_activity=False),
    Route("GET", "/staff/fragments/bar", queue.refresh_bar, Action.OWN_ACCOUNT, is_activity=False),
    Route("GET", "/staff/fragments/mine", mine.refresh, Action.SEE_QUEUES, is_activity=False),
    Route("GET", "/staff/ws", socket.tell, Action.OWN_ACCOUNT, is_activity=False),
    Route("GET", REQUEST, conversation.show, Action.READ),
    Route("GET", "/staff/fragments/r/{id}", conversation.refresh, Action.READ, is_activity=False),
    Route("GET", "/staff/need", in_need.show, Action.ASK_IN_NEED),
    Route("POST", "/staff/need", in_need.ask, Action.ASK_IN_NEED),
    Route("GET", "/staff/need/{id}", in_need.read, Action.READ),
    Route("POST", "/staff/need/{id}/end", in_need.give_back, Action.READ),
    Route("GET", "/staff/needs", allowing.show, Action.ALLOW_IN_NEED),
    Route("POST", "/staff/needs/{id}", allowing.decide, Action.ALLOW_IN_NEED),
    Route("GET", "/staff/next", claiming.lead_to_next, Action.CLAIM),
    Route("POST", f"{REQUEST}/claim", claiming.claim, Action.CLAIM),
    Route("POST", f"{REQUEST}/release", releasing.release, Action.RELEASE),
    Route("POST", f"{REQUEST}/aside", releasing.stand_aside, Action.RELEASE),
    Route("POST", f"{REQUEST}/aside/undo", me.come_back, Action.RELEASE),
    Route("POST", "/staff/unseen/{id}", unseen.move, Action.UNSEEN),
    Route("POST", f"{REQUEST}/link", linking.link, Action.LINK),
    Route("POST", f"{REQUEST}/unlink", linking.unlink, Action.LINK),
    Route("POST", f"{REQUEST}/write", writing.write, Action.WRITE),
    Route("GET", "/staff/replies", replies.show, Action.USE_REPLIES),
    Route("POST", "/staff/replies", replies.keep, Action.EDIT_REPLIES),
    Route("POST", f"{REQUEST}/insert", replies.insert, Action.USE_REPLIES),
    Route("POST", f"{REQUEST}/show", revealing.show, Action.UNMASK),
    Route("POST", f"{REQUEST}/draft", drafting.keep, Action.WRITE),
    Route("POST", f"{REQUEST}/again", resending.send_again, Action.WRITE),
    Route("POST", f"{REQUEST}/recall", recalling.recall, Action.WRITE),
    Route("POST", f"{REQUEST}/ask", asking.ask, Action.ASK),
    Route("GET", f"{REQUEST}/transfer", transferring.show, Action.TRANSFER),
    Route("POST", f"{REQUEST}/transfer", transferring.transfer, Action.TRANSFER),
    Route("POST", f"{REQUEST}/transfer/withdraw", transferring.withdraw, Action.TRANSFER),
    Route("POST", f"{REQUEST}/transfer/accept", transferring.accept, Action.TRANSFER),
    Route("POST", f"{REQUEST}/transfer/decline", transferring.decline, Action.TRANSFER),
    Route("GET", f"{REQUEST}/snooze", snoozing.show, Action.SNOOZE),
    Route("POST", f"{REQUEST}/snooze", snoozing.snooze, Action.SNOOZE),
    Route("POST", f"{REQUEST}/wake", snoozing.wake, Action.SNOOZE),
    Route("POST", f"{REQUEST}/reopen", reopening.reopen, Action.REOPEN),
    Route("GET", f"{REQUEST}/close", closing.show, Action.CLOSE),
    Route("POST", f"{REQUEST}/close", closing.close, Action.CLOSE),
    Route("GET", "/staff/complaints", complaints.show_all, Action.COMPLAINTS),
    Route("GET", COMPLAINT, complaints.show, Action.COMPLAINTS),
    Route("GET", f"{COMPLAINT}/steps/{{number}}.pdf", complaint_letter.show, Action.COMPLAINTS),
    Route("POST", f"{COMPLAINT}/advance", complaints.advance, Action.COMPLAINTS),
    Route("POST", f"{COMPLAINT}/about", complaints.set_about, Action.COMPLAINTS),
)


def install(app: web.Application) -> None:
    """Add the desk; called once, after what all pages share."""
    app[PASSPHRASES] = SlowHashes()
    app[GUARDS] = {}
    app.middlewares.append(keep_gate)
    for route in ROUTES:
        for method in ("GET", "HEAD") if route.method == "GET" else (route.method,):
            added = app.router.add_route(method, route.path, route.handler)
            app[GUARDS][added] = Guard(route.action, is_activity=route.is_activity)
    app.on_startup.append(check_every_address)


async def check_every_address(app: web.Application) -> None:
    """Raise Unguarded for an address below /staff that does not say who may use it."""
    for added in addresses_below(app):
        if added not in app[GUARDS]:
            path = added.resource.canonical if added.resource else ""
            raise Unguarded(f"{added.method} {path} does not say who may use it")


def addresses_below(app: web.Application) -> Iterator[web.AbstractRoute]:
    """List every address of the desk, also one that another file has added."""
    for added in app.router.routes():
        if added.resource is not None and is_below(added.resource.canonical):
            yield added


def permissions() -> Iterator[tuple[str, str, str]]:
    """List every address with its method and what it takes to use it, to be printed."""
    for route in ROUTES:
        yield route.method, route.path, route.action.value
