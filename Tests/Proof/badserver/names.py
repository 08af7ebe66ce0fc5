"""A name server on loopback: names below daybook.test, good and bad."""

import socket
import struct
import threading

ADDRESS = "127.0.0.77"
NO_ERROR, SERVER_FAILURE, NO_NAME = 0, 2, 3
SILENT = None


class Names:
    """`trouble[name]` is the code that a name is answered with; the others are this machine."""

    def __init__(self):
        self.trouble = {}
        self.asked = {}
        self.wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.wire.bind((ADDRESS, 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        self.wire.close()

    def serve(self):
        while True:
            try:
                question, client = self.wire.recvfrom(4096)
                answer = self.answer(question)
                if answer:
                    self.wire.sendto(answer, client)
            except OSError:
                return

    def answer(self, question):
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1:at + 1 + question[at]].decode("latin-1").lower())
            at += question[at] + 1
        name = ".".join(labels)
        kind = struct.unpack("!H", question[at + 1:at + 3])[0]
        self.asked[name] = self.asked.get(name, 0) + 1
        code = self.trouble.get(name, NO_ERROR)
        if code is SILENT:
            return None
        record = b""
        if code == NO_ERROR and kind == 1:
            record = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 0, 4) + bytes([127, 0, 0, 1])
        head = question[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, bool(record), 0, 0)
        return head + question[12:at + 5] + record
