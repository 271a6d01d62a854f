"""The commands. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from pkgutil import resolve_name
from typing import Final, NoReturn

import typer

from bot.catalogs import BadCatalog
from bot.console.members import BadMember
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

# Where each command is, for only the one that is asked for is read.
COMMANDS: Final = {
    "serve": "bot.cli.running:serve_command",
    "work": "bot.cli.running:work_command",
    "migrate": "bot.cli.running:migrate_command",
    "demo": "bot.demo.command:demo_command",
    "chat": "bot.cli.running:chat_command",
    "staff": "bot.cli.staff:staff",
    "referrals": "bot.cli.listing:referrals_command",
    "complaints": "bot.cli.listing:complaints_command",
    "mail": "bot.cli.listing:mail_command",
    "aside": "bot.cli.aside:aside",
    "audit": "bot.cli.audit:audit",
    "keys": "bot.cli.keys:keys",
    "letterbox": "bot.cli.letterbox:letterbox",
    "routes": "bot.cli.running:routes_command",
    "backup": "bot.cli.backups:backup_command",
    "restore": "bot.cli.backups:restore_command",
    "doctor": "bot.cli.checks:doctor_command",
    "selfcheck": "bot.cli.checks:selfcheck_command",
    "export": "bot.cli.care:export_command",
    "forget": "bot.cli.care:forget_command",
    "proof": "bot.cli.care:proof_command",
    "purge": "bot.cli.care:purge_command",
    "export-research": "bot.cli.research:export_research_command",
    "register": "bot.cli.register:register_command",
    "book": "bot.book.commands:book",
    "graph": "bot.book.commands:graph",
    "links": "bot.posters:links",
    "understand": "bot.cli.understand:understand_command",
    "locales": "bot.cli.locales:locales_command",
}


def app_for(asked: str = "") -> typer.Typer:
    """Read the command that is asked for; all of them when it is none, so that each is told of."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    # With this, a command that is read alone still wants its name.
    app.callback()(lambda: None)
    for name in [asked] if asked in COMMANDS else COMMANDS:
        command = resolve_name(COMMANDS[name])
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def run(app: typer.Typer) -> None:
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
