"""P5, ten years of Moves in virtual time, and P11, validators: see bench/engine."""

import json
import os
import statistics
import subprocess

import nginx

ROUNDS = 5


def told(*command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def backfill(options):
    found = told(options.engine, "backfill")
    print(f"  {found['calls']} calls in {found['seconds'] / 60:.1f} minutes", flush=True)
    return [("P5", "of the budget, ten years of Moves", f"{found['use'] * 100:.2f} %", ">= 99 %"),
            ("P5", "calls refused", found["refused"], "= 0")]


def validators(options):
    document = f"{options.out}/document.json"
    with open(document, "wb") as file:
        file.write(nginx.document(20_000))
    runs = [told(options.engine, "json", document) | {"simd": told(f"{options.out}/simd", document)}
            for _ in range(ROUNDS)]
    os.unlink(document)
    for run in runs:
        print("  " + ", ".join(f"{name} {took:.1f}" for name, took in run.items())
              + " microseconds for 20 kB", flush=True)

    def ratio(of, beside):
        return f"{statistics.median(run[of] / run[beside] for run in runs):.2f} x"

    return [("P11", "validator, beside SQLite's json_valid", ratio("ours", "sqlite"), "<= 1.5 x"),
            ("P11", "the same with the digest of the items", ratio("daily", "sqlite"), "report"),
            ("P11", "validator, beside simdjson", ratio("ours", "simd"), "report")]


def rows(options):
    return backfill(options) + validators(options)
