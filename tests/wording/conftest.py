"""An organisation whose facts are known, one about which nothing is known, and their words."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.facts import Source
from bot.hours import Hours, Span, Term
from bot.organisation import Office, Organisation
from bot.wording import Wording
from dialogs.frozen import replace
from dialogs.values import Service

ROOT = Path(__file__).parents[2]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A Monday, twelve o'clock in Amsterdam.
MONDAY_NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)

DAY = (Span(9 * 60, 12 * 60 + 30), Span(13 * 60, 17 * 60))
HOURS = Hours((DAY,) * 4 + ((Span(9 * 60, 12 * 60),), (), ()), frozenset({date(2026, 12, 25)}))

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
WORDS = {
    "menu.ask": "Menu",
    "everywhere.filled_in": "ingevuld",
    "said": "U typte: {words}",
    "whole": "Vraag: {detail}",
    "phone": "Bel {phone}",
}

Worder = Callable[..., Wording]


@pytest.fixture(scope="session")
def organisation() -> Organisation:
    return Organisation.read(ROOT / "organisation.toml")


@pytest.fixture
def worder(organisation: Organisation) -> Worder:
    """Make the words of an organisation whose mediation is as given."""

    def make(now: datetime = MONDAY_NOON, **facts: object) -> Wording:
        known: dict[str, object] = {
            "name": "Voorbeeld Bemiddeling",
            "email": "hallo@voorbeeld.example",
            "phone": "030 123 45 67",
            "hours": HOURS,
            "first_answer": Term(4, "hour"),
        }
        services = dict(organisation.services)
        services[Service.MEDIATION] = replace(
            services[Service.MEDIATION],
            **(known | facts),  # type: ignore[arg-type]
        )
        told = replace(organisation, services=services)
        return Wording.load(ROOT / "locales", Source(told, AMSTERDAM, lambda: now))

    return make


def po(words: dict[str, str]) -> str:
    return HEADER + "\n".join(f'msgid "{id}"\nmsgstr "{text}"\n' for id, text in words.items())


@pytest.fixture
def written(tmp_path: Path, organisation: Organisation) -> Worder:
    """Make words of the catalogs that are given, such as `nl=po({...}), nl_console=...`."""

    def write(**catalogs: str) -> Wording:
        for name, text in catalogs.items():
            language, _, file = name.partition("_")
            path = tmp_path / language / "LC_MESSAGES" / f"{file or 'dialogs'}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        noon = datetime(2026, 11, 23, 11, tzinfo=UTC)
        source = Source(organisation, ZoneInfo("Europe/Amsterdam"), lambda: noon)
        return Wording.load(tmp_path, source)

    return write


@pytest.fixture
def nothing_known(organisation: Organisation) -> Wording:
    """The words of an organisation that left everything empty that can be left empty."""
    services = {service: bare(office) for service, office in organisation.services.items()}
    lines = {key: replace(line, number="") for key, line in organisation.lines.items()}
    told = replace(organisation, services=services, lines=lines)
    return Wording.load(ROOT / "locales", Source(told, AMSTERDAM, lambda: MONDAY_NOON))


def bare(office: Office) -> Office:
    return replace(
        office,
        site="",
        phone="",
        email="",
        address="",
        complaints_address="",
        complaints_email="",
        complaints_site="",
        complaints_rules="",
        complaints_receipt=None,
        complaints_decision=None,
        hours=Hours(),
        first_answer=None,
    )
