#!/usr/bin/env python3
"""Another user of this machine at the control socket, or at a port.

    visitor.py call SOCKET CALL...     each as that user, one answer a line
    visitor.py spoof SOCKET CALL       connects as that user, says by SCM_CREDENTIALS it is root
    visitor.py heir SOCKET CALL        connects as that user and ends; a process of root, with the
                                       number of the one that has ended, calls over its connection
    visitor.py get PORT                asks the port for its page
"""

# Not found any more by a user who may not read Python's own folder.
import encodings.idna  # noqa: F401
import os
import socket
import struct
import sys

from wire import NOBODY, Wire


def become(uid):
    """For good, but for `spoof`, which comes back."""
    os.seteuid(0)
    os.setegid(uid)
    os.seteuid(uid)


def call(path, *calls):
    become(NOBODY)
    for text in calls:
        with Wire(path) as wire:
            print(wire.call(text))


def spoof(path, text):
    become(NOBODY)
    with Wire(path) as wire:
        os.seteuid(0)
        root = struct.pack("iII", os.getpid(), 0, 0)
        wire.socket.sendmsg(
            [text.encode() + b"\0"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, root)])
        print(wire.reply())


def heir(path, text):
    ours, theirs = socket.socketpair(socket.AF_UNIX)
    first = os.fork()
    if first == 0:
        become(NOBODY)
        wire = Wire(path)
        socket.send_fds(theirs, [b"x"], [wire.socket.fileno()])
        os._exit(0)
    _, passed, _, _ = socket.recv_fds(ours, 1, 1)
    os.waitpid(first, 0)
    wire = Wire.__new__(Wire)
    wire.socket, wire.rest = socket.socket(fileno=passed[0]), b""
    wire.socket.settimeout(60)
    while True:
        # The kernel gives the next number; somebody else may be quicker.
        with open("/proc/sys/kernel/ns_last_pid", "w") as file:
            file.write(str(first - 1))
        second = os.fork()
        if second == 0:
            if os.getpid() == first:
                print(wire.call(text), flush=True)
            os._exit(0)
        os.waitpid(second, 0)
        if second == first:
            return


def get(port):
    become(NOBODY)
    with socket.create_connection(("127.0.0.1", int(port)), 30) as wire:
        wire.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        print(wire.recv(4096).decode())


if __name__ == "__main__":
    {"call": call, "spoof": spoof, "heir": heir, "get": get}[sys.argv[1]](*sys.argv[2:])
