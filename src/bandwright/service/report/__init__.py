"""What a person looks at: the report pages and the figure file."""

from bandwright.service.report.designed import write_design
from bandwright.service.report.page import write_report
from bandwright.service.report.sheet import write_figure

__all__ = ["write_design", "write_figure", "write_report"]
