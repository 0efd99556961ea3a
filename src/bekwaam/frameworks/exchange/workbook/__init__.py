"""A framework as a workbook (XLSX) that people fill in and read."""

from bekwaam.frameworks.exchange.workbook.reading import read_workbook
from bekwaam.frameworks.exchange.workbook.starting import template
from bekwaam.frameworks.exchange.workbook.writing import write_workbook

__all__ = ["read_workbook", "template", "write_workbook"]
