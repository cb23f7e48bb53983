"""Models of Whom beside their peers in Python: whole processes, in turn, on one machine.

usage: bench.py WORK WHOM [PART ...]; parts: small, large, logistic, score, memory. Judges nothing by itself; prints
the goals beside the figures. Data are made once, into WORK, by data.py.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

import data

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(os.path.abspath(sys.argv[1]), "models")
WHOM = os.path.abspath(sys.argv[2])
PARTS = sys.argv[3:] or ["small", "large", "logistic", "score", "memory"]
THREADS = str(min(2, os.cpu_count() or 1))


class Run:
    """One finished process: seconds, seconds of the processors, peak memory in MB, what it wrote."""

    def __init__(self, words, folder=None):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            began = time.perf_counter()
            process = subprocess.Popen(words, stdout=out, stderr=err, cwd=folder)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read().decode(), err.read().decode()
        if process.returncode != 0:
            sys.exit(f"{' '.join(words)}\n{self.out}{self.err}")
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024

    def figures(self):
        """What it printed, by the name that each line starts with."""
        found = {}
        for line in self.out.splitlines():
            name, _, rest = line.partition(",")
            try:
                found[name] = float(rest.split(",")[0])
            except ValueError:
                pass
        return found


def whom(program, folder=None, **settings):
    words = [WHOM, f"{HERE}/{program}.whom", "--threads", THREADS]
    for name, value in settings.items():
        words += ["--set", f"{name}={value}"]
    return lambda: Run(words, folder)


FEATURES = " + ".join(f"x{column}" for column in range(20))


def fit(estimator, rows):
    """A model of the twenty columns, of yes or no; for `linear` of the same as a number."""
    path = f"{WORK}/fit_{estimator.split('(')[0]}.whom"
    target = "z" if estimator == "linear" else "y"
    number = "| derive z = if y == true then 1.0 else 0.0" if estimator == "linear" else ""
    with open(path, "w") as file:
        file.write(f'let fitted = read "{rows}" {number}\n'
                   f"  | train {target} ~ {FEATURES} using {estimator}\n\nfitted.metrics\n")
    return lambda: Run([WHOM, path, "--threads", THREADS])


def python(script, *words):
    return lambda: Run([sys.executable, f"{HERE}/{script}.py", *words])


def compare(title, ours, peers, rounds, goal):
    """Each in turn, so that a machine whose speed drifts is fair to all; the first round does not count."""
    runs = {name: [] for name in ["Whom", *peers]}
    for turn in range(rounds + 1):
        for name, run in {"Whom": ours, **peers}.items():
            done = run()
            if turn > 0 or rounds == 0:
                runs[name].append(done)
    print(f"\n{title}\n{'':26}{'wall min':>9}{'median':>9}{'CPU min':>9}{'median':>9}{'peak MB':>9}")
    for name, done in runs.items():
        walls, cpus = [run.wall for run in done], [run.cpu for run in done]
        print(f"{name:<26}{min(walls):9.2f}{statistics.median(walls):9.2f}{min(cpus):9.2f}"
              f"{statistics.median(cpus):9.2f}{max(run.peak for run in done):9.0f}", flush=True)
    for name in peers:
        pairs = [peer.wall / own.wall for peer, own in zip(runs[name], runs["Whom"])]
        used = [peer.cpu / own.cpu for peer, own in zip(runs[name], runs["Whom"])]
        print(f"{name} / Whom, in pairs: wall {statistics.median(pairs):.2f} (min {min(pairs):.2f}, max "
              f"{max(pairs):.2f}), CPU {statistics.median(used):.2f}")
    print(f"goal: {goal}")
    return {name: done[-1] for name, done in runs.items()}


def agreement(runs, names, tolerance):
    """What they found, beside each other."""
    found = {name: run.figures() for name, run in runs.items()}
    for metric in names:
        print(f"  {metric:<18}" + "  ".join(f"{name} {figures[metric]:.5f}" for name, figures in found.items()))
        apart = max(abs(figures[metric] - found["Whom"][metric]) for figures in found.values())
        if not apart <= tolerance:
            print(f"  {metric} IS {apart:.5f} APART")


def churn(size, form, customers, orders, rounds, goal):
    folder = f"{WORK}/{size}"
    data.shop(folder, customers, orders, form)
    files = [f"{folder}/customers.{form}", f"{folder}/orders.{form}"]
    runs = compare(
        f"churn, from {form} files to metrics: {customers:,} customers, {orders:,} orders",
        whom("churn", customers=files[0], orders=files[1]),
        {"duckdb + lightgbm": python("churn_duckdb", *files, THREADS),
         "pandas + lightgbm": python("churn_pandas", *files, THREADS)}, rounds, goal)
    agreement(runs, ["auc", "average_precision", "log_loss", "brier"], 0.006)


def logistic():
    path = f"{WORK}/million.parquet"
    data.table(path, 1_000_000)
    runs = compare(
        "logistic regression with standard errors: 1,000,000 rows, 20 columns, from a file",
        whom("logistic", rows=path),
        {"statsmodels Logit": python("regressions", "statsmodels", path),
         "scikit-learn lbfgs": python("regressions", "scikit-learn", path),
         "Whom, baseline": fit("baseline", path)}, 3,
        "faster than statsmodels and scikit-learn; the fit alone is Whom less Whom with `baseline`")
    for name in ["statsmodels Logit", "scikit-learn lbfgs"]:
        print(f"  {name}: the fit alone {runs[name].err.split('fit,')[1].split()[0]} s")
    print(f"  Whom: the fit alone {runs['Whom'].wall - runs['Whom, baseline'].wall:.3f} s")
    del runs["Whom, baseline"]
    agreement(runs, ["(intercept)", "x0", "x19"], 1e-4)


def score():
    path, folder = f"{WORK}/ten.parquet", f"{WORK}/registry"
    data.table(f"{WORK}/million.parquet", 1_000_000)
    data.table(path, 10_000_000)
    os.makedirs(folder, exist_ok=True)
    whom("trees", folder, rows=f"{WORK}/million.parquet")()
    goal = "at most 15 s"
    compare("10,000,000 rows scored by 100 trees of 31 leaves, summarised", whom("score", folder, rows=path), {}, 2, goal)
    scores = f"{WORK}/scores.parquet"
    compare("the same into a file", whom("score_save", folder, rows=path, scores=scores), {}, 2, goal)


def memory():
    """Peak memory of training beyond that of a process that trains the same on a thousand rows."""
    files = {rows: f"{WORK}/{name}.parquet"
             for rows, name in [(1_000, "thousand"), (1_000_000, "million"), (4_000_000, "four")]}
    for rows, path in files.items():
        data.table(path, rows)
    few, *sizes = files
    for rows in sizes:
        design = rows * 20 * 8 / 2**20
        print(f"\npeak memory of training on {rows:,} rows, 20 columns (as numbers of 64 bits {design:.0f} MB)")
        for name in ["baseline", "linear", "logistic", "boosted_trees(rounds = 10)",
                     "random_forest(rounds = 10)", "scorecard"]:
            small, large = [fit(name, files[count])() for count in (few, rows)]
            above = large.peak - small.peak
            print(f"{name:<28} peak {large.peak:5.0f} MB, {above:5.0f} MB above the same with 1,000 rows: "
                  f"{above / design:.2f} times the design   {large.wall:6.2f} s, CPU {large.cpu:6.2f}", flush=True)
    print("goal: at most 1.5 times")


print(f"{THREADS} threads; whole processes, cold; seconds")
if "small" in PARTS:
    churn("small", "csv", 20_000, 400_000, 5, "5 times faster than the best script")
if "large" in PARTS:
    churn("large", "parquet", 500_000, 10_000_000, 3, "1.4 times faster than the best script, under 900 MB")
if "logistic" in PARTS:
    logistic()
if "score" in PARTS:
    score()
if "memory" in PARTS:
    memory()
