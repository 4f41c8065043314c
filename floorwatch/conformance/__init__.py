"""The checks that any plugin can be held against: on floors from empty to 1,000 seats, with what feeds really hold.

`check_*` raises ConformanceError with every claim that does not hold; `examine_*` returns the verdict of all claims.
"""

from floorwatch.conformance.commands import check_command, examine_command
from floorwatch.conformance.documents import check_document_format, examine_document_format
from floorwatch.conformance.formats import check_format, examine_format
from floorwatch.conformance.loaded import check_plugin, examine_plugin
from floorwatch.conformance.metrics import check_metric, examine_metric
from floorwatch.conformance.panels import check_panel, examine_panel
from floorwatch.conformance.reports import check_report, examine_report
from floorwatch.conformance.rules import check_rule, examine_rule
from floorwatch.conformance.verdict import Check, ConformanceError, Status, Verdict

__all__ = [
    "Check",
    "ConformanceError",
    "Status",
    "Verdict",
    "check_command",
    "check_document_format",
    "check_format",
    "check_metric",
    "check_panel",
    "check_plugin",
    "check_report",
    "check_rule",
    "examine_command",
    "examine_document_format",
    "examine_format",
    "examine_metric",
    "examine_panel",
    "examine_plugin",
    "examine_report",
    "examine_rule",
]
