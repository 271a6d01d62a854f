"""How long things are kept that no setting is asked about, for who forgets and who tells of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

A_YEAR: Final = timedelta(days=365)
# Numbers of what was heard, so that hearing it twice does it once.
HEARD: Final = timedelta(days=7)
# Tries to sign in at the desk, or to come back with a code.
ATTEMPTS: Final = timedelta(days=30)
# What went wrong, to be looked at.
SET_ASIDE: Final = timedelta(days=7)
# What colleagues were told outside the desk.
NOTICES: Final = timedelta(days=30)
# What somebody asked to read in need, so that it can be looked over.
NEEDS: Final = timedelta(days=90)
# What people and colleagues wrote in a chat that others keep too: taken out before a day is over.
IN_CHAT: Final = timedelta(hours=23, minutes=30)
# Telegram lets nothing be taken out that is older.
IN_REACH: Final = timedelta(hours=48)
# Backups. A key that was destroyed lives on in those of the keys, so they go sooner.
DATA_BACKUPS: Final = timedelta(days=30)
KEY_BACKUPS: Final = timedelta(days=7)
# How long a copy can be fetched; whoever needs longer asks again.
FETCHABLE: Final = timedelta(minutes=15)
# How long a colleague sees what they asked to be shown of somebody; then they ask again.
SHOWN: Final = timedelta(hours=1)
# How long a reply can be taken back before it leaves.
UNDO: Final = timedelta(seconds=10)
