"""Figures of Whom beside its peers, from one run on one machine. Times are wall seconds, medians."""

import importlib.util
import os
import statistics
import subprocess
import sys
import time

import duckdb

WORK, WHOM = sys.argv[1], os.path.abspath(sys.argv[2])
ORDERS, CUSTOMERS = f"{WORK}/orders.parquet", f"{WORK}/customers.parquet"
HERE = os.path.dirname(os.path.abspath(__file__))
THREADS = min(2, os.cpu_count() or 1)


def medians(*runs, rounds=9):
    """The median of each, taken in turn, so that a machine whose speed drifts is fair to all."""
    times = [[] for _ in runs]
    for turn in range(rounds + 1):
        for run, taken in zip(runs, times):
            began = time.perf_counter()
            run()
            if turn > 0:
                taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in times]


def median(run, rounds=5):
    return medians(run, rounds=rounds)[0]


def command(*words, expect=0):
    def run():
        done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != expect:
            sys.exit(f"{' '.join(words)}\n{done.stderr}")

    return run


def row(what, value, peer=None, name=""):
    line = f"{what:<46}{value:8.3f} s"
    if peer is not None:
        line += f"   {name:<34}{peer:8.3f} s   ratio {value / peer:5.2f}"
    print(line, flush=True)


def make_data():
    if os.path.exists(ORDERS):
        return
    duckdb.sql(
        f"""copy (select i as order_id, (1 + hash(i) % 500000)::bigint as customer_id,
        timestamp '2023-01-01' + to_seconds((hash(i + 1) % 63072000)::bigint) as ordered_at,
        round((hash(i + 2) % 100000) / 100.0, 2)::double as amount,
        case when hash(i + 3) % 10 = 0 then null else ['paid', 'sent', 'open'][(1 + hash(i + 3) % 3)::bigint] end as status
        from range(10000000) t(i)) to '{ORDERS}' (format parquet)"""
    )
    duckdb.sql(
        f"""copy (select i as customer_id, ['free', 'pro', 'team'][(1 + hash(i) % 3)::bigint] as plan
        from range(1, 500001) t(i)) to '{CUSTOMERS}' (format parquet)"""
    )


def big_program():
    path = f"{WORK}/thousand.whom"
    with open(path, "w") as file:
        file.write('let t = rows [{a: 1, b: 2.5, c: "x"}]\n')
        for n in range(333):
            file.write(f"let t{n} = t\n  | derive x = a + {n}, y = b * x\n  | where y > {n} and c != \"z\"\n")
    return path


# The limbs of a reproducible sum, as an expert would put them into a macro.
def exact_sum_macro():
    rest, parts = "x", []
    for anchor in ["7.083549724304468e21", "1.0555311626649088e14", "1572864e0", "0.0234375e0"]:
        parts.append(f"(({rest} + {anchor}) - {anchor})")
        rest = f"({rest} - {parts[-1]})"
    sums = " + ".join(f"sum({part})" for part in [rest] + parts[::-1])
    return f"create macro exact_sum(x) as coalesce({sums}, 0e0)"


# Each peer is a process of its own, too: what a first read costs is then on both sides.
PEER = """import sys, duckdb
engine = duckdb.connect(config={"threads": int(sys.argv[1])})
for statement in sys.argv[2:]: engine.execute(statement).fetchall()"""


def queries():
    def ours(program):
        return command(WHOM, "-c", program, "--threads", str(THREADS))

    def peer(*statements):
        return command(sys.executable, "-c", PEER, str(THREADS), exact_sum_macro(), *statements)

    base, peer_base = medians(ours("rows [{a: 1}]"), peer("select 1"))
    row("process with the engine, one row", base, peer_base, "Python, duckdb, one row")
    group = f'read "{ORDERS}" | summarize revenue = sum(amount), n = count() by month = month(ordered_at)'
    keys = "date_trunc('month', ordered_at)::date as month"
    # NaN and infinities in a source count as missing: a guarantee, too.
    finite = "exact_sum(case when isfinite(amount) then amount end)"
    cases = [
        ("10 M rows by month", group,
         [("same guarantees", f"select {keys}, {finite}, count(*) from '{ORDERS}' group by 1 order by 1"),
          ("exact sum, NaN taken as it is", f"select {keys}, exact_sum(amount), count(*) from '{ORDERS}' group by 1 order by 1"),
          ("plain sum, may differ by run", f"select {keys}, sum(amount), count(*) from '{ORDERS}' group by 1 order by 1")]),
        ("10 M rows joined, by plan",
         f'let customers = read "{CUSTOMERS}"\nread "{ORDERS}" | join customers on customer_id '
         "| summarize revenue = sum(amount) by plan",
         [("same guarantees, with the guard",
           # An expert asks the small side first; when its keys are unique nothing more is to be asked.
           [f"select customer_id from '{CUSTOMERS}' group by 1 having count(*) > 1 limit 3",
            f"select plan, {finite} from '{ORDERS}' join '{CUSTOMERS}' using (customer_id) group by 1 order by 1"]),
          ("same sum, no guard",
           f"select plan, {finite} from '{ORDERS}' join '{CUSTOMERS}' using (customer_id) group by 1 order by 1"),
          ("exact sum, no guard, NaN as it is",
           f"select plan, exact_sum(amount) from '{ORDERS}' join '{CUSTOMERS}' using (customer_id) group by 1 order by 1"),
          ("plain", f"select plan, sum(amount) from '{ORDERS}' join '{CUSTOMERS}' using (customer_id) group by 1 order by 1")]),
    ]
    for name, program, peers in cases:
        others = [peer(*([sql] if isinstance(sql, str) else sql)) for _, sql in peers]
        whole, *times = medians(ours(program), *others)
        for (peer_name, _), taken in zip(peers, times):
            row(f"{name} (less the one row)", whole - base, taken - peer_base, peer_name)


def notebooks():
    ours = median(command(WHOM, "run", "notebooks/customers.md", "-o", f"{WORK}/out"))
    script = median(command(sys.executable, f"{HERE}/customers.py", f"{WORK}/peer.html"), rounds=3)
    row("the demo notebook, cold", ours, script, "pandas and matplotlib script")
    if importlib.util.find_spec("papermill") is None:
        return print("papermill: left out")
    notebook = f"{WORK}/customers.ipynb"
    subprocess.run([sys.executable, f"{HERE}/customers.py", "--notebook", notebook], check=True)

    def run():
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
        subprocess.run([sys.executable, "-m", "papermill", notebook, f"{WORK}/ran.ipynb"], **quiet)
        subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", f"{WORK}/ran.ipynb"], **quiet)

    row("the demo notebook, cold", ours, median(run, rounds=3), "papermill and nbconvert")


make_data()
print(f"{THREADS} threads; medians")
row("process start (--help)", median(command(WHOM, "--help"), rounds=9))
row("checking a 1,000-line program, whole process", median(command(WHOM, "check", big_program()), rounds=9))
queries()
notebooks()
