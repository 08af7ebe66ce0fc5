"""A site with django-oauth-toolkit, served by gunicorn, and what can be seen of its tokens."""

import http.cookiejar
import json
import shutil
import sqlite3
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from servers import HERE, Gunicorn

TABLE = "oauth2_provider_"


def prepare(venv, folder, first):
    """Makes the database that every site begins with; a history from the day FIRST on."""
    path = f"{folder}/site.sqlite"
    subprocess.run([f"{venv}/bin/python", "prepare.py", first], cwd=f"{HERE}/oauth", check=True,
                   env={"DB": path, "PYTHONDONTWRITEBYTECODE": "1"})
    return path


class Stop(urllib.request.HTTPRedirectHandler):
    """Follows redirects within the site, and keeps the one that leads out of it."""

    def __init__(self, origin):
        self.origin, self.end = origin, None

    def redirect_request(self, request, file, code, message, headers, url):
        if url.startswith(self.origin):
            return super().redirect_request(request, file, code, message, headers, url)
        self.end = url
        return None


class Site(Gunicorn):
    """One with a grace of seconds for used refresh tokens, and a life of access tokens."""

    def __init__(self, venv, folder, database, grace=0, life=3600):
        self.read, self.known = 0, []
        shutil.copy(database, f"{folder}/db")
        # Threads, so that calls that come together are seen together.
        super().__init__(
            venv, folder, "recorder:application",
            {"DB": f"{folder}/db", "FOLDER": folder, "GRACE": str(grace), "LIFE": str(life),
             "DJANGO_SETTINGS_MODULE": "settings"}, "--threads", "8", cwd=f"{HERE}/oauth")
        self.wait(lambda: self.status("/me") == 401)

    def status(self, path, access=""):
        request = urllib.request.Request(self.origin + path)
        request.add_header("Authorization", f"Bearer {access}")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def browse(self, url):
        """A browser that signs in and agrees: the URL that it is sent back to."""
        stop = Stop(self.origin)
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        try:
            urllib.request.build_opener(stop, cookies).open(url, timeout=30).close()
        except urllib.error.HTTPError:
            pass
        return stop.end

    # What it was asked.

    def calls(self):
        """All calls so far, each with the moments of it."""
        if self.process.poll() is not None:
            raise RuntimeError("the site has ended")
        with open(f"{self.folder}/calls") as file:
            file.seek(self.read)
            for line in iter(file.readline, ""):
                moment = json.loads(line)
                if moment["moment"] == "begin":
                    self.known.append({})
                call = next(c for c in reversed(self.known)
                            if c.get("call", moment["call"]) == moment["call"])
                call.update({k: v for k, v in moment.items() if k not in ("moment", "at")})
                call[moment["moment"]] = moment["at"]
            self.read = file.tell()
        return self.known

    def token_calls(self, grant="refresh_token"):
        return [call for call in self.calls() if call.get("grant") == grant]

    def hold(self, name):
        """Until the file is taken away, token calls wait there."""
        path = f"{self.folder}/hold-{name}"
        open(path, "w").close()
        return path

    # What it has of tokens.

    def sql(self, statement, *values):
        with sqlite3.connect(f"{self.folder}/db", timeout=20) as database:
            return database.execute(statement, values).fetchall()

    def expire(self):
        """Every access token has ended."""
        self.sql(f"UPDATE {TABLE}accesstoken SET expires = '2020-01-01 00:00:00'")

    def live(self):
        """The refresh tokens that it takes."""
        rows = self.sql(f"SELECT token FROM {TABLE}refreshtoken WHERE revoked IS NULL")
        return [token for token, in rows]

    def access(self):
        rows = self.sql(f"SELECT token FROM {TABLE}accesstoken ORDER BY id DESC LIMIT 1")
        return rows[0][0] if rows else ""

    def revoke(self):
        """Its own page ends the grant (RFC 7009), as when the person takes it away there."""
        fields = {"token": self.live()[-1], "client_id": "id", "client_secret": "s3cret"}
        urllib.request.urlopen(f"{self.origin}/o/revoke_token/", timeout=30,
                               data=urllib.parse.urlencode(fields).encode()).close()
