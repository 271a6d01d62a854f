"""How long somebody has waited, and how long is left to answer: in words, and never only a colour.

Where an organisation has promised no term there is nothing left to count, and nothing is invented.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_timedelta

from bot.console.desk import Say
from bot.hours import left
from bot.organisation import Office
from dialogs.frozen import Frozen
from storage.referrals import Referral, Status

SOON = 4
A_DAY = timedelta(days=1)
HARDLY = timedelta(minutes=1)
# Two hours are hours; less is told in minutes, which nobody can misread.
NEXT_UNIT = 2


class TimeLeft(Frozen):
    """A badge: how urgent it is, and the words that say so."""

    level: str
    words: str


class Reading(Frozen):
    """Who reads it, where and when."""

    now: datetime
    zone: ZoneInfo
    language: str
    say: Say


def time_left(referral: Referral, office: Office, reading: Reading) -> TimeLeft:
    """Word how long is left until this person must have an answer."""
    if referral.status not in {Status.WAITING, Status.OWNED}:
        return TimeLeft("over", reading.say(f"status.{referral.status}"))
    since, due = referral.waiting_since, referral.due_at
    if referral.snoozed_until is not None and since is None:
        day = _day(referral.snoozed_until, reading)
        return TimeLeft("asleep", reading.say("time_left.asleep", day=day))
    if since is None:
        return TimeLeft("answered", reading.say("time_left.answered"))
    if due is None:
        return TimeLeft("none", reading.say("time_left.no_term"))
    rest = left(office.hours, reading.now, due, reading.zone)
    whole = left(office.hours, since, due, reading.zone)
    return TimeLeft(_level(rest, whole), _words(rest, due, reading))


def until(since: datetime, moment: datetime, reading: Reading) -> TimeLeft:
    """Word how long is left until a moment that counts by the calendar, open or not."""
    rest, whole = moment - reading.now, moment - since
    return TimeLeft(_level(rest, whole), _words(rest, moment, reading))


def waited(referral: Referral, reading: Reading) -> str:
    """Word how long the person has waited by now; nothing when they wait for nothing."""
    if referral.waiting_since is None:
        return ""
    return _length(max(reading.now - referral.waiting_since, timedelta()), reading)


def moment_in_words(moment: datetime, reading: Reading) -> str:
    """Word a moment: the time alone when it is today."""
    local, today = moment.astimezone(reading.zone), reading.now.astimezone(reading.zone)
    pattern = "HH:mm" if local.date() == today.date() else "d MMM HH:mm"
    return str(format_datetime(local, pattern, locale=reading.language))


def _day(moment: datetime, reading: Reading) -> str:
    local = moment.astimezone(reading.zone)
    return str(format_datetime(local, "EEE d MMM", locale=reading.language))


def _level(rest: timedelta, whole: timedelta) -> str:
    if rest < timedelta():
        return "late"
    return "soon" if rest * SOON <= whole else "fine"


def _words(rest: timedelta, moment: datetime, reading: Reading) -> str:
    """Count minutes and hours; what is a day away or more is named by its day."""
    is_late = rest < timedelta()
    if abs(moment - reading.now) >= A_DAY:
        local = moment.astimezone(reading.zone)
        day = str(format_datetime(local, "EEE d MMM HH:mm", locale=reading.language))
        return reading.say("time_left.late_since" if is_late else "time_left.before", moment=day)
    length = _length(abs(rest), reading)
    return reading.say("time_left.late" if is_late else "time_left.left", length=length)


def _length(length: timedelta, reading: Reading) -> str:
    if length < HARDLY:
        return reading.say("time_left.hardly")
    return str(
        format_timedelta(
            length,
            granularity="minute",
            threshold=NEXT_UNIT,
            format="short",
            locale=reading.language,
        )
    )
