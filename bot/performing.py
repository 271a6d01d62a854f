"""Effects become true: each is one or two calls of storage, in the transaction of the turn."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import counting
from bot.clock import Clock
from bot.complaining import Complaining
from bot.organisation import Organisation
from bot.requesting import Requesting
from bot.returning import Returning
from bot.scene import Scene
from bot.terms import FETCHABLE
from bot.wording import Wording
from dialogs.effects import (
    AddAnswers,
    AdvanceComplaint,
    AnswerStaff,
    AskCorrection,
    CountAnswer,
    CountHelp,
    CountMissed,
    CountNo,
    Effect,
    EndConsent,
    ErasePerson,
    FileComplaint,
    KeepCode,
    KeepPin,
    LeaveReferral,
    NoteDanger,
    OfferCopy,
    OpenReferral,
    PassOn,
    RaiseAlarm,
    RecordConsent,
    RemovePin,
    WarnStaff,
    WithdrawConsent,
)
from dialogs.events import Danger
from dialogs.frozen import Frozen
from dialogs.intake import CONTACT_STEPS
from dialogs.turn import show
from dialogs.values import ASKED_BY_STAFF, Place, Purpose, Service, Session, Topic
from storage import (
    asks,
    complaints,
    consents,
    copies,
    locks,
    mail,
    messages,
    people,
    referrals,
    survey,
    tally,
    traces,
)
from storage.asks import State
from storage.consents import Consent, ConsentText
from storage.figures import Left
from storage.keystore import KeyStore
from storage.messages import Author, Delivery, NewMessage
from storage.people import Way


def name_in_tally(counted: CountHelp | CountMissed, language: str) -> str:
    """Name what is counted by day, and of nobody."""
    match counted:
        case CountHelp(card=card, helped=helped):
            return f"info.{card}.{'yes' if helped else 'no'}"
        case CountMissed(near=near, is_offered=is_offered):
            return tally.missed(language, near, is_offered=is_offered)


class Performer(Frozen):
    """What performing effects needs beside a transaction."""

    clock: Clock
    organisation: Organisation
    wording: Wording
    keystore: KeyStore
    returning: Returning
    complaining: Complaining
    requesting: Requesting
    zone: ZoneInfo

    async def perform_all(self, db: AsyncSession, asked: Sequence[tuple[Scene, Effect]]) -> None:
        """Make effects true in their order, or raise; consents come before what is done under them.

        They are what most people give, so those of all are written down together.
        """
        given = [(scene, effect) for scene, effect in asked if isinstance(effect, RecordConsent)]
        if given:
            await self._record(db, given)
        for scene, effect in asked:
            await self._perform(db, scene, effect)

    # One case for each effect, and the type checker sees that none is missing.
    async def _perform(  # noqa: C901, PLR0912
        self, db: AsyncSession, scene: Scene, effect: Effect
    ) -> None:
        person_id, now = scene.seal.person_id, scene.now
        match effect:
            case RecordConsent():
                pass  # Written down before all else.
            case WithdrawConsent(purpose=purpose):
                await self._withdraw(db, scene, purpose)
            case AnswerStaff(purpose=purpose, agreed=agreed):
                await self._settle(db, scene, purpose, State.YES if agreed else State.NO)
            case EndConsent(purpose=purpose):
                await consents.withdraw(db, person_id, purpose, now)
            case OpenReferral() | WarnStaff() | AddAnswers():
                await self._request(db, scene, effect)
            case PassOn(words=words):
                await self._pass_on(db, scene, words)
            case AskCorrection(words=words):
                await self._note(db, scene, "corrected")
                await self._pass_on(db, scene, words)
            case RaiseAlarm():
                await self._sound(db, scene, "threat")
            case NoteDanger(danger=danger):
                await self._sound(db, scene, f"danger_{danger}")
            case LeaveReferral():
                await self._leave(db, scene)
            case FileComplaint():
                await self.complaining.file(db, scene.seal, scene.session.language, effect, now)
            case AdvanceComplaint():
                await self.complaining.advance(db, scene.seal, effect, now)
            case CountHelp() | CountMissed():
                await tally.add(db, name_in_tally(effect, scene.session.language), 1, now)
            case CountAnswer(service=service, question=question, option=option):
                await survey.add(db, self._queue(service), question, option, now)
            case CountNo(service=service):
                await counting.declined(db, self._queue(service), now)
            case OfferCopy(copy=copy, ticket=ticket):
                index = copies.index_of(self.keystore, ticket)
                await copies.offer(db, copies.Offer(index, person_id, copy, now + FETCHABLE))
            case KeepCode(code=code):
                await self.returning.keep_code(db, scene.seal, code)
            case KeepPin(pin=pin):
                await self.returning.keep_pin(db, scene.seal, pin, now)
            case RemovePin():
                await locks.drop(db, person_id)
            case ErasePerson():
                await self._erase(db, scene)

    def _queue(self, service: Service) -> str:
        """Name the queue that new requests of a service come to."""
        return self.organisation.services[service].queue.key

    async def _settle(self, db: AsyncSession, scene: Scene, purpose: Purpose, state: State) -> None:
        """Write down what came of a question that staff put, and let them see it."""
        if state is State.NO:
            await counting.refused(db, scene.seal.person_id, scene.now)
        await asks.settle(db, scene.seal.person_id, purpose, state)
        await self._note(db, scene, f"ask_{state}", purpose)

    def consent_text(self, language: str, session: Session, purpose: Purpose) -> str:
        """Give the exact words somebody agrees to."""
        asked = show(session.at(Place(Topic.CONSENT, purpose)))
        worded = self.wording.screen(language, session.service, asked, reveal=True)
        return "\n\n".join(worded.paragraphs)

    async def _record(self, db: AsyncSession, given: Sequence[tuple[Scene, RecordConsent]]) -> None:
        texts = [self._agreed_text(scene, effect) for scene, effect in given]
        await consents.keep_texts(db, texts)
        consented = [
            (
                scene.seal.person_id,
                Consent(
                    id=self.clock.new_id(),
                    purpose=text.purpose,
                    version=text.version,
                    language=text.language,
                    door=scene.door,
                    text_sha256=text.sha256,
                    given_at=scene.now,
                    ended_at=None,
                ),
            )
            for (scene, _), text in zip(given, texts, strict=True)
        ]
        await consents.record(db, consented)

    def _agreed_text(self, scene: Scene, given: RecordConsent) -> ConsentText:
        language, unremarked = scene.session.language, Session(role=scene.session.role)
        text = self.consent_text(language, unremarked, given.purpose)
        return ConsentText(given.purpose, given.version, language, text)

    async def _request(
        self, db: AsyncSession, scene: Scene, asked: OpenReferral | WarnStaff | AddAnswers
    ) -> None:
        """Put a request before staff, and tell what it is when it is not a whole new one."""
        match asked:
            case OpenReferral():
                await self.requesting.open(db, scene, asked)
            case WarnStaff():
                await self.requesting.warn(db, scene, asked)
                await self._sound(db, scene, "warned")
            case AddAnswers():
                await self.requesting.add(db, scene, asked)
                await self._note(db, scene, "added")

    async def _withdraw(self, db: AsyncSession, scene: Scene, purpose: Purpose) -> None:
        """Erase what the consent was for, and let staff know that it ended."""
        await consents.withdraw(db, scene.seal.person_id, purpose, scene.now)
        is_warning = purpose is Purpose.WARNING and not scene.session.is_with_staff
        if purpose in {Purpose.DATA, Purpose.COMPLAINT} or is_warning:
            way = await self._stop_mail(db, scene)
            await traces.end(db, way.index, scene.now)
        if purpose is Purpose.DATA or is_warning:
            await counting.ended(db, scene.seal.person_id, Left.WITHDREW, scene.now)
            await asks.lapse(db, scene.seal.person_id)
        if purpose is Purpose.COMPLAINT:
            await complaints.withdraw(db, scene.seal.person_id, scene.now)
        await referrals.withdraw(db, scene.seal, purpose, scene.now, CONTACT_STEPS)
        if purpose is Purpose.CONTACT:
            await self._note(db, scene, "contact_withdrawn")
        if purpose in ASKED_BY_STAFF:
            await asks.withdraw(db, scene.seal.person_id, purpose)
            await self._note(db, scene, "ask_withdrawn", purpose)

    async def _leave(self, db: AsyncSession, scene: Scene) -> None:
        """Let staff know, and bring nothing any more that was on its way from them."""
        await counting.ended(db, scene.seal.person_id, Left.STOPPED, scene.now)
        await self._note(db, scene, "left")
        await asks.lapse(db, scene.seal.person_id)
        await referrals.person_left(db, scene.seal.person_id, scene.now)
        await self._stop_mail(db, scene)

    async def _erase(self, db: AsyncSession, scene: Scene) -> None:
        await counting.ended(db, scene.seal.person_id, Left.ERASED, scene.now)
        await people.erase(db, scene.seal.person_id, scene.now)

    async def _stop_mail(self, db: AsyncSession, scene: Scene) -> Way:
        way = await people.way_of(db, scene.seal.person_id)
        stopped = await mail.drop(db, way.index, scene.now)
        await messages.mark(db, stopped, Delivery.STOPPED)
        return way

    async def _sound(self, db: AsyncSession, scene: Scene, event: str) -> None:
        """Tell what words sounded like; only what may be nothing is no alarm."""
        await self._note(db, scene, event)
        if event != f"danger_{Danger.SOFT}":
            await referrals.raise_alarm(db, scene.seal.person_id, scene.now)

    async def _note(self, db: AsyncSession, scene: Scene, event: str, about: str = "") -> None:
        """Put what happened on the timeline of the request that staff work on, if there is one."""
        referral = await referrals.find_open(db, scene.seal.person_id)
        if referral is not None:
            id = self.clock.new_id()
            happened = NewMessage(
                id, referral.id, Author.EVENT, scene.now, event=event, about=about
            )
            await messages.add(db, scene.seal, happened)

    async def _pass_on(self, db: AsyncSession, scene: Scene, words: str) -> None:
        referral = await referrals.get_open(db, scene.seal.person_id)
        office = self.organisation.services[referral.service]
        box = await self.requesting.letterbox_of(db, referral.service, referral.queue)
        new = NewMessage(
            id=self.clock.new_id(),
            referral_id=referral.id,
            author=Author.PERSON,
            at=scene.now,
            words="" if box else words,
            letter=box.put(words) if box else None,
            due_at=office.due_at(scene.now, self.zone),
        )
        await messages.add(db, scene.seal, new)
