"""Every word the desk asks for is there, and nothing is worded that nobody asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, product
from pathlib import Path

from bot.catalogs import read_all
from bot.console import revealing
from bot.console.auditing import Doing
from bot.console.desk import KEYS
from bot.console.figure_tables import BY_MONTH, ENDS, REFUSALS
from bot.console.help_page import PARTS
from bot.console.licences import DAYS, NUMBERS
from bot.console.not_understood import OTHERS
from bot.console.register import CHAPTERS
from bot.console.rights import OPEN, Action
from bot.console.survey import GROUPS
from bot.console.timeline import EVENTS, Reason
from bot.inventory import OF_THE_HOUSE, Ground
from bot.licensing import Light
from bot.register import NAMED
from bot.research import COLUMNS
from dialogs.procedure import BEFORE_SENDING, Actor, by_the_house
from dialogs.values import ASKED_BY_STAFF, PURPOSES, Purpose, Service, Standing, Topic
from storage.doors import Door
from storage.drafts import Kind
from storage.instructions import Step
from storage.messages import LOST, Delivery
from storage.needs import State as NeedState
from storage.notices import State
from storage.referrals import Back, Status, View
from storage.staff_values import Scheme, StaffRole

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    chain(
        *((ROOT / "bot" / room).rglob("*.*") for room in ("book", "console")),
        [
            ROOT / "bot" / name
            for name in ("herald.py", "register.py", "reminding.py", "summoning.py")
        ],
    )
)
ID = re.compile(r"""["'](\w+\.\w+)["']""")
FILES = (".html", ".css", ".js", ".pdf", "_")
READ_BY_PEOPLE = read_all(ROOT / "locales", "dialogs.po")["nl"].texts
# Put together from the name of what there is of each kind.
BY_KIND: dict[str, Iterable[str]] = {
    "door": Door,
    "delivery": Delivery,
    "status": set(Status) - {Status.WAITING, Status.OWNED},
    "view": View,
    "back": Back,
    "back_why": Back,
    "purpose": (*PURPOSES[Topic.INTAKE], Purpose.WARNING, *ASKED_BY_STAFF),
    "standing": set(Standing) - BEFORE_SENDING,
    "actor": Actor,
    "advance": {after for it in product(Service, Standing) for after in by_the_house(*it)},
    "consent": ("given", "refused", "ended", "asked", "lapsed"),
    "event": (*EVENTS, "other"),
    "role": StaffRole,
    "reason": Reason,
    "audit": Doing,
    "action": set(Action) - OPEN,
    "outcome": ENDS,
    "figures": (
        *(
            f"tile_{name}"
            for name in ("waiting", "new", "first_answer", "closing", "late", "complaints")
        ),
        *BY_MONTH,
        *(name for names in BY_MONTH.values() for name in names),
        *REFUSALS,
        *("queues", "languages", "doors"),
    ),
    "research": ("study_id", *COLUMNS),
    "survey": GROUPS,
    "topic": (each or "nothing" for each in OTHERS),
    "licence": (*Light, *DAYS, *NUMBERS, *(f"lacking_{name}" for name in NUMBERS)),
    "reminder": (Light.SOON, Light.ENDED),
    "step": Step,
    "scheme": Scheme,
    "notices": State,
    "needs": NeedState,
    "processing": CHAPTERS,
    "part": [part for part, _ in PARTS],
    "about": [part for part, _ in PARTS],
    "register": (
        *(f"{kept.name}_{what}" for kept in OF_THE_HOUSE for what in ("title", *NAMED)),
        *(f"until_{kept.until}" for kept in OF_THE_HOUSE),
        *(f"ground_{ground}" for ground in Ground),
        *(f"erasing_{end}" for end in ("goes", "emptied", "counted", "apart")),
        *(f"{name}_{number}" for name in ("safe", "to_write") for number in range(1, 5)),
        *NAMED,
    ),
    "keys": [does for _, does in KEYS],
}
PUT_TOGETHER = {
    *(f"{kind}.{name}" for kind, names in BY_KIND.items() for name in names),
    *(f"queue.empty_{view}" for view in View),
    *(f"book.part.{room}" for room in {id.partition(".")[0] for id in READ_BY_PEOPLE}),
    *(f"lost.{delivery}" for delivery in LOST),
    *(f"show.{what}" for what in revealing.EVENTS),
    *(f"talk.other_{kind}" for kind in Kind),
    *(f"talk.{status}" for status in (Status.LEFT, Status.WITHDRAWN, Status.CLOSED)),
    *(f"set_up.{field}_problem" for field in ("name", "email", "passphrase", "code")),
}


def test_every_word_is_there_and_asked_for() -> None:
    texts = [path.read_text("utf-8") for path in SOURCES if path.suffix in {".py", ".html"}]
    worded = set(read_all(ROOT / "locales", "console.po")["nl"].texts)
    rooms = {id.partition(".")[0] for id in worded}
    mentioned = set(chain.from_iterable(ID.findall(text) for text in texts))
    asked = {id for id in mentioned if id.partition(".")[0] in rooms and not id.endswith(FILES)}
    assert (asked | PUT_TOGETHER) - worded == set()
    assert worded - asked - PUT_TOGETHER == set()
