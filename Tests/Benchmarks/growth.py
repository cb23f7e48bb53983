"""How the time of checking grows with the program: seconds of the processor for n and for 8 n items,
each the least of three. What grows as the program does has a ratio of 8 at most; what looks at all
that stands before each item has one of 64. Prints, judges nothing."""

import os
import resource
import subprocess
import sys

WORK, WHOM = sys.argv[1], os.path.abspath(sys.argv[2])
ORDERS = 'let orders = rows [{id: 1, amount: 2.0, region: "x"}]\n'


def items(verb, item, end=""):
    return lambda n: "rows [{x: 1, y: 2}] | " + verb + " " + ", ".join(map(item, range(n))) + end


def lines(line):
    return lambda n: ORDERS + "".join(map(line, range(n)))


def function(n):
    called = "x" if n % 10 == 0 else f"f{n - 1}(x)"
    return f"fn f{n}(x: number, y: number = 2) = x * y + {called}\norders | derive z = f{n}(amount) | count\n"


# What a program consists of, and how many of it the short one has.
SHAPES = [
    ("relations", 500, lines(lambda n: f"let a{n} = orders | where amount > {n}\n"
                             "  | summarize spend = sum(amount) by region\n  | sort -spend\n")),
    ("values", 2500, lines(lambda n: f"let b{n} = {n} + {f'$b{n - 1}' if n else 0}\n")),
    ("functions", 500, lines(function)),
    ("mistakes", 2500, lines(lambda n: f"orders | where amuont > {n}\n")),
    ("derive", 500, items("derive", lambda n: f"c{n} = x + {n}")),
    ("derive by", 500, items("derive", lambda n: f"c{n} = sum(x) + {n}", " by y")),
    ("select", 500, items("select", lambda n: f"c{n} = x + {n}")),
    ("summarize", 500, items("summarize", lambda n: f"c{n} = sum(x + {n})", " by y")),
    ("expect", 500, items("expect", lambda n: f"x > -{n}")),
    ("distinct", 500, items("distinct", lambda n: f"c{n} = x + {n}")),
] + [(repr(piece), 20_000, lambda n, piece=piece: piece * n) for piece in (
    'orders | where amount > 10 and status == "paid"\n', 'f"{ ', 'f"{a}', '"', "`", "(", "{ ", "a;",
    "'", "/* ", "[1, ", "| ", "if a { ", 'sql "{ ', "@2025-", "x -- y\n", 'f"""{ ', "## doc\n", "\t",
    "case { a -> ")]


def seconds(text):
    path = f"{WORK}/growth.whom"
    with open(path, "w") as file:
        file.write(text)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([WHOM, "check", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def least(text):
    return min(seconds(text) for _ in range(3))


start = least("let x = 1\n")
print(f"checking n and 8 n items, less the {start:.3f} s of a process with one")
for name, count, text in SHAPES:
    small, large = (max(least(text(n)) - start, 0.001) for n in (count, 8 * count))
    print(f"{name:<52}{count:7d} {small:7.3f} s {8 * count:8d} {large:7.3f} s   ratio {large / small:5.1f}")
