"""One connection to a control socket, byte by byte; and who the other user is."""

import socket

NOBODY = 65534


class Wire:
    """One connection to a control socket, byte by byte."""

    def __init__(self, path, seconds=60):
        self.socket = socket.socket(socket.AF_UNIX)
        # Without a time: while the queue of a listener is full a wait is what helps.
        self.socket.connect(path)
        self.socket.settimeout(seconds)
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """False when the other side has closed."""
        try:
            self.socket.sendall(data)
            return True
        except (BrokenPipeError, ConnectionResetError):
            return False

    def call(self, text):
        self.send(text.encode() + b"\0")
        return self.reply()

    def reply(self):
        """The next message; None when the other side has closed."""
        while b"\0" not in self.rest:
            try:
                piece = self.socket.recv(65536)
            except ConnectionResetError:
                return None
            if not piece:
                return None
            self.rest += piece
        text, self.rest = self.rest.split(b"\0", 1)
        return text.decode()

    def closed(self):
        """Whether the other side closes without another word."""
        return self.reply() is None
