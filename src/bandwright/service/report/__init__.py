"""What a person looks at: the report page and the figure file."""

from bandwright.service.report.page import write_report
from bandwright.service.report.sheet import write_figure

__all__ = ["write_figure", "write_report"]
