"""The commands. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

import typer

from bot.book.commands import book, graph
from bot.catalogs import BadCatalog
from bot.cli.aside import aside
from bot.cli.audit import audit
from bot.cli.backups import backup_command, restore_command
from bot.cli.care import export_command, forget_command, proof_command, purge_command
from bot.cli.checks import doctor_command, selfcheck_command
from bot.cli.keys import keys
from bot.cli.listing import complaints_command, mail_command, referrals_command
from bot.cli.locales import locales_command
from bot.cli.register import register_command
from bot.cli.research import export_research_command
from bot.cli.running import (
    chat_command,
    migrate_command,
    routes_command,
    serve_command,
    work_command,
)
from bot.cli.staff import staff
from bot.cli.understand import understand_command
from bot.console.members import BadMember
from bot.demo.command import demo_command
from bot.posters import links
from bot.rows import BadOrganisation
from bot.settings import BadSetting
from storage.errors import BadKeyFile, NotMigrated, StorageError, Unavailable, WrongKey

FAILED, TRY_LATER, CONFIGURATION = 1, 75, 78
MISCONFIGURED = (
    BadSetting,
    BadOrganisation,
    BadCatalog,
    BadKeyFile,
    WrongKey,
    NotMigrated,
)

COMMANDS: dict[str, Callable[..., None]] = {
    "serve": serve_command,
    "work": work_command,
    "migrate": migrate_command,
    "demo": demo_command,
    "chat": chat_command,
    "referrals": referrals_command,
    "complaints": complaints_command,
    "mail": mail_command,
    "routes": routes_command,
    "backup": backup_command,
    "restore": restore_command,
    "doctor": doctor_command,
    "selfcheck": selfcheck_command,
    "export": export_command,
    "forget": forget_command,
    "proof": proof_command,
    "purge": purge_command,
    "export-research": export_research_command,
    "register": register_command,
    "book": book,
    "graph": graph,
    "links": links,
    "understand": understand_command,
    "locales": locales_command,
}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(staff, name="staff")
app.add_typer(audit, name="audit")
app.add_typer(aside, name="aside")
app.add_typer(keys, name="keys")
for name, command in COMMANDS.items():
    app.command(name)(command)


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
