"""The security log: who came in, who was refused, and what cannot be taken back.

A line has a name, the account's id, the address it came from, and facts in the portal's own words:
ids, codes, days. Never a secret, nor what a person wrote: an address typed to sign in is now and
then a password.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Final

from django.db import transaction

logger = logging.getLogger("vigia.security")
NOBODY: Final = "-"
LONGEST_AGENT: Final = 300
_address: ContextVar[str] = ContextVar("address", default="")
_agent: ContextVar[str] = ContextVar("agent", default="")


@contextmanager
def asked_from(address: str, agent: str) -> Iterator[None]:
    """Whatever is done meanwhile came from ADDRESS and by AGENT: services need not be told it."""
    before, whose = _address.set(address), _agent.set(agent[:LONGEST_AGENT])
    try:
        yield
    finally:
        _address.reset(before)
        _agent.reset(whose)


def address_now() -> str:
    """From where comes what is being done; empty outside a request."""
    return _address.get()


def agent_now() -> str:
    """The browser that asks, as it calls itself; never for the log."""
    return _agent.get()


def note(event: str, account: int | None = None, **facts: object) -> None:
    """Log what was done, once it is stored for good: what is rolled back never happened."""
    transaction.on_commit(partial(logger.info, _line(event, account, facts)))


def note_refusal(event: str, account: int | None = None, **facts: object) -> None:
    """Log what was refused, at once: nothing of it is stored."""
    logger.warning(_line(event, account, facts))


class Brief(logging.Filter):
    """Of a request that Django itself refuses: one line, and nothing of what was sent.

    A traceback tells where the portal failed. Here it did not: somebody named another host, or sent
    more than is read.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security.") and record.exc_info:
            record.exc_info = record.exc_text = None
            record.msg, record.args = _line("request.refused", None, {}), None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def _line(event: str, account: int | None, facts: dict[str, object]) -> str:
    whose = {"account": account, "address": address_now()}
    pairs = {**whose, **facts}.items()
    fields = (f"{name}={NOBODY if value in {None, ''} else value}" for name, value in pairs)
    return " ".join([event, *fields])
