"""What a page that was answered says."""

from html import unescape
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client


def text(answer: Any) -> str:
    """Its HTML."""
    page: str = answer.content.decode()
    return page


def unescaped(answer: Any) -> str:
    """Its HTML, with each character as people read it."""
    return unescape(text(answer))


def on_one_line(answer: Any) -> str:
    """Its HTML, whatever its line breaks."""
    return " ".join(text(answer).split())


def shown(client: Client, address: str) -> str:
    """What stands at ADDRESS, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return unescaped(answer)


def told(answer: Any) -> list[str]:
    """The messages that it leaves."""
    return [str(each) for each in get_messages(answer.wsgi_request)]


def errors_of(answer: Any) -> dict[str, list[str]]:
    """What the form that came back says of each of its fields."""
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def admin_errors_of(answer: Any) -> dict[str, list[str]]:
    """The same of a form of the admin."""
    assert answer.status_code == 200
    return dict(answer.context["adminform"].form.errors)


def lasting(answer: Any) -> dict[str, str]:
    """Its headers, without the name of the request that it answers."""
    return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
