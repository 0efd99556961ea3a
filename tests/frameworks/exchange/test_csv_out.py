"""A CSV for Dutch spreadsheet programs: in one piece or in many, and nothing in it is a formula."""

from __future__ import annotations

import csv
import io

from bekwaam.frameworks.exchange.sheets.csv_out import csv_lines, write_csv


def test_in_many_pieces_stands_the_same_as_in_one() -> None:
    rows = [[f"text {number}", "=1+1", 'with; "quotes"'] for number in range(2_500)]
    pieces = list(csv_lines(["a", "b", "c"], iter(rows)))
    assert len(pieces) == 4 and b"".join(pieces) == write_csv(["a", "b", "c"], rows)
    assert pieces[0] == b"\xef\xbb\xbfa;b;c\r\n"
    read = list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig")), delimiter=";"))
    assert read[1:] == [[first, "'=1+1", third] for first, _formula, third in rows]
