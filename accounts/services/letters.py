"""Write a letter and send it."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def send_letter(
    name: str, to: str, context: dict[str, Any], *, headers: Mapping[str, str] | None = None
) -> bool:
    """Send ``emails/NAME.txt`` to an address; whether the mail server took it.

    For after the commit: a letter cannot be taken back, and a mail server that is down undoes
    nothing of what was stored. (Reminders are the exception, and say why.)
    """
    subject = " ".join(render_to_string(f"emails/{name}_subject.txt", context).split())
    body = render_to_string(f"emails/{name}.txt", context)
    try:
        return EmailMessage(subject, body, to=[to], headers=dict(headers or {})).send() == 1
    except OSError:  # SMTP's own errors are among them
        logger.exception("A letter could not be sent: %s", name)
        return False
