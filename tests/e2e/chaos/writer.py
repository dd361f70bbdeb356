"""Writers that put stories through the normalizers and write down what was acknowledged; what was not is put again."""
import json
import os
import random
import threading
import time

import stories

DURABLE = ("OUTCOME_STORED", "OUTCOME_NEAR_DUPLICATE", "OUTCOME_UNCHANGED")
BATCH, EVERY_SECONDS = 6, 1.2
NEWER_VERSIONS = 0.2  # of what is written, of stories that are acknowledged


class Acknowledgements:
    """Of all writers: number of the story → (article id, version)."""

    def __init__(self, path):
        self.lock, self.file = threading.Lock(), open(path, "w", buffering=1)
        self.of, self.waits, self.answers, self.rejected = {}, [], 0, []

    def add(self, number, version, answer, waited):
        with self.lock:
            self.answers += 1
            self.of[number] = (answer["articleId"], version)
            self.waits.append(waited)
            self.file.write(json.dumps({"number": number, "version": version, "time": time.time(), "waited": round(waited, 3),
                                        **{key: answer[key] for key in ("articleId", "outcome")}}) + "\n")


class Writer(threading.Thread):
    def __init__(self, which, writers, command, server, directory, acknowledged):
        super().__init__(daemon=True)
        self.command, self.server, self.directory, self.acknowledged = command, server, directory, acknowledged
        self.which, self.writers = which, writers
        self.rng = random.Random(which)
        self.next, self.mine = which, []
        self.pending = {}  # number → (version, when it was first put)
        self.closing, self.failed, self.complaints = threading.Event(), 0, {}
        os.makedirs(directory, exist_ok=True)

    def run(self):
        while not self.closing.is_set() or self.pending:
            if not self.closing.is_set():
                self.compose()
            if not self.put():
                return
            self.closing.wait(EVERY_SECONDS)

    def compose(self):
        """New stories, and newer versions of those that nothing is pending of."""
        while len(self.pending) < BATCH:
            if self.mine and self.rng.random() < NEWER_VERSIONS:
                number = self.rng.choice(self.mine)
                if number in self.pending:
                    continue
                version = self.acknowledged.of[number][1] + 1
            else:
                number, version, self.next = self.next, 1, self.next + self.writers
            self.pending[number] = version, time.monotonic()

    def put(self):
        """False when a story was refused for good."""
        files = [stories.write(self.directory, stories.WRITERS_SITE, number, version)
                 for number, (version, _) in self.pending.items()]
        status, answers, complaint = self.command.run(self.server, "import", "--site", stories.WRITERS_SITE, *files)
        for answer in answers:
            number = stories.told_by(answer["pageId"])
            if answer["outcome"] in DURABLE:
                version, began = self.pending.pop(number)
                if version == 1:
                    self.mine.append(number)
                self.acknowledged.add(number, version, answer, time.monotonic() - began)
            elif answer["outcome"] == "OUTCOME_REJECTED":
                self.acknowledged.rejected.append((number, answer.get("reason")))
                return False
        if status != 0:
            self.failed += 1
            last = complaint.strip().splitlines()[-1:] or ["no word"]
            self.complaints[last[0][:160]] = self.complaints.get(last[0][:160], 0) + 1
        for file in files:
            os.unlink(file)
        return True


def write_base(command, server, directory, count):
    """Stories that are there before anything fails. Returns number → (article id, version)."""
    os.makedirs(directory)
    files = [stories.write(directory, stories.BASE_SITE, number, 1) for number in range(count)]
    status, answers, complaint = command.run(server, "import", "--site", stories.BASE_SITE, *files)
    stored = {stories.told_by(answer["pageId"]): (answer["articleId"], 1) for answer in answers
              if answer["outcome"] in DURABLE}
    if status != 0 or len(stored) != count:
        raise SystemExit("the base was not stored: %s %s" % (complaint, answers[:3]))
    return stored
