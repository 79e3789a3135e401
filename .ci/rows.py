#!/usr/bin/env python3
"""The main job on a long extract: `rows.py ORIENT SAMPLE.csv [ROWS]`.

Makes ROWS rows of the rows of a sample, every thousandth of them damaged, and
orients them. Rows in must be rows out and rows refused, memory must not grow with
the file (but for what sees a person twice), and a terminal must see progress.
"""

import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

orient, sample, rows = sys.argv[1], sys.argv[2], int((sys.argv[3:] or ["100000"])[0])
# Bytes that a row may leave behind: two hashes and a line number in two trees.
LEFT_BY_A_ROW = 300


def make(path: Path, count: int) -> int:
    """Writes an extract of `count` rows; says how many are damaged."""
    header, *people = Path(sample).read_text(encoding="utf-8").splitlines()
    place = header.split(";").index("identifiant_unique_de")
    damaged = 0
    with path.open("w", encoding="utf-8") as out:
        print(header, file=out)
        for number in range(count):
            cells = people[number % len(people)].split(";")
            cells[place] = f"made-{number:08}"
            if number % 1000 == 999:
                cells.pop()
                damaged += 1
            print(";".join(cells), file=out)
    return damaged


def run(path: Path, out: Path) -> tuple[str, int, float]:
    """What the run says, its peak memory in bytes, and its time."""
    with out.open("w") as lines:
        job = subprocess.Popen(
            [orient, str(path), "--as-of", "2024-03-15", "--json"],
            stdout=lines, stderr=subprocess.PIPE, text=True,
        )
        said = job.stderr.read()
        _, status, usage = os.wait4(job.pid, 0)
    job.returncode = os.waitstatus_to_exitcode(status)
    assert job.returncode == 1, f"some rows are damaged, so 1 is expected: {job.returncode}"
    return said, usage.ru_maxrss * 1024, usage.ru_utime


def progress(path: Path) -> str:
    """What a terminal sees on the standard error."""
    seen, ours = pty.openpty()
    job = subprocess.Popen(
        [orient, str(path), "--json"], stdout=subprocess.DEVNULL, stderr=ours,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(ours)
    text = b""
    try:
        while part := os.read(seen, 65536):
            text += part
    except OSError:
        pass  # The other end is closed: the run is over.
    job.wait()
    return text.decode(errors="replace")


with tempfile.TemporaryDirectory() as folder:
    path, out = Path(folder, "extract.csv"), Path(folder, "out.jsonl")
    make(path, rows // 10)
    _, few, _ = run(path, out)
    assert "/" in progress(path) and "█" in progress(path), "a terminal saw no progress"
    damaged = make(path, rows)
    said, many, seconds = run(path, out)
    with out.open() as lines:
        oriented = sum(1 for _ in lines)
    refused = sum(line.startswith("refused: line ") for line in said.splitlines())
    print(f"{rows} rows in, {oriented} oriented, {refused} refused, {seconds:.1f} s")
    print(f"peak memory: {few >> 20} MiB for a tenth of the rows, {many >> 20} MiB for all")
    assert refused == damaged and oriented + refused == rows, said[-2000:]
    assert f"{rows} in, {oriented} oriented, {refused} refused" in said, said[-200:]
    assert many - few < LEFT_BY_A_ROW * rows, "memory grows with the file"
