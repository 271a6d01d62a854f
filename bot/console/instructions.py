"""Work instructions: what to do at each step of a case, written here and read beside the case."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web
from babel.dates import format_date

from bot.console.answers import ConsentFact
from bot.console.auditing import Doing, note
from bot.console.desk import draw, house_of, in_their_own_words, member_of, say_to, today_of
from bot.console.queue import counted
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from bot.pages.languages import language_of
from dialogs.frozen import Frozen
from dialogs.values import Purpose, Service
from storage import instructions
from storage.errors import NotFound
from storage.instructions import Instruction, Step
from storage.messages import Author, Message
from storage.referrals import Referral, Status

INSTRUCTIONS = "/staff/instructions"
LONGEST = 2000
LARGEST_FORM = 64 * 1024

Texts = dict[tuple[Service, Step, str], str]


class Told(Frozen):
    """What to do now, for whoever reads it."""

    step: Step
    words: str
    language: str
    written: str


async def show(request: web.Request) -> web.Response:
    """Show every instruction of the services whose queues this member sees."""
    return await _page(request, {})


async def keep(request: web.Request) -> web.Response:
    """Keep what to do at one step, in every language; what is too long is given back."""
    house, form = house_of(request), await read_form(request, LARGEST_FORM)
    service = next((each for each in _services(request) if each == form.get("service")), None)
    step = next((each for each in Step if each == form.get("step")), None)
    if service is None or step is None:
        raise NotFound("no such step of a service")
    texts = {
        (service, step, language): form.get(f"words_{language}", "").strip()
        for language in house.wording.desk_languages
    }
    if any(len(words) > LONGEST for words in texts.values()):
        problem = say_to(request)("instructions.long", most=LONGEST)
        return await _page(request, texts, problem)
    async with house.database.begin() as db:
        for (_, _, language), words in texts.items():
            written = Instruction(service, step, language, words, today_of(request))
            await instructions.keep(db, written)
        await note(db, request, Doing.INSTRUCTED)
    return see_other(f"{INSTRUCTIONS}#{service}-{step}")


async def told(request: web.Request, referral: Referral, step: Step) -> Told | None:
    """Find what to do at a step, for whoever reads the page; nothing where nothing is written."""
    language = language_of(request)
    async with house_of(request).database.reading() as db:
        found = await instructions.find(db, referral.service, step, language)
    if found is None:
        return None
    written = str(format_date(found.written_on, "d MMMM yyyy", locale=language))
    return Told(step, found.words, found.language, written)


def step_of(
    referral: Referral, thread: Iterable[Message], consents: Iterable[ConsentFact]
) -> Step | None:
    """Say how far a case is, by what was said and agreed to; what is over has no next step."""
    match referral.status:
        case Status.WAITING:
            return Step.WAITING
        case Status.OWNED if all(each.author is not Author.STAFF for each in thread):
            return Step.FIRST_ANSWER
        case Status.OWNED:
            given = {each.purpose for each in consents if each.state == "given"}
            return Step.OTHER_PARTY if Purpose.OTHER_PARTY in given else Step.PREPARING
        case Status.CLOSED | Status.LEFT | Status.WITHDRAWN | Status.ERASED:
            return None


def _services(request: web.Request) -> list[Service]:
    seen, services = member_of(request).queues, house_of(request).organisation.services
    return [
        service
        for service, office in services.items()
        if seen & {queue.key for queue in office.queues}
    ]


async def _page(request: web.Request, given_back: Texts, problem: str = "") -> web.Response:
    house, services = house_of(request), _services(request)
    async with house.database.reading() as db:
        written = await instructions.of_services(db, services)
    texts = {(each.service, each.step, each.language): each.words for each in written}
    return draw(
        request,
        "instructions.html",
        status=422 if problem else 200,
        services=[(each, house.organisation.services[each].name) for each in services],
        steps=list(Step),
        languages=in_their_own_words(house.wording.desk_languages),
        texts=texts | given_back,
        open_at={(service, step) for service, step, _ in given_back},
        problem=problem,
        counts=await counted(request),
    )
