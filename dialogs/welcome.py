"""The first minute: a language, that this is a computer program, who you are, the menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from dialogs.events import Chose, Event
from dialogs.frozen import Frozen, field, replace
from dialogs.screens import Button, Screen
from dialogs.steps import (
    LANGUAGE_PLACES,
    MENU,
    OWN_WORDS,
    Move,
    Step,
    aside,
    back,
    back_button,
    before_a_request,
    buttons,
    lines,
    not_understood,
)
from dialogs.values import Place, Purpose, Role, Service, Session, Topic

# The first two are offered at once; the others at places that are named by them.
FIRST_LANGUAGES = ("nl", "en")
MORE_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    place.step: tuple(place.step.split("_")) for place in LANGUAGE_PLACES[1:]
}
LANGUAGES = (*FIRST_LANGUAGES, *chain.from_iterable(MORE_LANGUAGES.values()))
# Who looks for information for their work sends no request, and is asked nothing.
MAY_REQUEST = frozenset(Role) - {Role.PROFESSIONAL}

# Whose links lead to a role; the other service has several roles, and asks.
ROLE_OF_LINK: Mapping[str, Role] = {
    **{role: role for role in Role},
    Service.ADMINISTRATION: Role.CLIENT,
}
COMPLAINT_LINK = "complaint"
# All that a link can say somebody came for.
LINKS = tuple(dict.fromkeys((*Service, *Role, COMPLAINT_LINK)))

LANGUAGE = LANGUAGE_PLACES[0]
ASK, UNREVIEWED = f"{LANGUAGE}.ask", f"{LANGUAGE}.unreviewed"
ROLE = Place(Topic.WELCOME, "role")
OTHER_ROLE = Place(Topic.WELCOME, "other_role")
MORE = Place(Topic.WELCOME, "more")
HELP = Place(Topic.WELCOME, "help")
STOPPED = Place(Topic.WELCOME, "stopped")
COMPLAINT = Place(Topic.COMPLAINT, "begin")

FIRST_ROLES: Mapping[str, Role | Place] = {
    Role.VICTIM: Role.VICTIM,
    Role.OFFENDER: Role.OFFENDER,
    Role.RELATIVE: Role.RELATIVE,
    "other": OTHER_ROLE,
    Role.UNDISCLOSED: Role.UNDISCLOSED,
}
OTHER_ROLES: Mapping[str, Role | Place] = {
    Role.CLIENT: Role.CLIENT,
    Role.REFERRER: Role.REFERRER,
    Role.PROFESSIONAL: Role.PROFESSIONAL,
    Role.MENTORING: Role.MENTORING,
    "role": ROLE,
}


class PickLanguage(Frozen):
    """Languages are offered by their own names; who came by a link is not asked who they are.

    `more` are other places, by the languages that are offered there. The language somebody is
    spoken to in, at first that of their phone or browser, stands before the others.
    """

    place: Place
    text: tuple[str, ...]
    languages: tuple[str, ...]
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def within_reach(self) -> tuple[str, ...]:
        """Name every language that is offered here or one press further."""
        return (*self.languages, *chain.from_iterable(self.more.values()))

    def show(self, session: Session) -> Screen:
        """Ask for a language; one that lacks words here is not offered."""
        own = (session.language,) if session.language in self.within_reach else ()
        options = dict.fromkeys((*own, *self.languages, *self.more))
        offered = tuple(
            Button(str(self.place), option, f"{LANGUAGE}.{option}")
            for option in options
            if set(self.more.get(option, (option,))).difference(session.unspoken)
        )
        leads_back = () if self.place == LANGUAGE else (back_button(self.place),)
        return Screen(lines(*self.text), (*offered, *leads_back))

    def answer(self, session: Session, event: Event) -> Move:
        """Speak the chosen language from here on, where the person was or at the beginning.

        Whoever changes it hears whether its words were checked.
        """
        match event:
            case Chose(option=language) if language in self.within_reach:
                if language in session.unspoken:
                    return not_understood(session)
                there = where_it_was_asked(session)
                chosen = replace(session, language=language, place=there, came_from=None)
                return Move(chosen.remarking(None if language == session.language else UNREVIEWED))
            case Chose(option=option) if option in self.more:
                return Move(session.at(Place(Topic.WELCOME, option)))
            case Chose(option="back"):
                return Move(session.at(LANGUAGE))
            case _:
                return not_understood(session)


class PickRole(Frozen):
    """Nobody has to say who they are: the last choice opens the same information."""

    place: Place
    text: tuple[str, ...]
    options: Mapping[str, Role | Place]

    def show(self, _session: Session) -> Screen:
        """Ask what fits best."""
        return Screen(lines(*self.text), buttons(self.place, *self.options))

    def answer(self, session: Session, event: Event) -> Move:
        """Remember the role, for the wording and the ways that fit it."""
        match self.options.get(event.option) if isinstance(event, Chose) else None:
            case Role() as role:
                known = replace(session, role=role)
                return Move(known.at(onward(known)))
            case Place() as place:
                return Move(session.at(place))
            case None:
                return not_understood(session)


class Menu(Frozen):
    """Ways from here. What is not possible for this person is not shown."""

    place: Place
    ways: Callable[[Session], Mapping[str, Place]]

    def show(self, session: Session) -> Screen:
        """Show the ways that are open."""
        offered = (
            Button(str(self.place), option, label_of_way(self.place, option, session.role))
            for option in self.ways(session)
        )
        return Screen(lines(f"{self.place}.ask"), tuple(offered))

    def answer(self, session: Session, event: Event) -> Move:
        """Go the chosen way."""
        match event:
            case Chose(option=option) if option in self.ways(session):
                return Move(replace(session, place=self.ways(session)[option], came_from=None))
            case _:
                return not_understood(session)


class Stopped(Frozen):
    """After a stop: nothing is asked any more; what still is kept is named."""

    def show(self, session: Session) -> Screen:
        """Say that it stopped."""
        kept = lines(f"{STOPPED}.reflection") if session.agreed_to(Purpose.REFLECTION) else ()
        return Screen((*lines(f"{STOPPED}.text"), *kept))

    def answer(self, session: Session, _event: Event) -> Move:
        """Point at the buttons that are always there."""
        return not_understood(session)


class Help(Frozen):
    """What this program can do, and what can be typed; what helps at a place is said before it."""

    def show(self, _session: Session) -> Screen:
        """Explain in a few words."""
        return Screen(lines("welcome.help.text", "welcome.help.commands"), (back_button(HELP),))

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


def label_of(role: Role) -> str:
    """Name the words by which a role is chosen."""
    return f"{ROLE if role in FIRST_ROLES else OTHER_ROLE}.{role}"


def label_of_way(place: Place, option: str, role: Role | None) -> str:
    """Name the words of a way; what a request is called is for some roles their own."""
    is_own = option == "request" and role in OWN_WORDS
    return f"{place}.{option}_{role}" if is_own else f"{place}.{option}"


def helped(session: Session) -> Session:
    """Explain the part of the conversation that the person is in, and then the program."""
    return aside(session, HELP).remarking(f"help.{session.place.topic}")


def where_it_was_asked(session: Session) -> Place:
    """Name the place where somebody asked for another language; the first one opens the way in."""
    if session.came_from is None or session.came_from in LANGUAGE_PLACES:
        return onward(session)
    return session.came_from


def asks_for_a_language(session: Session) -> bool:
    """Say whether the person is choosing a language."""
    return session.place in LANGUAGE_PLACES


def to_the_languages(session: Session) -> Session:
    """Ask for a language, and remember where the person was."""
    is_there = asks_for_a_language(session)
    return session.at(LANGUAGE) if is_there else aside(session, LANGUAGE)


def where_to_begin(session: Session) -> Place:
    """Skip the question that was answered before, by a link, or that waits until staff are done."""
    return ROLE if session.role is None and may_change_role(session) else MENU


def onward(session: Session) -> Place:
    """Go on to the complaint that somebody came for, once we know who they are."""
    is_bound = session.bound_for == COMPLAINT and session.role is not None
    return COMPLAINT if is_bound else where_to_begin(session)


def ways_from(session: Session) -> dict[str, Place]:
    """Name the ways of the menu that are open, in the order they are shown."""
    ways = {"information": Place(Topic.INFO, "subjects")}
    if session.role is Role.MENTORING:
        is_kept = session.agreed_to(Purpose.REFLECTION)
        ways["reflection"] = Place(Topic.REFLECTION, "overview" if is_kept else "before")
    if session.role is Role.CLIENT:
        ways["talk"] = Place(Topic.TALK, "begin")
    if session.is_with_staff:
        ways["conversation"] = Place(Topic.HANDOFF, "conversation")
    elif Topic.INTAKE in session.drafts:
        ways["resume"] = Place(Topic.INTAKE, "resume")
    elif session.role in MAY_REQUEST:
        ways["request"] = before_a_request(session.role)
    if session.role is not Role.MENTORING:
        ways["complaint"] = COMPLAINT
    ways["more"] = MORE
    return ways


def more_ways_from(session: Session) -> dict[str, Place]:
    """Name the ways that are needed less often."""
    ways = {"someone_else": ROLE} if may_change_role(session) else {}
    ways["returning"] = Place(Topic.RETURNING, "begin")
    return ways | {"language": LANGUAGE, "help": HELP, "menu": MENU}


def may_change_role(session: Session) -> bool:
    """Say whether the role is free: a request that is being made or was sent keeps its own."""
    return not session.is_with_staff and not session.drafts


STEPS: dict[str, Step] = {
    "language": PickLanguage(
        LANGUAGE, ("welcome.computer", UNREVIEWED, ASK), FIRST_LANGUAGES, MORE_LANGUAGES
    ),
    **{
        name: PickLanguage(Place(Topic.WELCOME, name), (UNREVIEWED, ASK), languages)
        for name, languages in MORE_LANGUAGES.items()
    },
    "role": PickRole(ROLE, ("welcome.hello", f"{ROLE}.ask"), FIRST_ROLES),
    "other_role": PickRole(OTHER_ROLE, (f"{OTHER_ROLE}.ask",), OTHER_ROLES),
    "menu": Menu(MENU, ways_from),
    "more": Menu(MORE, more_ways_from),
    "stopped": Stopped(),
    "help": Help(),
}
