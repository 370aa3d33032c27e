#!/usr/bin/env python3
"""What a person would use instead, on the same made-up files: households and classes by commune, and nothing else.

    cargo bench --bench nation -- --keep DIR --sizes 500k --what xlsx,csv
    python3 benches/compare.py DIR --ours target/release/thoatngheo

Needs nothing but Python; polars, pandas, openpyxl, fastexcel and duckdb are timed where they are installed. Each runs in a
process of its own, so that time (user + system) and memory are its own. The tools count rows as they stand; they do not
check a number, find a household that is listed twice, or reject a part of a person, so that their sums are higher by what
the program rejects.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

COMMUNE, CLASS = "Xã", "Phân loại hộ"


def csv_module(path):
    import csv

    counts = Counter()
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        commune, group = head.index(COMMUNE), head.index(CLASS)
        for row in rows:
            counts[row[commune], row[group]] += 1
    return counts


def pandas_csv(path):
    import pandas

    return grouped(pandas.read_csv(path, dtype=str))


def polars_csv(path):
    import polars

    frame = polars.scan_csv(path, infer_schema=False).group_by(COMMUNE, CLASS).len().collect()
    return {(commune, group): count for commune, group, count in frame.iter_rows()}


def polars_csv_whole(path):
    import polars

    frame = polars.read_csv(path, infer_schema=False).group_by(COMMUNE, CLASS).len()
    return {(commune, group): count for commune, group, count in frame.iter_rows()}


def duckdb_csv(path):
    import duckdb

    read = duckdb.sql(f"from read_csv('{path}', header=true, all_varchar=true)")
    return {(c, g): n for c, g, n in read.aggregate(f'"{COMMUNE}", "{CLASS}", count(*)').fetchall()}


def openpyxl_xlsx(path):
    import openpyxl

    counts = Counter()
    rows = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True)
    head = next(rows)
    commune, group = head.index(COMMUNE), head.index(CLASS)
    for row in rows:
        counts[row[commune], row[group]] += 1
    return counts


def pandas_xlsx(path):
    import pandas

    return grouped(pandas.read_excel(path, dtype=str, engine="openpyxl"))


def polars_xlsx(path):
    import polars

    frame = polars.read_excel(path, infer_schema_length=0).group_by(COMMUNE, CLASS).len()
    return {(commune, group): count for commune, group, count in frame.iter_rows()}


def grouped(frame):
    return frame.groupby([COMMUNE, CLASS]).size().to_dict()


TOOLS = {
    ".csv": {
        "Python csv": (csv_module, []),
        "pandas read_csv": (pandas_csv, ["pandas"]),
        "polars scan_csv": (polars_csv, ["polars"]),
        "polars read_csv": (polars_csv_whole, ["polars"]),
        "duckdb read_csv": (duckdb_csv, ["duckdb"]),
    },
    ".xlsx": {
        "openpyxl read_only": (openpyxl_xlsx, ["openpyxl"]),
        "pandas + openpyxl": (pandas_xlsx, ["pandas", "openpyxl"]),
        "polars read_excel": (polars_xlsx, ["polars", "fastexcel"]),
    },
}


def taken(command):
    """Seconds of the processor, seconds on the clock, MB, the exit code and what was printed."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    unit = 1 if sys.platform == "darwin" else 1024
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit / 1e6, child.returncode, said


def middle(command, runs):
    every = [taken(command) for _ in range(runs)]
    cpu, wall, memory = (sorted(run[at] for run in every)[runs // 2] for at in range(3))
    return cpu, wall, memory, max(run[3] for run in every), every[0][4].decode().strip()


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("paths", nargs="+", type=Path, help="files, or folders with .xlsx and .csv")
    ask.add_argument("--ours", type=Path, default=Path("target/release/thoatngheo"))
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--only", help="times this tool alone and prints how many rows it counted")
    args = ask.parse_args()
    if args.only:
        path = args.paths[0]
        print(sum(TOOLS[path.suffix][args.only][0](path).values()))
        return
    files = []
    for path in args.paths:
        files += sorted(file for file in path.rglob("*") if file.suffix in TOOLS) if path.is_dir() else [path]
    print("| file | tool | CPU s | wall s | memory MB | times ours | rows |\n|---|---|--:|--:|--:|--:|--:|")
    for file in files:
        name = f"{file.parent.name}/{file.name}"
        ours = middle([args.ours, "rates", "--households", file, "--year", "2023", "--by", "commune", "--format", "json"], args.runs)
        if ours[3] > 1:
            sys.exit(f"{args.ours} cannot read {file}")
        print(f"| {name} | thoatngheo rates | {ours[0]:.2f} | {ours[1]:.2f} | {ours[2]:.0f} | 1 | |", flush=True)
        for tool, (_, needs) in TOOLS[file.suffix].items():
            missing = [need for need in needs if importlib.util.find_spec(need) is None]
            if missing:
                print(f"| {name} | {tool} | not installed: {', '.join(missing)} | | | | |")
                continue
            cpu, wall, memory, code, rows = middle([sys.executable, __file__, "--only", tool, file], args.runs)
            told = rows if code == 0 else f"failed ({code})"
            print(f"| {name} | {tool} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {cpu / ours[0]:.1f} | {told} |", flush=True)


if __name__ == "__main__":
    main()
