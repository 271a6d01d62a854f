"""Numbers and addresses of the organisation become links; nobody else's do.

What a person or a colleague typed is never searched: only the facts in the organisation's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.organisation import Organisation
from dialogs.frozen import Frozen


class Part(Frozen):
    """A piece of a text, and where it leads if it leads anywhere.

    A number or an address is read from the left in every language; what is `is_worded` is not one.
    """

    text: str
    address: str = ""
    is_worded: bool = False


class Links:
    """Finds the facts of one organisation in a text."""

    def __init__(self, organisation: Organisation, address: str, ours: Mapping[str, str]) -> None:
        """Gather what may be called, written to or visited; what is not known leads nowhere.

        `address` is that of our own pages. `ours` words what stands in the place of an address
        below it, which nobody could read: by its first part, such as `copies`.
        """
        self._address, self._ours = address, ours
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
        pages = rf"{re.escape(address)}/(?:{'|'.join(ours)})(?:/[\w-]+)+"
        found = "|".join(filter(None, (pages, known)))
        self._pattern = re.compile(rf"(?<![\w.+-])(?:{found})(?![\w-]|\.\w)")

    def parts(self, text: str) -> tuple[Part, ...]:
        """Split a text at what leads somewhere."""
        return tuple(part for part in self._split(text) if part.text)

    def _split(self, text: str) -> Iterator[Part]:
        end = 0
        for match in self._pattern.finditer(text):
            yield Part(text[end : match.start()])
            yield self._part(match[0])
            end = match.end()
        yield Part(text[end:])

    def _part(self, found: str) -> Part:
        if found in self._leads:
            return Part(found, self._leads[found])
        here = found.removeprefix(self._address)
        return Part(self._ours[here.split("/")[1]], here, is_worded=True)
