"""The page for people that a build leaves: ``report.html``, one file that needs nothing else."""

from termalign.formats.report.data import MAX_CONCEPTS, MAX_UNITS, ReportData
from termalign.formats.report.page import write_report

__all__ = ["MAX_CONCEPTS", "MAX_UNITS", "ReportData", "write_report"]
