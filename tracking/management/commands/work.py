"""Do what is done in the background: remind people of what they have to report."""

import logging
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.services.reminders import Round, send_reminders

logger = logging.getLogger(__name__)

PAUSE: Final = 60  # seconds between two rounds


class Command(BaseCommand):
    help = (
        "Hace lo que se hace de fondo: por ahora, recordar por correo lo que falta informar. "
        "Sigue hasta que se le pide terminar (SIGTERM); varios a la vez no se estorban."
    )
    is_stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Hace lo que toca ahora y termina.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            done = self._round()
            if done.failed:
                message = ngettext(
                    "%s correo no salió: vuelva a intentarlo.",
                    "%s correos no salieron: vuelva a intentarlo.",
                    done.failed,
                )
                raise CommandError(message % done.failed)
            return
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        self.stdout.write(_("Trabajando de fondo; SIGTERM lo termina."))
        while not self.is_stopping:
            try:
                self._round()
            except Error:
                # The database went away, or will be back: the next round asks again.
                logger.exception("The round was given up")
            finally:
                connection.close()
            self._rest()

    def _round(self) -> Round:
        done = send_reminders(at=timezone.localdate(), is_over=lambda: self.is_stopping)
        if done.sent:
            sentence = ngettext("%s recordatorio enviado.", "%s recordatorios enviados.", done.sent)
            self.stdout.write(sentence % done.sent)
        return done

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """End after the letter that is being sent, which is then either sent or not claimed."""
        self.is_stopping = True

    def _rest(self) -> None:
        """Wait for the next round; a signal cuts it short within a second."""
        until = time.monotonic() + PAUSE
        while not self.is_stopping and time.monotonic() < until:
            time.sleep(1)
