"""Attacks on the way to the provider, 46 to 51. All of it happens on a loopback of our own, with
names and authorities that only we know."""

import contextlib
import http.server
import os
import signal
import threading

import authority
from authority import NAME, named
from lab import must


class Attacker(http.server.ThreadingHTTPServer):
    """Listens at a place where nobody is to come, and keeps what it is told."""

    daemon_threads = True

    def __init__(self, address="127.0.0.1", port=0, tls=None):
        self.connections, self.requests = 0, []
        requests = self.requests

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                requests.append((self.requestline, str(self.headers)))
                self.send_error(404)

            do_POST = do_CONNECT = do_GET

            def log_message(self, *_):
                pass

        super().__init__((address, port), Handler)
        self.tls = tls
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def get_request(self):
        wire, address = super().get_request()
        self.connections += 1
        return (self.tls.wrap_socket(wire, server_side=True) if self.tls else wire), address

    def handle_error(self, *_):
        """Who leaves in the middle is what this is about."""

    def close(self):
        self.shutdown()
        self.server_close()


def redirects(lab):
    with contextlib.closing(Attacker()) as attacker, lab.home(login=True) as home:
        target = f"http://127.0.0.1:{attacker.port}"
        home.sign_in()
        home.filled()
        for status in (301, 302, 303, 307, 308):
            home.provider.instead = lambda request, form, status=status: (
                status, b"", [("Location", f"{target}{request.path}")])
            for access in (home.provider.access, {}):
                asked = len(home.provider.heard)
                home.provider.access = access
                home.resync()
                must(home.wait(60, lambda: len(home.provider.heard) > asked), "nothing is asked")
                # Waits that have grown end with a start.
                home.end(signal.SIGKILL)
                home.begin()
        must(any(form for *_, form in home.provider.heard), "no token was asked for")
        must(attacker.connections == 0, f"it follows: {attacker.requests}")
        home.provider.instead = None
        home.resync()
        home.filled()


def environments(lab):
    """In the command's environment and home, then in the daemon's own."""
    with contextlib.closing(Attacker()) as attacker, contextlib.closing(lab.house()) as home:
        proxy = f"http://127.0.0.1:{attacker.port}"
        keys = f"{home.folder}/keys"
        hostile = {name: proxy for low in ("http_proxy", "https_proxy", "all_proxy")
                   for name in (low, low.upper())}
        hostile |= {"CURL_CA_BUNDLE": "/dev/null", "SSL_CERT_FILE": "/dev/null", "NETRC": "x",
                    "SSLKEYLOGFILE": keys, "HOME": home.folder, "CURL_HOME": home.folder}
        home.write(".netrc", "machine 127.0.0.1 login jane password netrc\n"
                   "default login a password b\n")
        home.write(".curlrc", f"proxy = {proxy}\n")
        home.begin()
        ran = home.daybook("status", environment={**hostile, "LD_PRELOAD": lab.clock})
        must(ran.returncode == 0, f"status: {ran.stderr}")
        home.end(signal.SIGTERM)
        other = named(lab, "good")
        other.environment |= hostile
        with contextlib.closing(other):
            other.write(".netrc", "machine provider.test login jane password netrc\n")
            other.begin()
            other.filled()
            must(attacker.connections == 0, f"asked at the proxy: {attacker.requests}")
            must(not os.path.exists(keys), "keys are written down")
            strange = [str(headers) for _, _, headers, _ in other.provider.heard
                       if headers.get("Authorization")]
            must(not strange, f"netrc is used: {strange[:1]}")



def refused_certificates(lab):
    """libcurl does not look at revocation lists: a certificate that was revoked is not refused."""
    with contextlib.closing(named(lab, "good")) as home:
        home.begin()
        home.filled()
    for name, word in (("other-name", "TLS failed"), ("expired", "has expired"),
                       ("self-signed", "is signed by itself"), ("sha1", NAME),
                       ("wrong-ca", "issuer is not known")):
        untrusted(named(lab, name), word)


def untrusted(home, word):
    """Nothing is told to such a server, and the log says what is wrong."""
    with contextlib.closing(home):
        home.begin()
        must(home.wait(60, lambda: word in home.log()), f"not said: {word}: {home.log()[-300:]}")
        must(not home.provider.heard, f"{word}: asked for {home.provider.heard[:1]}")


def old_tls(lab):
    old = authority.context(lab, "good")
    old.minimum_version = old.maximum_version = authority.ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    home = named(lab, tls=old)
    # It serves who is content with it.
    must(authority.greets(home.provider.port), "the server speaks no TLS 1.1 at all")
    untrusted(home, NAME)


def downgrade(lab):
    """To plain http: by a redirect, and by a server that answers without TLS."""
    with contextlib.closing(Attacker()) as attacker:
        with contextlib.closing(named(lab, "good")) as home:
            home.provider.instead = lambda request, form: (
                302, b"", [("Location", f"http://{NAME}:{attacker.port}/")])
            home.begin()
            must(home.wait(60, lambda: len(home.provider.heard) > 1), "nothing is asked")
        with contextlib.closing(named(lab, "good", port=attacker.port)) as home:
            home.begin()
            must(home.wait(60, lambda: attacker.connections > 1), "nobody came")
        must(not attacker.requests, f"told in the clear: {attacker.requests}")
        status = home.daybook("check", f"{home.folder}/providers/days.yaml").returncode
        must(status == 0, "https is refused")
        home.write("providers/days.yaml", open(f"{home.folder}/providers/days.yaml").read().replace(
            "https:", "http:"))
        must(home.daybook("check", f"{home.folder}/providers/days.yaml").returncode == 1, "http")


def rebinding(lab):
    """The name now leads to this machine, or to where a cloud keeps its secrets. It is not the
    address that is refused: the certificate is, before a request is sent."""
    authority.prepare(lab)
    for address in ("127.0.0.1", "169.254.169.254"):
        for tls in (None, authority.context(lab, "other-name")):
            with contextlib.closing(Attacker(address, tls=tls)) as inside:
                name = "rebound.test" if address == "127.0.0.1" else "metadata.test"
                home = named(lab, "good", port=inside.port, name=name)
                with contextlib.closing(home):
                    home.begin()
                    must(home.wait(60, lambda: inside.connections > 1), "nobody came")
                    must(not inside.requests, f"asked {address}: {inside.requests}")
