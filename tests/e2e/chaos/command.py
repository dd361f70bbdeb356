"""`tintinh --json` as a user types it."""
import json
import subprocess


class Command:
    def __init__(self, binaries):
        self.program = binaries + "/tintinh"

    def run(self, server, *words, timeout=10):
        """Exit status, the JSON lines and what it complained of."""
        done = subprocess.run([self.program, "--server", server, "--json", "--timeout", str(timeout), *words],
                              capture_output=True, text=True)
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return done.returncode, lines, done.stderr

    def top(self, processes, timeout=2):
        done = subprocess.run([self.program, "--timeout", str(timeout), "top", "--once", "--processes", processes],
                              capture_output=True, text=True)
        return done.stdout + done.stderr
