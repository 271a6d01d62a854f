"""Whose turn it is, for whatever makes an effect of it true."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dialogs.values import Session
from storage.doors import Door
from storage.sealed import Seal


@dataclass(frozen=True, slots=True)
class Scene:
    """Whose turn it is: their key, their door, their session after the turn, and when."""

    seal: Seal = field(repr=False)
    door: Door
    session: Session
    now: datetime
