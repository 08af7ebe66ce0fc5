"""nginx on loopback, one worker: the provider of a document for each day."""

import json
import os
import random
import socket
import subprocess
import time

CONFIGURATION = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 1024; }}
http {{
  log_format asked '$request_uri'; access_log {log}; sendfile on; keepalive_requests 1000000; types {{ }}
  default_type application/json;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 127.0.0.1:{port}; root {folder}/www;
    location /day/ {{ try_files /day.json =404; }}
  }}
}}
"""


def document(size):
    """A JSON document of about so many bytes, as providers write them."""
    dice, items = random.Random(7), []
    while len(json.dumps({"items": items})) < size:
        items.append({
            "startTime": f"20160618T{len(items) % 24:02}0000Z", "steps": dice.randint(0, 9000),
            "distance": round(dice.uniform(0, 9000), 1), "activity": dice.choice(["wlk", "run"]),
            "place": {"name": "Café \"Ŝipo\"", "lat": round(dice.uniform(-90, 90), 7)}})
    return json.dumps({"items": items}, ensure_ascii=False).encode()


class Nginx:
    """Its `origin`, and how many bytes each of its documents has."""

    def __init__(self, folder, first, size=20_000, log=None):
        """`log`: a file for the paths that are asked for, in their order."""
        os.makedirs(f"{folder}/www")
        for name, body in (("day.json", document(size)),
                           ("me", json.dumps({"first": first}).encode())):
            with open(f"{folder}/www/{name}", "wb") as file:
                file.write(body)
        self.size = os.path.getsize(f"{folder}/www/day.json")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        with open(f"{folder}/nginx.conf", "w") as file:
            file.write(CONFIGURATION.format(
                folder=folder, port=port, log=f"{log} asked" if log else "off"))
        os.chmod(folder, 0o755)
        self.process = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf", "-p", folder])
        for _ in range(200):
            with socket.socket() as wire:
                if not wire.connect_ex(("127.0.0.1", port)):
                    return
            time.sleep(0.02)
        raise RuntimeError("nginx does not start")

    def end(self):
        self.process.terminate()
        self.process.wait()
