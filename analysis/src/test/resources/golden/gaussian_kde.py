#!/usr/bin/env python3
"""Writes gaussian_kde.csv: log densities of scipy.stats.gaussian_kde at a fixed bandwidth.

scipy scales the kernel by the covariance of the data. So the data is whitened first, to unit
covariance, and the factor is then the bandwidth itself. Run with Debian's python3-scipy.

Lines: `sample,d,h,x[,y]` and `query,d,h,x[,y],log density`, for d = 1 and 2.
"""

import sys

import numpy as np
import scipy
from scipy.stats import gaussian_kde


def whiten(points):
    covariance = np.atleast_2d(np.cov(points))
    inverse_root = np.linalg.inv(np.linalg.cholesky(covariance))
    return inverse_root @ (points - points.mean(axis=1, keepdims=True))


def main():
    random = np.random.default_rng(20240607)
    python = sys.version.split()[0]
    lines = [f"# scipy {scipy.__version__}, numpy {np.__version__}, Python {python}"]
    for d, h in ((1, 0.1), (2, 0.2)):
        raw = np.concatenate([random.normal(-1, 0.3, (d, 150)), random.normal(1, 0.6, (d, 150))], 1)
        points = whiten(raw)
        kde = gaussian_kde(points, bw_method=h)
        assert np.allclose(kde.covariance, h * h * np.eye(d), rtol=1e-12, atol=1e-15)
        queries = np.concatenate([points[:, ::10], random.uniform(-3, 3, (d, 70))], 1)
        lines += [f"sample,{d},{h}," + ",".join(map(repr, map(float, p))) for p in points.T]
        for q, value in zip(queries.T, kde.logpdf(queries)):
            lines.append(f"query,{d},{h}," + ",".join(map(repr, map(float, [*q, value]))))
    with open("gaussian_kde.csv", "w", encoding="ascii") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
