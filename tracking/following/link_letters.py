"""What is written to whoever asked for it at the form: a link, which the worker sends."""

import datetime as dt

from accounts.models import Letter
from accounts.services.letter_texts import Written
from tracking.following import links
from tracking.following.subjects import title_of
from tracking.models import Follow, Follower


def write_letter(letter: Letter, at: dt.datetime) -> Written | None:
    """What confirms a follow; or, where that was done, the link to all that its address follows."""
    pk = letter.about.get("follow")
    if pk is None:
        follower = Follower.objects.filter(email=letter.to, kept_until__isnull=False).first()
        return _of_theirs(follower) if follower else None
    rows = Follow.objects.select_related("follower", *links.ALL_OF_IT)
    follow = rows.filter(pk=pk).first()
    if follow is None:
        return None
    if follow.confirmed_at:
        return _of_theirs(follow.follower, title=title_of(follow))
    context = {"title": title_of(follow), "link": links.confirming(follow), "follow": follow}
    return Written("follow_confirm", follow.follower.email, context, None)


def _of_theirs(follower: Follower, title: str = "") -> Written:
    context = {"title": title, "link": links.to_theirs(follower)}
    return Written("follow_link", follower.email, context, None)
