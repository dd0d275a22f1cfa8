"""What is done in the background, one thing at a time.

Each says what it did, in the figures of its round, and gives back how much it left undone.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from accounts.services.expiring import warn_of_expiry
from accounts.services.letters import Round
from accounts.services.sending import send_queued
from accounts.sessions import SessionStore
from plans.services.imports import read_waiting
from tracking.accountability.rendering import make_files
from tracking.following.sending import ask_who_stays, send_at_once, send_weekly
from tracking.office.letters import send_day_letters, send_notices
from tracking.services.answers import forget_answers
from tracking.services.following import forget_followers
from tracking.services.previews import make_previews
from tracking.services.semesters import open_semesters
from tracking.transparency.growing import grow
from tracking.transparency.stamping import stamp_weekly


@dataclass(frozen=True)
class Chores:
    """What there is to do; each thing ends between two pieces of it, once one of three is true.

    For the log that the worker IS ENDING; for letters that the round IS OVER, too; and files are
    CALLED OFF as soon as a letter waits.
    """

    say: Callable[[str], object]
    is_ending: Callable[[], bool]
    is_over: Callable[[], bool]
    is_called_off: Callable[[], bool]

    def open_semesters(self) -> int:
        """Propose the days of the semesters that begin to be reported; nothing is left undone."""
        self._tell(
            open_semesters(at=timezone.localdate()),
            ngettext_lazy("%s semestre recibió sus plazos.", "%s semestres recibieron sus plazos."),
        )
        return 0

    def grow_log(self) -> int:
        """Put what the ledgers entered into the log of the portal; nothing is left undone."""
        self._tell(
            grow(at=timezone.now(), is_over=self.is_ending),
            ngettext_lazy(
                "%s asiento entró al registro del portal.",
                "%s asientos entraron al registro del portal.",
            ),
        )
        return 0

    def stamp_log(self) -> int:
        """Have the log's head stamped, once a week where there is an authority for it."""
        return int(stamp_weekly(at=timezone.now()))

    def send_queued(self) -> int:
        """Send the letters that pages asked for; how many did not leave."""
        done = send_queued(at=timezone.now(), is_over=self.is_over)
        self._tell(done.sent, ngettext_lazy("%s carta enviada.", "%s cartas enviadas."))
        return done.failed

    def send_notices(self) -> int:
        """Send what people want to be told at once; how many letters did not leave."""
        done = send_notices(is_over=self.is_over)
        self._tell(
            done.sent,
            ngettext_lazy("%s carta con avisos enviada.", "%s cartas con avisos enviadas."),
        )
        return done.failed

    def send_the_days(self, until: dt.datetime | None = None) -> Round:
        """Send the letters of the day, with notices of before UNTIL."""
        done = send_day_letters(at=timezone.localdate(), until=until, is_over=self.is_over)
        self._tell(
            done.sent, ngettext_lazy("%s carta del día enviada.", "%s cartas del día enviadas.")
        )
        return done

    def tell_followers(self, *, weekly: bool = True) -> int:
        """Tell those who follow something by e-mail; how many letters did not leave."""
        done = [send_at_once(is_over=self.is_over)]
        if weekly:
            done.append(send_weekly(week=this_week(), is_over=self.is_over))
            done.append(ask_who_stays(at=timezone.localdate(), is_over=self.is_over))
        self._tell(
            sum(each.sent for each in done),
            ngettext_lazy(
                "%s carta a quien sigue algo enviada.", "%s cartas a quien sigue algo enviadas."
            ),
        )
        return sum(each.failed for each in done)

    def warn_of_expiry(self) -> int:
        """Write of the tokens that expire soon; how many letters did not leave."""
        done = warn_of_expiry(at=timezone.now(), is_over=self.is_over)
        self._tell(
            done.sent,
            ngettext_lazy(
                "%s aviso de una clave que vence enviado.",
                "%s avisos de claves que vencen enviados.",
            ),
        )
        return done.failed

    def forget(self) -> int:
        """Forget sessions that are over, what was answered to systems, who follows no more."""
        SessionStore.clear_expired()
        forget_answers(at=timezone.now())
        forget_followers(at=timezone.now())
        return 0

    def make_files(self) -> int:
        """Make the files that wait, until a letter does; how many could not be made."""
        self._tell(
            read_waiting(is_over=self.is_called_off),
            ngettext_lazy("%s plan leído.", "%s planes leídos."),
        )
        done = make_files(is_over=self.is_called_off)
        self._tell(done.made, ngettext_lazy("%s archivo preparado.", "%s archivos preparados."))
        self._tell(
            make_previews(at=timezone.now(), is_over=self.is_called_off),
            ngettext_lazy(
                "%s vista de fotografía preparada.", "%s vistas de fotografías preparadas."
            ),
        )
        return done.failed

    def _tell(self, count: int, sentence: Promise) -> None:
        """Say how many there were, in the SENTENCE for so many; nothing of none."""
        if count:
            self.say(sentence % count)


def this_week() -> dt.date:
    """The Monday on which the letters of this week leave."""
    today = timezone.localdate()
    return today - dt.timedelta(days=today.weekday())
