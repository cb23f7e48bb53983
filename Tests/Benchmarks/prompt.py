"""The prompt as a person meets it: seconds from the start to the first prompt, and from a press of
the tab key to its answer where a relation has 500 columns. Medians. Prints, judges nothing."""

import os
import pty
import re
import select
import statistics
import sys
import time

WORK, WHOM = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ROUNDS = 21


class Prompt:
    def __init__(self):
        self.began = time.perf_counter()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(WORK)
            os.environ.update(TERM="xterm", XDG_STATE_HOME=WORK, XDG_CONFIG_HOME=WORK, NO_COLOR="1")
            os.execv(WHOM, [WHOM])
        self.seen = ""

    def wait(self, text, patience=20):
        """Seconds until the screen shows the text behind what was waited for before."""
        end = time.perf_counter() + patience
        while text not in self.seen:
            if time.perf_counter() > end:
                sys.exit(f"{text!r} never came: {self.seen!r}")
            if select.select([self.terminal], [], [], 0.2)[0]:
                chunk = os.read(self.terminal, 65536).decode(errors="replace")
                self.seen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", chunk)
        self.seen = self.seen.split(text, 1)[1]
        return time.perf_counter()

    def type(self, keys):
        os.write(self.terminal, keys.encode())
        return time.perf_counter()

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.process, 0)


def first():
    prompt = Prompt()
    taken = prompt.wait("whom> ") - prompt.began
    prompt.close()
    return taken


def completions():
    prompt = Prompt()
    prompt.wait("whom> ")
    with open(f"{WORK}/wide.csv", "w") as file:
        print(",".join(f"column_{n}" for n in range(500)), file=file)
        print(",".join("1" for n in range(500)), file=file)
    prompt.type('let wide = read "wide.csv"\r')
    prompt.wait("whom> ")
    times = []
    for _ in range(ROUNDS):
        prompt.type("wide | derive more = column_1 + 1 | select column_49")
        prompt.wait("column_49")
        time.sleep(0.3)
        while select.select([prompt.terminal], [], [], 0)[0]:
            os.read(prompt.terminal, 65536)
        prompt.seen = ""
        pressed = prompt.type("\t")
        times.append(prompt.wait("column_499") - pressed)
        prompt.wait("whom> ")
        prompt.type("\x03")
        prompt.wait("whom> ")
    prompt.close()
    return times


for name, times in (("first prompt", [first() for _ in range(ROUNDS)]),
                    ("tab among 500 columns", completions())):
    print(f"{name:<46}{statistics.median(times):8.4f} s   {min(times):.4f} to {max(times):.4f}")
