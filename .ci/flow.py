#!/usr/bin/env python3
"""The RSA flow, read and oriented on a long file: `flow.py CAF_FLOW [PEOPLE]`.

Makes a flow of PEOPLE invented adults and their children, reads it, merges each adult with
what the operator of employment might have said, and orients them. Everybody must be kept,
refused or skipped, and memory must not grow with the file.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

flow, people = sys.argv[1], int((sys.argv[2:] or ["200000"])[0])
# Bytes that a ten times longer file may take more: what an allocator keeps by chance.
MORE = 8 << 20


def make(path: Path, count: int) -> int:
    """Writes a flow; says how many of its households are damaged."""
    with path.open("wb") as out:
        said = subprocess.run([flow, "--make", str(count)], stdout=out, stderr=subprocess.PIPE, text=True, check=True)
    return int(re.search(r"(\d+) households damaged", said.stderr).group(1))


def run(path: Path) -> tuple[str, str, int]:
    """What the run prints and says, and its peak memory in bytes."""
    job = subprocess.Popen([flow, str(path), "--beside"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said, printed = job.stderr.read(), job.stdout.read()
    _, status, usage = os.wait4(job.pid, 0)
    job.returncode = os.waitstatus_to_exitcode(status)
    assert job.returncode in (0, 1), said[-2000:]
    return printed, said, usage.ru_maxrss * 1024


with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "RSABEM.xml")
    peaks = []
    for count in (people // 10, people):
        damaged = make(path, count)
        printed, said, peak = run(path)
        peaks.append(peak)
        *_, counts, rate = said.splitlines()
        households, lost, all_, kept, refused, skipped = map(int, re.findall(r"\d+", counts))
        print(f"{count} adults, {path.stat().st_size >> 20} MiB: {counts}")
        print(f"peak memory {peak >> 20} MiB, {rate}")
        errors = sum(line.startswith("refused: line ") for line in said.splitlines())
        assert (lost, refused, errors) == (damaged, 0, damaged), said[-2000:]
        assert all_ == kept + refused + skipped and not re.search("^note: ", said, re.M), said[-2000:]
        oriented = sum(int(line.split()[0]) for line in printed.splitlines() if ": " not in line)
        # A household has one or two adults.
        assert oriented == kept and count - 2 * damaged <= kept <= count - damaged, (oriented, kept)
    print(printed, end="")
    assert peaks[1] - peaks[0] < MORE, "memory grows with the file"
