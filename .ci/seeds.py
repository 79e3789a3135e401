#!/usr/bin/env python3
"""Seeds for the fuzz targets, made of the bundled packs and samples: `seeds.py FOLDER`.

Writes FOLDER/<target>/…, in the form that each target of `fuzz/` reads.
"""

import json
import re
import shutil
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
into = Path(sys.argv[1])
packs, samples = root / "packs", root / "tests/samples"
# What stands before the text in the targets that make a person or options of bytes;
# an odd first byte of `expression` asks for a made condition, one of `csv` for a sheet.
PERSON, OPTIONS = 160, 2


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(target: str, name: str, data: bytes) -> None:
    folder = into / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def pack(name: str, over: str, sources: list[tuple[str, str]]) -> None:
    text = "".join(f"=== {source}\n{text}\n" for source, text in sources)
    write("pack", name, f"over {over}\n{text}".encode())


def toml(folder: str) -> list[Path]:
    return sorted((packs / folder).glob("*.toml"))


for sample in samples.glob("*.toml"):
    pack(sample.stem, "nobody", [("pack.toml", read(sample))])
# Each file of `core` as it stands; of the packs over it, alone under a header.
for path in toml("core"):
    header = "" if path.stem == "pack" else '[pack]\nid = "one"\ntitle = "Un"\n'
    pack(f"core-{path.stem}", "nobody", [("one.toml", f"{header}{read(path)}")])
for folder, over in (("france", "core"), ("marne", "marne")):
    for path in toml(folder):
        header = f'[pack]\nid = "one"\ntitle = "Un"\nextends = "{over}"\n'
        body = "" if path.stem == "pack" else read(path)
        pack(f"{folder}-{path.stem}", over, [("one.toml", header + body[:12_000])])
# The pack that the guide builds, file by file.
guide = re.findall(r"```toml\n# mon-paquet/(\S+)\n(.*?)```", read(root / "docs/ecrire-un-pack.md"), re.S)
assert len(guide) > 2, "the guide shows no pack"
files: dict[str, str] = {}
for name, text in guide:
    files[name] = files.get(name, "") + text
pack("guide", "marne", list(files.items()))

# Every condition of the packs, and deadlines, which read much the same.
conditions = set()
for path in [*toml("core"), *toml("france"), *toml("marne"), *samples.glob("*.toml")]:
    conditions |= set(re.findall(r'\b(?:when|unless|eligible|serves|only_if|within) = "([^"\n]+)"', read(path)))
    conditions |= set(re.findall(r'\bwhen = """\n(.*?)"""', read(path), re.S))
assert len(conditions) > 100, "the packs have no conditions"
for number, condition in enumerate(sorted(conditions)):
    write("expression", f"condition-{number:03}", b"\0" * PERSON + condition.encode())
for number in range(32):
    made = bytes((number * 37 + place * place * 11 + 1) % 256 for place in range(PERSON + 200))
    write("expression", f"made-{number:02}", b"\1" + made)

for sample in samples.glob("*.csv"):
    data = sample.read_bytes()
    write("csv", sample.name, b"\0" * OPTIONS + data)
    write("csv", f"{sample.stem}-two-rows", b"\4\x11" + b"\n".join(data.split(b"\n")[:3]) + b"\n")
rows = b"id,town,here,age,when,within\na,51454,true,16..25,,1 month\nb,!= 51454,-,>= 26,not here,15 working days\n"
write("csv", "rows", b"\3\0" + rows)
communes = (packs / "marne/communes.csv").read_bytes()
write("csv", "communes", b"\1\0" + b"\n".join(communes.split(b"\n")[:12]) + b"\n")

for sample in samples.glob("*.xml"):
    data = sample.read_bytes()
    write("caf_rsa", sample.name, b"\1\7" + data)
    # The head, the first household and the totals: a small one, where each byte counts.
    end, totals = data.index(b"</InfosFoyerRSA>") + 16, data.index(b"<TransmissionFlux>")
    write("caf_rsa", f"{sample.stem}-one", b"\1\x40" + data[:end] + data[totals:])

write("caseload", "marne", (packs / "marne/people.json").read_bytes())

for sample in samples.glob("ft_dossier_individu_*.json"):
    write("dossier", sample.stem, sample.read_bytes())
    whole = json.loads(read(sample))
    for number, constraint in enumerate(whole["contraintesIndividusDto"]["contraintes"]):
        write("dossier", f"{sample.stem}-{number}", json.dumps([constraint]).encode())

# Small ones written by hand.
for folder in (root / "fuzz/seeds").iterdir():
    for seed in folder.iterdir():
        (into / folder.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(seed, into / folder.name / seed.name)
# One entry a diagnostic, without its id, which no mutation would keep.
vectors = json.loads(read(samples / "encoding.json"))
empty = {"version": 1, "person": "dossier-12", "entries": [], "erasures": []}
for kind, one in (("entries", "entry"), ("erasures", "erasure")):
    for number, vector in enumerate(vectors[kind]):
        write("diagnostic", f"{one}-{number:02}", json.dumps(empty | {kind: [vector[one]]}).encode())
for number, one in enumerate(json.loads(read(samples / "pe_spie_principal.json"))):
    write("diagnostic", f"extract-{number}", json.dumps(one).encode())
write("diagnostic", "whole", json.dumps(empty | {"entries": [vector["entry"] for vector in vectors["entries"]]}).encode())
