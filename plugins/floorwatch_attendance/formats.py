"""The kinds of documents that it reads."""

from collections.abc import Sequence

from floorwatch.api import DocumentFormat
from floorwatch_attendance.dingtalk import DingTalkReport
from floorwatch_attendance.tidy import PunchTable
from floorwatch_attendance.wecom import WeComPunches
from floorwatch_attendance.zkteco import AttendanceLog


def formats() -> Sequence[DocumentFormat]:
    """The kinds of documents that it reads."""
    return [AttendanceLog(), DingTalkReport(), WeComPunches(), PunchTable()]
