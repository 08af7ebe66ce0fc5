"""Programs that serve, each on a port of its own, until they are closed."""

import os
import re
import socket
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Server:
    """`origin` is where it can be reached once it is up."""

    def __init__(self, folder, command, environment, cwd=HERE, pass_fds=()):
        self.folder = folder
        with open(f"{folder}/log", "ab") as log:
            self.process = subprocess.Popen(
                command, cwd=cwd, pass_fds=pass_fds, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1",
                                 "PYTHONUNBUFFERED": "1", **environment})

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wait(self, condition, seconds=60):
        """Until the condition holds: what it is then."""
        end = time.monotonic() + seconds
        while not (reached := condition()):
            if time.monotonic() > end or self.process.poll() is not None:
                self.close()
                raise RuntimeError(f"{self.process.args[0]} does not do what is waited for")
            time.sleep(0.005)
        return reached

    def log(self):
        with open(f"{self.folder}/log", errors="replace") as file:
            return file.read()


class Gunicorn(Server):
    def __init__(self, venv, folder, application, environment, *options, cwd=HERE):
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            # Whoever comes early waits for it.
            door.listen(256)
            self.origin = "http://127.0.0.1:%d" % door.getsockname()[1]
            super().__init__(
                folder, [f"{venv}/bin/gunicorn", "--bind", f"fd://{door.fileno()}",
                         "--keep-alive", "30", "--no-control-socket", *options, application],
                environment, cwd, [door.fileno()])


class Mitmproxy(Server):
    """In front of a provider, with the troubles of troubles.py."""

    def __init__(self, venv, folder, provider, other):
        super().__init__(
            folder, [f"{venv}/bin/mitmdump", "--set", f"confdir={folder}/conf", "--mode",
                     f"reverse:{provider}@127.0.0.1:0", "-s", "troubles.py"],
            {"FOLDER": folder, "OTHER": other})
        found = self.wait(lambda: re.search(r"listening at \S*?(127\.0\.0\.1:\d+)", self.log()))
        self.origin = f"http://{found[1]}"
