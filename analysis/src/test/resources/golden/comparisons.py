"""Golden values for SeedComparisonTest and HolmTest. Run with scipy 1.10.1 and numpy 1.24.2.

t-tests and intervals: scipy.stats.ttest_rel, scipy.stats.ttest_ind(equal_var=False), scipy.stats.t.
Holm: step-down on sorted p-values as in Holm 1979, written out below.
"""

import json
import sys

import numpy as np
import scipy
from scipy import stats


def interval(difference, error, df):
    half = stats.t.ppf(0.975, df) * error
    return difference - half, difference + half


def paired(a, b):
    d = a - b
    low, high = interval(d.mean(), d.std(ddof=1) / np.sqrt(len(d)), len(d) - 1)
    return dict(difference=d.mean(), low=low, high=high, p=stats.ttest_rel(a, b).pvalue)


def welch(a, b):
    va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    low, high = interval(a.mean() - b.mean(), np.sqrt(va + vb), df)
    p = stats.ttest_ind(a, b, equal_var=False).pvalue
    return dict(difference=a.mean() - b.mean(), low=low, high=high, p=p)


def holm(p):
    order = np.argsort(p, kind="stable")
    adjusted, most = np.empty(len(p)), 0.0
    for rank, i in enumerate(order):
        most = max(most, (len(p) - rank) * p[i])
        adjusted[i] = min(1.0, most)
    return adjusted


def main():
    random = np.random.default_rng(1)
    cases = []
    for n, m, shift, spread in [
        (2, 2, 0.3, 1.0),
        (3, 3, 0.0, 1.0),
        (10, 10, 0.5, 2.0),
        (10, 10, 5.0, 1.0),
        (2, 5, 1.0, 4.0),
        (3, 40, 0.2, 0.1),
        (30, 25, 1.0, 0.5),
    ]:
        a = random.normal(0, 1, n).round(6)
        b = random.normal(-shift, spread, m).round(6)
        case = dict(a=a.tolist(), b=b.tolist(), welch=welch(a, b))
        if n == m:
            case["paired"] = paired(a, b)
        cases.append(case)
    ps = [
        [0.01, 0.04, 0.03, 0.005],
        [0.5, 0.5, 0.9],
        [0.2],
        [0.0, 1.0, 0.001, 0.001, 0.02, 0.3],
        random.uniform(0, 0.1, 12).round(6).tolist(),
    ]
    json.dump(
        dict(
            made_by=f"scipy {scipy.__version__}, numpy {np.__version__}",
            comparisons=cases,
            holm=[dict(p=p, adjusted=holm(np.array(p)).tolist()) for p in ps],
        ),
        sys.stdout,
        indent=1,
    )
    print()


main()
