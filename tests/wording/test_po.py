"""Files of words are read as Babel reads them; what is none is refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.po import Entry, entries
from tests.houses import ROOT

FILES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
HARD = r"""# Above a file.
#, fuzzy
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

# About a group.

# About one.
#. Why.
msgid "marks"
msgstr "a \"b\" c\\n d\te {f}\n"

#, python-brace-format, fuzzy
msgid "a guess"
msgstr ""
"of "
"three lines\n"
"\n"
"and more"
msgid "close behind"
msgstr ""

msgid "one"
msgid_plural "many"
msgstr[0] "{count} thing"
msgstr[1] ""
"{count} "
"things"

#~ msgid "gone"
#~ msgstr "weg"
"""


def as_babel_reads(written: bytes) -> list[Entry]:
    read = []
    for each in read_po(BytesIO(written), abort_invalid=True):
        id = each.id if isinstance(each.id, str) else each.id[0]
        forms = (each.string,) if isinstance(each.string, str) else tuple(each.string or ())
        read.append(Entry(id, forms, each.fuzzy))
    # Babel writes the head anew.
    return [each for each in read if each.id]


def as_we_read(written: bytes) -> list[Entry]:
    return [each for each in entries(written.decode()) if each.id]


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3::2]))
def test_every_file_of_ours_is_read_as_babel_reads_it(path: Path) -> None:
    read = as_we_read(path.read_bytes())
    assert read == as_babel_reads(path.read_bytes())
    assert len(read) > 100


def test_what_can_stand_in_such_a_file_is_read_as_babel_reads_it() -> None:
    read = as_we_read(HARD.encode())
    assert read == as_babel_reads(HARD.encode())
    assert [each.id for each in read if each.is_guess] == ["a guess"]


def test_the_head_is_the_entry_without_an_id() -> None:
    head = next(entries(HARD))
    assert head.id == ""
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in head.forms[0].splitlines()


@pytest.mark.parametrize(
    "broken",
    [
        'msgid "a" msgstr\n',
        'msgid "a"\n\nmsgstr "b"\n',
        'msgid "a"\nmsgstr "b\n',
        'msgid "a"\nmsgstr "b" c"\n',
        'msgctxt "where"\nmsgid "a"\nmsgstr "b"\n',
        "words\n",
    ],
)
def test_what_is_no_entry_is_refused_with_its_line(broken: str) -> None:
    good = 'msgid "id"\nmsgstr "text"\n'
    with pytest.raises(ValueError, match="what follows line 2 is no entry"):
        list(entries(good + broken + good))
