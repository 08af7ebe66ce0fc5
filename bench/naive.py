#!/usr/bin/env python3
"""What a script of 2015 did: one request after the other, a connection each, nothing synced.

    naive.py ORIGIN FIRST COUNT FOLDER
"""

import json
import sys
import time

import requests

origin, first, count, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
for day in range(first, first + count):
    text = time.strftime("%Y-%m-%d", time.gmtime(day * 86400))
    answer = requests.get(f"{origin}/day/{text}", timeout=30)
    answer.raise_for_status()
    json.loads(answer.text)
    with open(f"{folder}/{text}.json", "w") as file:
        file.write(answer.text)
