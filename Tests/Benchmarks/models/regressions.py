"""Logistic regression of a million rows and twenty columns by a peer; what the fit alone took goes to
standard error.

usage: regressions.py statsmodels|scikit-learn ROWS
"""

import sys
import time

import numpy
import pyarrow.parquet

NAMES = [f"x{column}" for column in range(20)]


def rows(path):
    table = pyarrow.parquet.read_table(path, columns=NAMES + ["y"])
    x = numpy.column_stack([table[name].to_numpy() for name in NAMES])
    return x, table["y"].to_numpy(zero_copy_only=False)


def statsmodels(x, y):
    import statsmodels.api as api

    design = api.add_constant(x)
    began = time.perf_counter()
    fit = api.Logit(y.astype(float), design).fit(disp=0)
    errors = fit.bse
    spent = time.perf_counter() - began
    return spent, fit.params, errors


def scikit_learn(x, y):
    from sklearn.linear_model import LogisticRegression

    began = time.perf_counter()
    # Without a penalty, and as exact as the others are.
    fit = LogisticRegression(C=numpy.inf, tol=1e-6, max_iter=1000).fit(x, y)
    spent = time.perf_counter() - began
    return spent, numpy.append(fit.intercept_, fit.coef_), []


if __name__ == "__main__":
    peer = {"statsmodels": statsmodels, "scikit-learn": scikit_learn}[sys.argv[1]]
    spent, estimates, errors = peer(*rows(sys.argv[2]))
    print(f"fit,{spent:.3f}", file=sys.stderr)
    for name, value in zip(["(intercept)"] + NAMES, estimates):
        print(f"{name},{value:.6f}")
