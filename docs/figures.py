#!/usr/bin/env python3
"""Whether a report's workbook, as openpyxl reads it, has the figures of the JSON.

    thoatngheo report -o bao-cao && thoatngheo rates --by commune --format json > rates.json
    python3 docs/figures.py bao-cao/bao-cao-2023.xlsx rates.json

Needs openpyxl. `cargo test --test word_report` holds the same with another library.
"""

import json
import sys

import openpyxl

COUNTS = ["households", "persons", "poor", "near_poor", "poor_persons", "near_poor_persons"]
RATES = ["poor_percent", "near_poor_percent", "both_percent", "poor_persons_percent", "near_poor_persons_percent"]

workbook, figures = sys.argv[1:]
rows = list(openpyxl.load_workbook(workbook)["Tỷ lệ theo xã"].iter_rows(values_only=True))
head = next(at for at, row in enumerate(rows) if row[0] == "Xã, thị trấn")
printed = {row[0]: row[1:] for row in rows[head + 1 :] if row[0]}
compared = 0
for row in json.load(open(figures, encoding="utf-8"))["result"]["rows"]:
    name = row["commune"] or "Toàn huyện"
    wanted = [row[key] for key in COUNTS] + [row[key] and round(float(row[key]) / 100, 4) for key in RATES]
    found = list(printed[name][: len(wanted)])
    if found != wanted:
        sys.exit(f"{name}: the workbook has {found}, the JSON {wanted}")
    compared += len(wanted)
print(f"{compared} figures are the same")
