"""Numbers and addresses of the organisation become links; nobody else's do.

What a person or a colleague typed is never searched: only the facts in the organisation's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and where it leads if it leads anywhere."""

    text: str
    address: str = ""


class Links:
    """Finds the facts of one organisation in a text."""

    def __init__(self, organisation: Organisation, address: str) -> None:
        """Gather what may be called, written to or visited; what is not known leads nowhere.

        `address` is that of our own pages, where the privacy page is, and copies by their ticket.
        """
        offices = organisation.services.values()
        numbers = [line.number for line in organisation.lines.values()]
        numbers += [office.phone for office in offices]
        emails = [each for office in offices for each in (office.email, office.complaints_email)]
        sites = [each for office in offices for each in (office.site, office.complaints_site)]
        self._leads = {
            **{site: site for site in sites},
            **{email: f"mailto:{email}" for email in emails},
            **{number: f"tel:{re.sub(r'[^0-9+]', '', number)}" for number in numbers},
        }
        self._leads.pop("", None)
        # The longest first, so that 113 is not found inside 0800-0113.
        known = "|".join(re.escape(each) for each in sorted(self._leads, key=len, reverse=True))
        ours = rf"{re.escape(address)}/(?:privacy/\w+/\w+|copies/[\w-]+)"
        found = "|".join(filter(None, (ours, known)))
        self._pattern = re.compile(rf"(?<![\w.+-])(?:{found})(?![\w-]|\.\w)")

    def parts(self, text: str) -> tuple[Part, ...]:
        """Split a text at what leads somewhere."""
        return tuple(part for part in self._split(text) if part.text)

    def _split(self, text: str) -> Iterator[Part]:
        end = 0
        for match in self._pattern.finditer(text):
            yield Part(text[end : match.start()])
            yield Part(match[0], self._leads.get(match[0], match[0]))
            end = match.end()
        yield Part(text[end:])
