#!/usr/bin/env python3
"""Takes the power away from the real daemon's disk, thousands of times, and looks at what is left.

    powercuts.py BUILD TOOLS --images N --filesystems NAME... [--seed S]

The daemon works on a file system whose disk logs every write and flush, and what the daemon says
is logged between them. Each image is the disk as a cut would leave it: all up to a flush, and any
part of what was written before the next, whole or torn. It is mounted, so that its journal is
recovered; then every day that was said to be stored must be there, no row may be without its file,
the ledger must be sound and the sign-in alive. On one of twenty the daemon starts again, and on each
whose newest read was not settled.
"""

import argparse
import collections
import os
import random
import shutil
import signal
import sys
import tempfile
import time

import disk
import figures
import house
import judge
import server
import tape
from server import days
from scenes import SCENES

# Faults that must be seen, each as what: how far before the last flush the cut drops writes, in
# flushes, and which files are never synced. They show that the proof can fail.
FAULTS = [
    ("a disk that lies about flushes", "lost", 3, None),
    ("files of days are not synced", "file", 0, ".tmp-"),
    ("nothing is synced", "lost", 0, "/"),
]
SAMPLE = 20


class Stage:
    """A scene played on one kind of file system, and the disks after cuts in it."""

    def __init__(self, lab, kind, scene, unsynced=None):
        self.kind, self.scene = kind, scene
        self.folder = tempfile.mkdtemp(dir=lab.folder)
        self.provider = server.Provider(days(scene.count))
        try:
            self.play(lab, unsynced)
        except BaseException:
            self.close()
            raise

    def play(self, lab, unsynced):
        logged = disk.LoggedDisk(self.folder, self.kind, f"{lab.tools}/blocklog")
        try:
            self.home = house.House(
                self.folder, lab.build, f"{lab.tools}/points.so", self.provider, self.scene.login,
                f"{logged.mounted}/state", logged.mark)
            self.home.unsynced, self.home.patience = unsynced, 60
            self.home.accounts(self.scene.accounts, self.scene.login)
            with open(logged.mark, "ab", buffering=0) as mark:
                self.provider.tell = lambda text: mark.write(text.encode() + b"\n")
                self.work()
                self.provider.tell = lambda text: None
        finally:
            logged.close()
        self.tape = tape.Tape(logged.log, logged.base)
        self.home.unsynced, self.home.log_path = None, f"{self.folder}/log"
        self.mounted = logged.mounted
        self.check(judge.History(self.tape.said(len(self.tape.records))))

    def work(self):
        try:
            self.scene.prepare(self.home, self.scene)
            self.provider.pause = self.scene.pause
            self.provider.at_once(self.scene.at_once)
            self.home.start()
            self.scene.work(self.home, self.scene)
            self.home.end(signal.SIGTERM)
        finally:
            self.home.end()
            self.provider.pause = 0
            self.provider.at_once(100)

    def check(self, history):
        """A scene in which nothing happened would prove nothing."""
        stored = [day for day, r in history.stored.items() if r == history.revision]
        wanted = self.scene.count * len(self.scene.accounts), self.scene.tokens, self.scene.revision
        if (len(stored), history.used, history.revision) != wanted:
            raise RuntimeError(f"{self.scene.name}: {len(stored)} days, {history.used} tokens, "
                               f"revision {history.revision} instead of {wanted}")

    def judge(self, image, cut, sample):
        """What is wrong on a disk after a cut."""
        history = judge.History(self.tape.said(cut.until))
        try:
            disk.mount(self.kind, image, self.mounted)
        except OSError as error:
            return [("mount", str(error))]
        try:
            problems = judge.look(self.home, history)
            # What had not been settled is to be settled by the next start.
            if all(kind == "unsettled" for kind, _ in problems) and (problems or sample):
                problems = judge.recover(self.home, history, self.scene)
            return problems
        finally:
            self.home.end()
            disk.unmount(self.mounted)

    def judged(self, cuts, sample=lambda i: False):
        """Each cut with its problems, in turn."""
        replay = tape.Replay(self.tape, self.folder)
        for i, cut in enumerate(cuts):
            image = replay.image(cut)
            problems = self.judge(image, cut, sample(i))
            if not (problems and os.environ.get("KEEP")):
                os.unlink(image)
            yield cut, problems

    def close(self):
        self.provider.close()
        if not os.environ.get("KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)


class Lab:
    def __init__(self, options):
        self.build, self.tools = options.build, options.tools
        self.chance = random.Random(options.seed)
        self.folder = tempfile.mkdtemp(prefix="daybook-powercuts-", dir=disk.folder_for_disks())
        self.images, self.seconds = collections.Counter(), 0
        self.wrong = collections.Counter()
        self.acknowledged = self.covered = self.started = 0

    def scene(self, kind, scene, wanted):
        stage = Stage(self, kind, scene)
        begun = time.monotonic()
        cuts = tape.choose(stage.tape, wanted, self.chance)
        spans = stage.tape.acknowledging()
        self.acknowledged += len(spans)
        self.covered += len({span[0] for span in spans} & {cut.flushed for cut in cuts})
        bad = 0
        try:
            for cut, problems in stage.judged(cuts, self.sampled):
                bad += bool(problems)
                self.wrong.update({kind for kind, _ in problems})
                for what, words in problems[:3]:
                    print(f"  {kind} {scene.name} at {cut.flushed}: {what}: {words}", flush=True)
        finally:
            stage.close()
        self.images[kind] += len(cuts)
        self.seconds += time.monotonic() - begun
        print(f"{kind:<8}{scene.name:<12}{len(stage.tape.records):>9}{len(stage.tape.spans):>9}"
              f"{len(cuts):>8}{bad:>6}", flush=True)

    def sampled(self, _):
        """One in so many, over all scenes."""
        self.started += 1
        return self.started % SAMPLE == 0

    def sees(self, kind, fault):
        """Whether a fault is seen at any cut right after an acknowledgement."""
        words, wanted, before, unsynced = fault
        stage = Stage(self, kind, SCENES[0], unsynced)
        spans = stage.tape.spans
        where = {span[0]: i for i, span in enumerate(spans)}
        cuts = [tape.Cut(spans[max(0, where[span[0]] - before)][0], span[1])
                for span in stage.tape.acknowledging()]
        try:
            seen = any(wanted in {what for what, _ in problems}
                       for _, problems in stage.judged(cuts))
        finally:
            stage.close()
        print(f"{kind:<8}{words}: {'seen' if seen else 'NOT SEEN'}", flush=True)
        return seen


def run(lab, options):
    seen = sum(lab.sees(kind, fault) for kind in options.filesystems for fault in FAULTS)
    print(f"{'':<8}{'scene':<12}{'records':>9}{'flushes':>9}{'images':>8}{'bad':>6}")
    places = [(kind, scene) for kind in options.filesystems for scene in SCENES]
    share = options.images // len(options.filesystems)
    for kind, scene in places:
        lab.scene(kind, scene, -(-share // len(SCENES)))
    rows = [(f"images of {kind}", lab.images[kind], f">= {share}") for kind in options.filesystems]
    rows += [(words, lab.wrong[what], "= 0") for what, words in judge.KINDS.items()]
    rows += [("seeded faults that are seen", seen, f"= {len(options.filesystems) * len(FAULTS)}"),
             (f"cuts after acknowledgements, of {lab.acknowledged}", lab.covered, "report"),
             ("images with the daemon started", lab.started // SAMPLE, "report"),
             ("images a second", f"{lab.images.total() / lab.seconds:.1f}", "report")]
    return 0 if figures.put("powercuts", rows) else 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("tools")
    parser.add_argument("--images", type=int, required=True)
    parser.add_argument("--filesystems", nargs="+", choices=disk.KINDS, required=True)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    # A stop from outside takes the same way out as an error.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f"SEED={options.seed}: {options.images} images on {', '.join(options.filesystems)}",
          flush=True)
    lab = Lab(options)
    try:
        return run(lab, options)
    finally:
        if not os.environ.get("KEEP"):
            shutil.rmtree(lab.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
