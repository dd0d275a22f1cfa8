"""Write a letter and send it."""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from accounts.outage import Outage, outage_of, reason

logger = logging.getLogger(__name__)

Letter = EmailMultiAlternatives

LONGEST_WORD: Final = 78
"""What a line of a letter holds (RFC 5322). A link stays whole: cut in two it leads nowhere."""
TOO_LONG: Final = re.compile(rf"(?<!\S)(?!https?://)\S{{{LONGEST_WORD + 1},}}")


REFUSED: Final = frozenset({"invalid", "rejected"})
"""How a mail service says that it sends no more to an address."""
NOBODYS: Final = re.compile(r"\b5\.1\.(?:1|10)\b")


class Refused(Exception):
    """Nobody has the address, or whoever has it wants no letters."""


class NotSent(Exception):
    """The mail server did not take the letter; its claim is given up."""


@dataclass
class Round:
    """What one round of letters did."""

    sent: int = 0
    failed: int = 0


def send_letter(
    name: str, to: str, context: dict[str, Any], *, headers: dict[str, str] | None = None
) -> bool:
    """Send ``emails/NAME.txt`` to an address; whether the mail server took it.

    By the worker alone: a mail server that is slow or down keeps nobody waiting for a page.
    """
    try:
        return hand_over(written(name, to, context, headers=headers), name=name)
    except Refused:
        return False


def written(
    name: str, to: str, context: dict[str, Any], *, headers: dict[str, str] | None = None
) -> Letter:
    """The letter ``emails/NAME.txt`` to an address, not sent."""
    subject = " ".join(render_to_string(f"emails/{name}_subject.txt", context).split())
    body = in_lines(render_to_string(f"emails/{name}.txt", context))
    return Letter(subject, body, to=[to], headers=headers)


def mail_server() -> BaseEmailBackend:
    """A connection for many letters; whoever opens it closes it."""
    connection: BaseEmailBackend = get_connection()
    return connection


def hand_over(letter: EmailMessage, *, name: str) -> bool:
    """Give LETTER to the mail server; whether it took it. Raises Refused.

    The log names what letter it is and why it stayed, not to whom it was to go.
    """
    try:
        taken = letter.send() == 1
    except OSError as error:  # SMTP's own errors are among them
        if _is_of_nobody(error):
            raise Refused from error
        told = reason(error).replace(letter.to[0], "…")
        logger.error("A letter could not be sent: %s (%s: %s)", name, type(error).__name__, told)
        return False
    status = getattr(letter, "anymail_status", None)  # what a mail service says of it
    if status and status.status and status.status <= REFUSED:
        raise Refused
    return taken


def _is_of_nobody(error: OSError) -> bool:
    """Whether the server said in ERROR, for good, that nobody has the address (RFC 3463, X.1.1).

    What it refuses for another reason may be its own fault, or ours.
    """
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(NOBODYS.search(_text(said)) for _code, said in error.recipients.values())


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


def in_lines(text: str) -> str:
    """TEXT with each word, whatever somebody typed, no longer than a line of a letter holds."""
    return TOO_LONG.sub(_broken, text)


def _broken(word: re.Match[str]) -> str:
    """WORD, which somebody typed, over as many lines as it takes."""
    text = word.group()
    starts = range(0, len(text), LONGEST_WORD)
    return "\n".join(text[start : start + LONGEST_WORD] for start in starts)


def send_unasked(name: str, to: str, context: dict[str, Any], *, message: str) -> None:
    """Send a letter that a worker has claimed, or NotSent, so that it gives up its claim.

    MESSAGE names it: see `headers_of`.
    """
    if not send_letter(name, to, context, headers=headers_of(message)):
        raise NotSent


def headers_of(message: str) -> dict[str, str]:
    """Those of a letter that nobody asked for at that moment.

    MESSAGE names it: sent again after all, mail programs know it for the same one.
    """
    return {
        "Message-ID": f"<{message}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }


def send_each(
    letters: Iterable[tuple[str, Callable[[], bool]]], *, is_over: Callable[[], bool]
) -> Round:
    """Deliver LETTERS: of each its name for the log, and what claims it and sends it.

    That returns False where there was nothing to send after all, and raises NotSent where the mail
    server did not take it. IS_OVER ends the round between two; a database that is away ends it too.
    """
    done = Round()
    for name, deliver in letters:
        if is_over():
            break
        try:
            done.sent += deliver()
        except NotSent:
            done.failed += 1
            logger.warning("%s waits for the next round", name)
        except Exception as error:
            if outage_of(error) is Outage.AWAY:
                raise  # of all of them, and told once
            # Whatever is wrong with one letter must not silence the others.
            done.failed += 1
            logger.exception("%s could not be made", name)
    return done
