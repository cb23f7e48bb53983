"""The same job with pandas alone before lightgbm.

usage: churn_pandas.py CUSTOMERS ORDERS [THREADS]
"""

import hashlib

import pandas

from churn_duckdb import CUSTOMERS, ORDERS, measured


def read(path, **options):
    if path.endswith(".parquet"):
        return pandas.read_parquet(path)
    return pandas.read_csv(path, **options)


def is_train(customer):
    text = str(customer)
    return hashlib.md5(f"42:{len(text)}:{text}".encode()).hexdigest()[:8] < "c0000000"


def features():
    orders = read(ORDERS, parse_dates=["ordered_at"])
    cutoff = pandas.Timestamp("2023-12-31")
    past = orders["ordered_at"] < cutoff
    before = orders[past]
    near = before[before["ordered_at"] >= cutoff - pandas.Timedelta(days=90)]
    groups = before.assign(app=before["device"] == "app").groupby("customer_id").agg(
        n=("amount", "size"), revenue=("amount", "sum"), largest=("amount", "max"), items=("items", "sum"),
        returned=("returned", "sum"), in_app=("app", "sum"), first=("ordered_at", "min"), last=("ordered_at", "max"))
    recent = near.groupby("customer_id").agg(recent=("amount", "size"), recent_revenue=("amount", "sum"))
    later = orders[~past].groupby("customer_id").size().rename("later")
    rows = groups.join(recent).join(later)
    rows[["recent", "recent_revenue", "later"]] = rows[["recent", "recent_revenue", "later"]].fillna(0)
    rows["recency"] = (cutoff - rows.pop("last")).dt.days
    rows["tenure"] = (cutoff - rows.pop("first")).dt.days
    rows["average"] = rows["revenue"] / rows["n"]
    rows["target"] = rows.pop("later") == 0
    traits = read(CUSTOMERS)[["customer_id", "plan", "region", "channel", "age"]]
    rows = traits.merge(rows, on="customer_id")
    rows["is_train"] = rows.pop("customer_id").map(is_train)
    return rows


if __name__ == "__main__":
    measured(features())
