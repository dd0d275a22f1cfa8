"""How long the database lets one program make the others wait.

The limits go with the connection, as its startup packet's ``options``: no query sets them, a
database of one's own needs no preparation, and the owner's commands (migrations, imports) have
none. A pooler in transaction mode refuses such a packet, because its connections are everybody's:
behind one the limits are the role's own, set once with ``ALTER ROLE``.
"""

from typing import Any, Final

LIMITS: Final = {
    # A reader waits two seconds for whoever holds a lock, and sees a page that says so.
    "page": {
        "statement_timeout": "10s",
        "lock_timeout": "2s",
        "idle_in_transaction_session_timeout": "30s",
    },
    # Drawing a PDF and handing over a letter are done within a transaction.
    "work": {
        "statement_timeout": "5min",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "10min",
    },
}
CONNECTING: Final = 3  # seconds


def bound(database: dict[str, Any], program: str, *, pooled: bool) -> None:
    """Give DATABASE, Django's settings of a connection, the limits of PROGRAM, if it has any.

    What its address says itself (``?options=…``) goes before them.
    """
    options = database.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", CONNECTING)
    if pooled:
        database["DISABLE_SERVER_SIDE_CURSORS"] = True
        return
    limits = [f"-c {name}={value}" for name, value in LIMITS.get(program, {}).items()]
    if limits:
        options["options"] = " ".join([*limits, options.get("options", "")]).strip()
