"""Messages on the control socket that are none, 8 to 12."""

import json

from control import OWN, SERVICE, SLOW, message
from lab import must, while_working

GARBAGE = {
    "depth 60,000": b'{"method":"a.b","parameters":' + b"[" * 60_000,
    "depth 100,000": b"[" * 100_000,
    "depth 129": b'{"method":"a.b","parameters":{"a":' + b"[" * 127 + b"]" * 127 + b"}}",
    "10^6 keys": b"{" + b",".join(b'"%d":0' % i for i in range(1_000_000)) + b"}",
    "duplicate keys": b'{"method":"org.daybook.Control.Pause","method":"a.b"}',
    "duplicate keys within": b'{"method":"a.b","parameters":{"a":1,"a":2}}',
    "invalid UTF-8": b'{"method":"\xc3\x28"}',
    "overlong UTF-8": b'{"method":"\xc0\xaf"}',
    "a surrogate in UTF-8": b'{"method":"\xed\xa0\x80"}',
    "a lone surrogate": b'{"method":"\\ud800"}',
    "embedded NUL": b'{"method":"org.daybook.Control.Pa\0use"}',
    "a number cut off": b'{"method":"a.b","parameters":{"a":1e}}',
}


def garbage(*names):
    """All of these cost the connection, and nobody else anything."""

    def attack_all(lab):
        with lab.home(3000, more=SLOW) as home:

            def attack():
                for name in names:
                    with home.wire() as wire:
                        wire.send(GARBAGE[name] + b"\0")
                        must(wire.closed(), f"{name}: an answer, or none")

            while_working(home, attack, days=10)

    return attack_all


def many_keys(lab):
    garbage("10^6 keys", "duplicate keys", "duplicate keys within")(lab)
    with lab.home() as home, home.wire() as wire:
        keys = {f"k{i}": 0 for i in range(5_000)}
        answer = wire.call(message(OWN + "Pause", keys))
        must(SERVICE + "InvalidParameter" in answer, f"5,000 keys: {answer}")


def strange_text(lab):
    garbage("invalid UTF-8", "overlong UTF-8", "a surrogate in UTF-8", "a lone surrogate",
            "embedded NUL")(lab)
    with lab.home() as home:
        must(home.error("Pause", {"account": "m\0e"}) == "InvalidParameter", "an escaped NUL")


def strange_numbers(lab):
    with lab.home() as home, home.wire() as wire:
        for text in ("1e999", "-0", "18446744073709551616", "1.5", "-1", "1e3", "0"):
            for method, name in (("Plan", "limit"), ("Days", "year")):
                call = message(OWN + method, {name: 0}, more=True).replace(": 0}", f": {text}}}")
                answer = json.loads(wire.call(call))
                must(answer.get("error") == SERVICE + "InvalidParameter"
                     and answer["parameters"] == {"parameter": name}, f"{call}: {answer}")
    garbage("a number cut off")(lab)


def unknown_names(lab):
    with lab.home() as home, home.wire() as wire:
        for call, error, named in (
            (message("org.daybook.Nothing.Status"), "InterfaceNotFound", "org.daybook.Nothing"),
            (message(OWN + "Explode"), "MethodNotFound", OWN + "Explode"),
            (message(OWN + "Pause", {"force": True}), "InvalidParameter", "force"),
            (message(OWN + "Pause", upgrade=True), "InvalidParameter", "upgrade"),
            (message(OWN + "Pause", sudo=True), "InvalidParameter", "sudo"),
        ):
            answer = json.loads(wire.call(call))
            must(answer.get("error") == SERVICE + error, f"{call}: {answer}")
            must(named in answer["parameters"].values(), f"{call}: {answer}")
