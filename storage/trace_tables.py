"""The table of what stands in chats that others keep too."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import BigNumber, UtcTime
from storage.sealed import SealedBytes
from storage.tables import DataTable


class TraceRow(DataTable, table=True):
    """A message in a chat, for as long as it can be taken out: also after its person was erased.

    So it hangs on nobody, and `chat`, which says where that is, is sealed with the system's key.
    Words that fade are not taken out: something else stands there then.
    """

    __tablename__ = "trace"

    idx: bytes = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=BigNumber)
    chat: bytes = Field(sa_type=SealedBytes)
    put_at: datetime = Field(sa_type=UtcTime, index=True)
    due_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    fades: bool = False
