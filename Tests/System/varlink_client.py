"""PyPI's varlink client against the control socket: introspection, a call, a stream, an error."""

import sys

import varlink

with varlink.Client(sys.argv[1]) as client:
    info = client.get_interfaces()
    assert "org.daybook.Control" in info, info
    with client.open("org.daybook.Control") as control:
        status = control.Status()
        assert {a["name"] for a in status["accounts"]} == {"me", "phone"}, status
        assert status["daemon"]["state"] == "ready", status
        try:
            control.Days(account="nobody")
            raise SystemExit("no error for an unknown account")
        except varlink.VarlinkError as error:
            assert error.error() == "org.daybook.Control.NoSuchAccount", error
            assert error.parameters() == {"account": "nobody"}, error
        for reply in control.Watch(_more=True):
            assert "accounts" in reply, reply
            break
print("varlink: introspected, called, followed")
