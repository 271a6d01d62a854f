"""Sends an e-mail to a colleague, over the server of the organisation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from aiosmtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, send

from bot.errors import Undelivered
from bot.settings import LOOPBACK, Settings

PATIENCE_S = 20.0

SendMail = Callable[[str, str, str, datetime], Awaitable[None]]
"""Sends an address a subject and a text, at a moment. Raises a DoorError."""


async def send_mail(settings: Settings, to: str, subject: str, body: str, now: datetime) -> None:
    """Send plain text; raise Undelivered. Only this machine is spoken to in clear."""
    url = urlsplit(settings.smtp_url)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.smtp_from, to, subject
    message["Date"] = format_datetime(now)
    # So that nobody's holiday answers it.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    is_wrapped = url.scheme == "smtps"
    try:
        async with asyncio.timeout(PATIENCE_S):
            await send(
                message,
                hostname=url.hostname,
                port=url.port,
                username=unquote(url.username) if url.username else None,
                password=unquote(url.password) if url.password else None,
                use_tls=is_wrapped,
                start_tls=not is_wrapped and url.hostname not in LOOPBACK,
                # Its own timeout may miss, on Python 3.11, that this process ends.
                timeout=None,
            )
    except SMTPRecipientsRefused as refused:
        codes = [each.code for each in refused.recipients]
        raise Undelivered(permanent=min(codes) >= HTTPStatus.INTERNAL_SERVER_ERROR) from None
    except SMTPResponseException as answer:
        raise Undelivered(permanent=answer.code >= HTTPStatus.INTERNAL_SERVER_ERROR) from None
    except (SMTPException, OSError):
        raise Undelivered(permanent=False) from None
