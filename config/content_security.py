"""What a page may load, send and be framed by, as browsers hold it to (Content-Security-Policy)."""

from typing import Final

from csp.constants import NONE, SELF

POLICY: Final = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
"""The strictest that works; a view that needs more says so (`csp.decorators`)."""
