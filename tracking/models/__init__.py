from tracking.models.accountability import (
    AccountabilityDraft,
    AccountabilityReport,
    RenderedFile,
)
from tracking.models.closed_total import ClosedTotal
from tracking.models.executed import ExecutedQuantity
from tracking.models.expenditure import Expenditure
from tracking.models.follow import Follow, Follower
from tracking.models.given_answer import GivenAnswer
from tracking.models.heartbeat import Heartbeat
from tracking.models.ledger import LedgerEntry
from tracking.models.log import LogHead, LogLeaf, LogTile, PendingLeaf
from tracking.models.message import Message
from tracking.models.newest import NewestReport
from tracking.models.note import Note, NoteSupport
from tracking.models.notice import DailyLetter, Notice, NoticeChoice
from tracking.models.plan_record import PlanRecord
from tracking.models.preview import Preview
from tracking.models.reminder import Reminder
from tracking.models.report import ProgressReport
from tracking.models.review_step import ReviewStep
from tracking.models.signed_file import SignedFile, SignedWithholding
from tracking.models.stamp import HeadStamp
from tracking.models.standing import Standing
from tracking.models.support import Support, Withholding
from tracking.models.window import ClosingLine, SemesterWindow
from tracking.models.witness import Cosignature, HeadConflict, Witness

__all__ = [
    "AccountabilityDraft",
    "AccountabilityReport",
    "ClosedTotal",
    "ClosingLine",
    "Cosignature",
    "DailyLetter",
    "ExecutedQuantity",
    "Expenditure",
    "Follow",
    "Follower",
    "GivenAnswer",
    "HeadConflict",
    "HeadStamp",
    "Heartbeat",
    "LedgerEntry",
    "LogHead",
    "LogLeaf",
    "LogTile",
    "Message",
    "NewestReport",
    "Note",
    "NoteSupport",
    "Notice",
    "NoticeChoice",
    "PendingLeaf",
    "PlanRecord",
    "Preview",
    "ProgressReport",
    "Reminder",
    "RenderedFile",
    "ReviewStep",
    "SemesterWindow",
    "SignedFile",
    "SignedWithholding",
    "Standing",
    "Support",
    "Withholding",
    "Witness",
]
