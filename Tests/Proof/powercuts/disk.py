"""Disks with a file system, as files: one whose every write is logged, and those after a cut."""

import os
import shutil
import subprocess
import time


class Kind:
    """A kind of file system: its size, how it is made and mounted. It commits every second, as
    that of a slower installation would between two of its days."""

    def __init__(self, megabytes, make, options):
        self.megabytes, self.make, self.options = megabytes, make, options


KINDS = {
    "ext4": Kind(64, ["-q", "-b", "4096"], "commit=1"),
    "btrfs": Kind(128, ["-q"], "commit=1,nodiscard"),
    # It cannot be made smaller, nor told when to commit; images have the same id.
    "xfs": Kind(320, ["-q"], "nouuid"),
}


def command(*words):
    """Runs it; an OSError with its own words when it fails."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, errors="replace")
    if done.returncode:
        raise OSError(f"{words[0]}: {' '.join(done.stderr.split()) or done.returncode}")


def mount(kind, image, folder):
    command("mount", "-t", kind, "-o", f"loop,{KINDS[kind].options}", image, folder)


def unmount(folder):
    """The loop device goes with it: a device that stays would write into the next image."""
    command("umount", "-d", folder)


def extents(file, size):
    """(offset, length) of what is no hole."""
    at = 0
    while at < size:
        try:
            start = os.lseek(file, at, os.SEEK_DATA)
        except OSError:  # only a hole is left
            return
        at = os.lseek(file, start, os.SEEK_HOLE)
        yield start, at - start


def copy(source, target):
    """A new file with the same bytes and holes: never an old one, whose loop device may still
    have something to write."""
    into = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    out = os.open(source, os.O_RDONLY)
    try:
        size = os.fstat(out).st_size
        os.truncate(into, size)
        for at, length in extents(out, size):
            os.lseek(into, at, os.SEEK_SET)
            while length:
                done = os.sendfile(into, out, at, length)
                at, length = at + done, length - done
    finally:
        os.close(out)
        os.close(into)


class LoggedDisk:
    """A mounted file system on the logged disk. `base` is as it was before the first write."""

    def __init__(self, folder, kind, blocklog):
        self.base, self.log = f"{folder}/base", f"{folder}/writes"
        self.mark, self.mounted = f"{folder}/fuse/mark", f"{folder}/disk"
        self.fuse = f"{folder}/fuse"
        for path in (self.fuse, self.mounted):
            os.mkdir(path)
        with open(self.base, "wb") as file:
            file.truncate(KINDS[kind].megabytes << 20)
        command(f"mkfs.{kind}", *KINDS[kind].make, self.base)
        copy(self.base, f"{folder}/image")
        self.server = subprocess.Popen([blocklog, f"{folder}/image", self.log, self.fuse])
        try:
            self.wait_for_files()
            mount(kind, f"{self.fuse}/disk", self.mounted)
        except OSError:
            self.server.terminate()
            raise

    def wait_for_files(self):
        end = time.monotonic() + 30
        while not os.path.exists(self.mark):
            if self.server.poll() is not None or time.monotonic() > end:
                raise OSError("FUSE does not work here: the logged disk did not appear")
            time.sleep(0.005)

    def close(self):
        unmount(self.mounted)
        command("umount", self.fuse)
        self.server.wait(timeout=30)


def folder_for_disks():
    """In memory where there is room."""
    try:
        room = shutil.disk_usage("/dev/shm").free
    except OSError:
        return None
    return "/dev/shm" if room > 1 << 30 and os.access("/dev/shm", os.W_OK) else None
