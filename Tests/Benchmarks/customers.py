"""The work of notebooks/customers.md with pandas and matplotlib, as a script or as a notebook."""

import base64
import io
import json
import sys


def work(target):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd

    orders = pd.read_csv("notebooks/data/cdnow_transactions.csv", dtype={"cid": str}, parse_dates=["date"])
    orders = orders[orders.date <= "1998-06-30"]
    parts = [f"<p>{orders.cid.nunique()} customers, {len(orders)} purchases, {orders.usd.sum():.2f}</p>"]

    def picture(draw):
        figure, axes = plt.subplots(figsize=(7, 3.5))
        draw(axes)
        data = io.BytesIO()
        figure.savefig(data, format="svg")
        plt.close(figure)
        parts.append(f'<img src="data:image/svg+xml;base64,{base64.b64encode(data.getvalue()).decode()}">')

    monthly = orders.groupby(orders.date.dt.to_period("M")).agg(revenue=("usd", "sum"), buyers=("cid", "nunique"))
    picture(lambda axes: axes.plot(monthly.index.astype(str), monthly.revenue))
    parts.append(monthly.to_html())

    until = pd.Timestamp("1998-06-30")
    rfm = orders.groupby("cid").agg(
        recency=("date", lambda d: (until - d.max()).days), frequency=("date", "nunique"), monetary=("usd", "sum"))

    def ntile(column):
        order = rfm.reset_index().sort_values([column, "cid"]).index
        score = np.empty(len(rfm), dtype=int)
        score[order] = np.arange(len(rfm)) * 5 // len(rfm) + 1
        return score

    rfm["r"], rfm["f"], rfm["m"] = 6 - ntile("recency"), ntile("frequency"), ntile("monetary")
    segments = rfm.groupby(["r", "f"]).monetary.agg(["count", "sum"])
    picture(lambda axes: axes.barh(range(len(segments)), segments["sum"]))
    parts.append(segments.to_html())

    first = orders.groupby("cid").date.transform("min").dt.to_period("M")
    age = (orders.date.dt.to_period("M") - first).map(lambda d: d.n)
    cohorts = orders.assign(cohort=first, age=age).groupby(["cohort", "age"]).cid.nunique().unstack()
    picture(lambda axes: axes.imshow(cohorts.div(cohorts[0], axis=0).iloc[:, 1:], aspect="auto"))
    spend = rfm.monetary.sort_values(ascending=False)
    parts.append(f"<p>{spend.iloc[: int(len(spend) * 0.2)].sum() / spend.sum():.6f}</p>")
    with open(target, "w") as file:
        file.write("<!doctype html>" + "".join(parts))


if sys.argv[1] == "--notebook":
    with open(__file__) as file:
        source = file.read().split("\nif sys.argv")[0] + '\n\nwork("/dev/null")\n'
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    with open(sys.argv[2], "w") as file:
        json.dump({"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}, file)
else:
    work(sys.argv[1])
