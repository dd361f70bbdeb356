"""A process's own calendar clock, by the library that false_clock.cc makes."""
import os


class FalseClock:
    """What a process is told that the time is."""

    def __init__(self, library, directory):
        self.file = directory + "/clock"
        self.jump(0)
        self.environment = {"LD_PRELOAD": library, "FALSE_CLOCK": self.file}

    def jump(self, offset):
        with open(self.file + ".new", "w") as file:
            file.write("%d\n" % offset)
        os.rename(self.file + ".new", self.file)
