"""Figures of the proofs: each part leaves its own in a file, and `table.py` prints them as one table.

A figure is a sentence, what was reached, and its target: `= 0`, `>= 10000`, `<= 5 ms`, or `report`
for one that is told and not judged.
"""

import operator
import os
import re

FOLDER = os.path.normpath(os.path.join(os.path.dirname(__file__), "../../../out/proof"))
COMPARE = {"=": operator.eq, ">=": operator.ge, "<=": operator.le}


def met(reached, target):
    """Whether `3.2 ms` keeps `<= 5 ms`."""
    if target == "report":
        return True
    sign, number = re.fullmatch(r"(=|>=|<=) (-?[\d.,]+).*", target).groups()
    value = re.match(r"-?[\d.,]+", str(reached))
    return bool(value) and COMPARE[sign](
        float(value[0].replace(",", "")), float(number.replace(",", "")))


def put(part, rows):
    """Keeps a part's figures, (figure, reached, target) each, in place of those it had; whether all
    are met."""
    os.makedirs(FOLDER, exist_ok=True)
    with open(f"{FOLDER}/{part}.tsv.new", "w") as file:
        for row in rows:
            file.write("\t".join(str(cell) for cell in row) + "\n")
    os.replace(f"{FOLDER}/{part}.tsv.new", f"{FOLDER}/{part}.tsv")
    return all(met(reached, target) for _, reached, target in rows)


def get(part):
    """The figures that a part has left; none when it has not been run."""
    try:
        with open(f"{FOLDER}/{part}.tsv") as file:
            return [line.rstrip("\n").split("\t") for line in file]
    except FileNotFoundError:
        return []
