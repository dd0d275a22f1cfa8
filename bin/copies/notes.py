"""What is noted with each copy, to know later whether what was restored is what there was."""

import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any, Final

from bin.copies.server import Server
from config.cluster import PROJECT, state_directory
from config.release import release_of

# Of all tables that the log keeps, whatever they are called: what is counted later are the same.
# An unlogged one, as that of the cache, is empty wherever a database is restored.
COUNTS: Final = """\
SELECT coalesce(json_object_agg(relname, (xpath('/row/n/text()', query_to_xml(
    format('SELECT count(*) AS n FROM %I.%I', nspname, relname), false, true, '')))[1]::text::bigint
    ORDER BY relname), '{}')
FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname = 'public' AND relkind = 'r' AND relpersistence = 'p';
"""
# The newest head of the portal's log, which the log that is restored must go on from.
HEAD: Final = """\
SELECT coalesce((SELECT json_build_object('size', size, 'root', root, 'checkpoint', note)
FROM tracking_loghead ORDER BY id DESC LIMIT 1), 'null');
"""
# One transaction sees the rows; the mark in the log is where it saw them only if nobody wrote
# between, which the same snapshot says, without a transaction that is still going on.
MARK: Final = f"""\
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_current_snapshot();
{COUNTS}
{HEAD}
COMMIT;
SELECT pg_create_restore_point(:'name');
SELECT pg_current_snapshot();
"""
WITHDRAWN: Final = """\
SELECT coalesce(json_agg(line ORDER BY line->>'at'), '[]') FROM (
    SELECT json_build_object('kind', 'support', 'municipality', m.inei, 'sha256', w.sha256,
                             'reason', w.reason, 'at', w.at) AS line
    FROM tracking_withholding w JOIN accounts_municipality m ON m.id = w.municipality_id
    UNION ALL
    SELECT json_build_object('kind', 'signed', 'municipality', m.inei, 'sha256', f.sha256,
                             'reason', w.reason, 'at', w.at)
    FROM tracking_signedwithholding w
    JOIN tracking_signedfile f ON f.id = w.signed_file_id
    JOIN tracking_accountabilityreport r ON r.id = f.report_id
    JOIN accounts_municipality m ON m.id = r.municipality_id) AS lines;
"""
TRIES: Final = 60
PAUSE: Final = 0.5  # seconds for whoever writes to have written


def mark(server: Server, name: str) -> dict[str, Any]:
    """Mark a place in the server's log by NAME; return how many rows each table has there, and the
    newest head of the portal's log.

    None of either where somebody wrote at each try: the last mark stands, and nothing is known of
    its rows.
    """
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE)
        told = server.ask(f"\\set name {name}\n{MARK}").splitlines()
        before, counts, head, _place, after = told
        oldest, newest, running = before.split(":")
        if before == after and oldest == newest and not running:
            return {"counts": counted(counts), "head": json.loads(head)}
    return {"counts": None, "head": None}


def counted(text: str) -> dict[str, int]:
    rows: dict[str, int] = json.loads(text)
    return rows


def newest_head(server: Server) -> dict[str, Any] | None:
    """Of the portal's log: ``size``, ``root`` in hexadecimal, and the signed ``checkpoint``."""
    head: dict[str, Any] | None = json.loads(server.ask(HEAD))
    return head


def withdrawn(server: Server) -> list[dict[str, str]]:
    """All withdrawals, as ``manage.py withdraw_again`` takes them. No person is in it."""
    rows: list[dict[str, str]] = json.loads(server.ask(WITHDRAWN))
    return rows


def about_the_portal() -> dict[str, Any]:
    """Which code serves, and which keys are in force, by their fingerprints."""
    return {"release": release_of(PROJECT), "keys": fingerprints()}


def fingerprints() -> list[str]:
    """Of SECRET_KEY and those before it: what tells them apart, and nothing of them."""
    own = state_directory() / "secret_key"
    key = os.environ.get("SECRET_KEY") or _text(own)
    former = os.environ.get("SECRET_KEY_FALLBACKS", "").split(",")
    return [_fingerprint(each.strip()) for each in (key, *former) if each.strip()]


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _fingerprint(key: str) -> str:
    """Slow on purpose: a short key cannot be guessed from it quickly."""
    return hashlib.pbkdf2_hmac("sha256", key.encode(), b"vigia", 600_000)[:8].hex()
