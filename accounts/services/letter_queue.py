"""What a page asks for leaves by the worker: how long the page takes says nothing of anybody."""

from accounts.choices import LetterKind
from accounts.models import Letter


def queue_letter(kind: LetterKind, to: str, **about: object) -> None:
    """Let the worker write to an address, known or not, in the transaction that asks for it."""
    Letter.objects.create(kind=kind, to=to, about=about)


def letters_wait() -> bool:
    return Letter.objects.exists()
