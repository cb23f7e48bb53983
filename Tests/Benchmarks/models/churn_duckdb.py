"""The job of churn.whom as an expert writes it in Python: duckdb for the rows, lightgbm for the rest.

usage: churn_duckdb.py CUSTOMERS ORDERS [THREADS]
"""

import sys

import duckdb
import lightgbm
from sklearn import metrics

CUSTOMERS, ORDERS = sys.argv[1:3]
THREADS = int(sys.argv[3]) if len(sys.argv) > 3 else 2

CUTOFF = "timestamp '2023-12-31'"
FEATURES = f"""
select n, revenue, largest, items, returned, in_app, recent, recent_revenue,
  date_diff('second', last, {CUTOFF}) // 86400 as recency, date_diff('second', first, {CUTOFF}) // 86400 as tenure,
  revenue / n as average, plan, region, channel, age, later = 0 as target,
  left(md5('42:' || length(customer_id::varchar) || ':' || customer_id), 8) < 'c0000000' as is_train
from '{CUSTOMERS}' join (
  select customer_id,
    count(*) filter (ordered_at < {CUTOFF}) as n,
    sum(amount) filter (ordered_at < {CUTOFF}) as revenue,
    max(amount) filter (ordered_at < {CUTOFF}) as largest,
    sum(items) filter (ordered_at < {CUTOFF})::int as items,
    count(*) filter (ordered_at < {CUTOFF} and returned) as returned,
    count(*) filter (ordered_at < {CUTOFF} and device = 'app') as in_app,
    count(*) filter (ordered_at < {CUTOFF} and ordered_at >= {CUTOFF} - interval 90 days) as recent,
    coalesce(sum(amount) filter (ordered_at < {CUTOFF} and ordered_at >= {CUTOFF} - interval 90 days), 0)
      as recent_revenue,
    min(ordered_at) filter (ordered_at < {CUTOFF}) as first,
    max(ordered_at) filter (ordered_at < {CUTOFF}) as last,
    count(*) filter (ordered_at >= {CUTOFF}) as later
  from '{ORDERS}' group by customer_id having n > 0
) using (customer_id)
"""


def measured(rows):
    """Trains on some of the rows, measures on the others."""
    for name in ("plan", "region", "channel"):
        rows[name] = rows[name].astype("category")
    inputs = rows.drop(columns=["target", "is_train"])
    train = rows["is_train"].to_numpy(bool)
    data = lightgbm.Dataset(inputs[train], rows["target"][train].to_numpy())
    settings = {"objective": "binary", "num_leaves": 31, "num_threads": THREADS, "verbosity": -1,
                "deterministic": True, "force_col_wise": True, "seed": 42}
    model = lightgbm.train(settings, data, num_boost_round=100)
    report(rows["target"][~train].to_numpy(), model.predict(inputs[~train], num_threads=THREADS))


def report(y, p):
    decided = p >= 0.5
    for name, value in [
        ("auc", metrics.roc_auc_score(y, p)), ("average_precision", metrics.average_precision_score(y, p)),
        ("log_loss", metrics.log_loss(y, p)), ("brier", metrics.brier_score_loss(y, p)),
        ("accuracy", metrics.accuracy_score(y, decided)), ("f1", metrics.f1_score(y, decided)),
        ("n", len(y)),
    ]:
        print(f"{name},{value:.6f}")


if __name__ == "__main__":
    engine = duckdb.connect(config={"threads": THREADS})
    measured(engine.execute(FEATURES).df())
