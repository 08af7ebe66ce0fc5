"""A socket that listens: whoever comes is counted, and served in a thread of its own."""

import contextlib
import socket
import threading


class Door:
    """`serve(wire)` is for each connection; without a `listener` it is a port of 127.0.0.1."""

    def __init__(self, serve, listener=None):
        self.serve, self.connections = serve, 0
        self.listener = listener or socket.create_server(("127.0.0.1", 0), backlog=128)
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def port(self):
        return self.listener.getsockname()[1]

    def accept(self):
        while True:
            try:
                wire = self.listener.accept()[0]
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(wire,), daemon=True).start()

    def close(self):
        # Wakes up who waits in accept; closing alone does not.
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
