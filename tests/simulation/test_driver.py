"""What is committed outlives a machine, and nothing else does; its connections end with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.util import greenlet_spawn

from tests.simulation.driver import Connection, Lines
from tests.simulation.faults import Ahead, Fault, Faults
from tests.simulation.machine import Crash, Machine


def run(connection: Connection, *statements: str) -> list[tuple[object, ...]]:
    """Run statements; give the rows of the last."""
    cursor = connection.cursor()
    for each in statements:
        cursor.execute(each)
    return cursor.fetchall()


@pytest.mark.parametrize(("fault", "stays"), [(Fault.CRASH_BEFORE, 0), (Fault.CRASH_AFTER, 1)])
async def test_what_a_machine_committed_outlives_it_alone(
    tmp_path: Path, fault: Fault, stays: int
) -> None:
    lines, machine = Lines(tmp_path / "data.db"), Machine()
    first = machine.connect(lines)

    def lives() -> None:
        run(first, "CREATE TABLE word (it)", "BEGIN", "INSERT INTO word VALUES ('said')")
        machine.faults = Faults(Ahead(fault, 1))
        with pytest.raises(Crash):
            first.commit()
        with pytest.raises(Crash):
            run(first, "SELECT it FROM word")

    await greenlet_spawn(lives)
    with pytest.raises(Crash):
        machine.connect(lines)
    second = Machine().connect(lines)
    assert len(await greenlet_spawn(run, second, "SELECT it FROM word")) == stays
    second.close()
    lines.close()
