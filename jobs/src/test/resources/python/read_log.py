"""Prints one line for each record of a log, as a reader without ShivX sees it."""

import math
import pathlib
import sys

import fastavro

log = pathlib.Path(sys.argv[1])


def rows(kind):
    for path in sorted((log / kind).rglob("*.avro")):
        if not path.name.startswith("."):
            with path.open("rb") as file:
                yield from fastavro.reader(file)


for row in rows("features"):
    total = 0.0
    for value in row["features"]:
        total += 0.0 if math.isnan(value) else value
    print(row["vector_id"], str(row["ready"]).lower(), repr(total))

for row in rows("predictions"):
    up = row["probabilities"].get("UP")
    answer = "null" if row["prediction"] is None else row["prediction"]
    print(row["prediction_id"], row["role"], answer, "-" if up is None else "UP=" + repr(up))

for row in rows("outcomes"):
    correct = "null" if row["correct"] is None else str(row["correct"]).lower()
    print(row["prediction_id"], row["revision"], row["outcome"] or "null", correct)
