"""Do what is done in the background: make files, remind people, forget what is over."""

import datetime as dt
import logging
import math
import os
import signal
import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import cached_property
from types import FrameType
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.outage import FilesAway, Outage, outage_of, reason
from accounts.services.letter_queue import letters_wait
from accounts.services.letters import Round
from tracking.management.chores import Chores, this_week
from tracking.office.worklists.day_letters import leaves_at
from tracking.services.heartbeat import beat

logger = logging.getLogger(__name__)

PAUSE: Final = 5  # seconds between two looks at what waits
REMINDING: Final = 60  # and between two rounds of letters, or of files after one that failed
BEATING: Final = 30  # and between two signs that somebody works
STAMPING: Final = 3600  # and between two looks at whether the log's head needs a stamp


class Command(BaseCommand):
    help = (
        "Hace lo que se hace de fondo: llevar lo publicado al registro del portal y pedir su sello "
        "de tiempo, preparar los archivos de las rendiciones de cuentas emitidas y las vistas de "
        "las fotografías, leer los planes que se envían, abrir los semestres que empiezan a "
        "informarse, recordar por correo lo que falta informar y qué claves vencen, y contar a "
        "quien sigue algo qué cambió. Sigue hasta que se le pide terminar (SIGTERM); varios a la "
        "vez no se estorban."
    )
    say: Callable[[str], object] = logger.info  # who works for good writes a log
    is_stopping = False
    server: int | None = None  # the process without which there is nothing to work for
    is_away = False  # the database, in this round
    next_beat = -math.inf
    next_growth = -math.inf  # of the log
    told_on: dt.date | None = None  # the last day of whose letters none was left
    next_asked = math.inf  # when letters that pages asked for are looked for again

    @cached_property
    def chores(self) -> Chores:
        return Chores(
            say=self.say,
            is_ending=self._is_told_to_end,
            is_over=self._is_over,
            is_called_off=self._is_called_off,
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Hace lo que toca ahora y termina.")
        parser.add_argument(
            "--while", dest="server", type=int, metavar="PID", help="Termina con ese proceso."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.say = self.stdout.write
            self._once()
            return
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        self.say(_("Trabajando de fondo; SIGTERM lo termina."))
        self.server = options.get("server")
        next_files = next_letters = next_stamp = self.next_asked = time.monotonic()
        while not self._is_ending():
            self.is_away = False
            self._given_up_on_error(self._beat)
            self._grow_when_due()  # before the letters, which carry its head
            now = time.monotonic()
            if now >= next_letters:
                self._given_up_on_error(self.chores.open_semesters)
                self._given_up_on_error(self.chores.send_notices)
                self._given_up_on_error(self._send_when_due)
                self._given_up_on_error(self._follow_when_due)
                self._given_up_on_error(self.chores.warn_of_expiry)
                self._given_up_on_error(self.chores.forget)
                next_letters = now + REMINDING
            if now >= self.next_asked:
                failed = self._given_up_on_error(self.chores.send_queued)
                self.next_asked = time.monotonic() + (REMINDING if failed else PAUSE)
            if now >= next_files:
                failed = self._given_up_on_error(self.chores.make_files)
                next_files = time.monotonic() + (REMINDING if failed else PAUSE)
            if now >= next_stamp:  # last: whoever stamps may take long to answer
                self._given_up_on_error(self.chores.stamp_log)
                next_stamp = time.monotonic() + STAMPING
            connection.close()
            self._rest(min(self.next_growth, next_files, next_letters, next_stamp, self.next_asked))

    def _once(self) -> None:
        self._beat()
        self.chores.grow_log()
        self.chores.open_semesters()
        self.chores.forget()
        undone = []
        days = self.chores.send_the_days().failed
        letters = (
            self.chores.send_queued,
            self.chores.send_notices,
            self.chores.tell_followers,
            self.chores.warn_of_expiry,
        )
        if unsent := days + sum(send() for send in letters):
            said = ngettext(
                "%s correo no salió: vuelva a intentarlo.",
                "%s correos no salieron: vuelva a intentarlo.",
                unsent,
            )
            undone.append(said % unsent)
        if unmade := self.chores.make_files():
            said = ngettext(
                "%s archivo no pudo prepararse: vuelva a intentarlo.",
                "%s archivos no pudieron prepararse: vuelva a intentarlo.",
                unmade,
            )
            undone.append(said % unmade)
        self.chores.grow_log()  # by what the files entered
        if self.chores.stamp_log():
            undone.append(_("El sello de tiempo no llegó: vuelva a intentarlo."))
        if undone:
            raise CommandError(" ".join(undone))

    def _given_up_on_error(self, work: Callable[[], int]) -> int:
        """What WORK leaves undone; all of it, and of what follows, once the database is away."""
        if self.is_away:
            return 1
        try:
            return work()
        except (Error, FilesAway) as error:
            outage = outage_of(error)
            self.is_away = outage is Outage.AWAY
            if outage:
                logger.error("The round was given up: %s", reason(error))
            else:
                logger.exception("The round was given up")
            return 1

    def _is_over(self) -> bool:
        """Whether to stop between two pieces of work; the log does not wait for all of them."""
        self._grow_when_due()
        return self.is_away or self._is_told_to_end()

    def _is_told_to_end(self) -> bool:
        """Whether it is ending; also gives the sign that somebody works."""
        self._beat()
        return self._is_ending()

    def _is_ending(self) -> bool:
        """Whether it was told to end, or the server that it works for is gone."""
        if self.server is not None and not _runs(self.server):
            self.is_stopping = True
        return self.is_stopping

    def _beat(self) -> int:
        """Let whoever asks see that somebody works; nothing is left undone."""
        if time.monotonic() >= self.next_beat:
            beat(at=timezone.now())
            self.next_beat = time.monotonic() + BEATING
        return 0

    def _grow_when_due(self) -> None:
        if time.monotonic() >= self.next_growth:
            self._given_up_on_error(self.chores.grow_log)
            self.next_growth = time.monotonic() + PAUSE

    def _send_when_due(self) -> int:
        """Send the letters of the day once their hour has come; how many did not leave.

        Once there were none left nobody is asked for again: what comes up later is of another day.
        """
        today = timezone.localdate()
        leaves = leaves_at(today)
        if self.told_on == today or timezone.now() < leaves:
            return 0
        done = self.chores.send_the_days(until=leaves)
        if done == Round() and not self._is_ending():
            self.told_on = today
        return done.failed

    def _follow_when_due(self) -> int:
        """Tell those who follow something; the week's letters leave from their hour on."""
        return self.chores.tell_followers(weekly=timezone.now() >= leaves_at(this_week()))

    def _is_called_off(self) -> bool:
        """Whether files have to wait: making all may take long, and somebody looks for a letter."""
        return self._is_over() or (time.monotonic() >= self.next_asked and letters_wait())

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """End after what is being done: a letter is sent or not claimed, a file made or waiting."""
        self.is_stopping = True

    def _rest(self, until: float) -> None:
        """Wait; a signal cuts it short within a second."""
        while not self._is_ending() and time.monotonic() < until:
            time.sleep(1)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False  # gone, or its number is by now somebody else's
    return True
