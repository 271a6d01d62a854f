"""Whose turn it is, for whatever makes an effect of it true."""

from __future__ import annotations

from datetime import datetime

from dialogs.frozen import Frozen, Hidden
from dialogs.values import Session
from storage.doors import Door
from storage.sealed import Seal


class Scene(Frozen):
    """Whose turn it is: their key, their door, their session after the turn, and when."""

    seal: Hidden[Seal]
    door: Door
    session: Session
    now: datetime
