"""By when a complaint must be acknowledged and decided, as its rules say; calendar days.

Where the organisation gave no term there is none, and nothing is late.
"""

from __future__ import annotations

from bot.console.time_left import Reading, TimeLeft, until
from bot.organisation import Office
from dialogs.procedure import is_over
from dialogs.values import Standing
from storage.complaint_values import Filed


def term_left(filed: Filed, office: Office, reading: Reading) -> TimeLeft | None:
    """Word how long is left, until the nearest of its terms; None where no term counts."""
    if is_over(filed.standing):
        return None
    # Whoever brings it to the director tells its person that it was received.
    is_acknowledged = filed.standing is not Standing.RECEIVED
    terms = (None if is_acknowledged else office.complaints_receipt, office.complaints_decision)
    ends = [filed.opened_at + term.length for term in terms if term is not None]
    return until(filed.opened_at, min(ends), reading) if ends else None
