"""An installation whose one account is at a site with django-oauth-toolkit."""

import hashlib
import os
import sqlite3
import subprocess

import single

PROVIDER = """name: days
title: Days
login: code
urls:
  authorize: {origin}/o/authorize/
  token: {origin}/o/token/
  revoke: {origin}/o/revoke_token/
  api: {origin}
client: form
pkce: true
refresh_expected: true
free_redirect_port: true
scopes: {{needed: [days]}}
account:
  id: {{get: /me, at: /id}}
  first_day: {{get: /me, at: /first, form: ymd}}
streams:
  - name: steps
    request: {{get: "/day/{{start}}"}}
    window: {{form: ymd, ends: "[]"}}
    items: /items
    belongs: {{at: /day, form: ymd}}
"""
BACK = "http://127.0.0.1:9/"


def digest(token):
    return hashlib.sha256(token.encode()).hexdigest()[:16]


class OAuthHouse(single.SingleAccount):
    # Calls are held back for a while on purpose, and a busy machine adds to that.
    timeout = "60s"

    def __init__(self, folder, build, preload, site):
        super().__init__(folder, build, preload, site, login=True)
        self.site = site
        self.patience = 30
        self.write("providers/days.yaml", PROVIDER.format(origin=site.origin))
        self.commands = []

    def close(self):
        self.end()
        for command in self.commands:
            command.kill()
            command.wait()
            command.stdout.close()

    def begin_login(self):
        reply = self.ask("LoginBegin", {"account": "me", "redirect_uri": BACK})
        return reply[-1]["parameters"]["url"]

    def complete_login(self, url):
        """The error that it ends with, or None."""
        return self.ask("LoginComplete", {"account": "me", "url": url})[-1].get("error")

    def sign_in(self):
        error = self.complete_login(self.site.browse(self.begin_login()))
        if error:
            raise RuntimeError(f"the sign-in ends with {error}")

    def refresh_token(self):
        """The digest of the one that is stored; the daemon must not run."""
        path = self.copy("accounts.sqlite")
        with sqlite3.connect(path) as book:
            rows = book.execute("SELECT refresh FROM grant_").fetchall()
        return digest(rows[0][0]) if rows else None

    def daybook(self, *words):
        """The command, as a process."""
        self.commands.append(subprocess.Popen(
            [f"{self.build}/daybook", "--socket", f"{self.folder}/run/control.sock", *words],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}))
        return self.commands[-1]
