#!/usr/bin/env python3
"""Writes coverage.csv: coverage metrics of small samples, from their definitions.

Precision, recall, density and coverage are the formulas of github.com/clovaai/generative-evaluation-prdc
(Naeem et al. 2020) on scikit-learn's pairwise distances. Wasserstein and energy distances are scipy's, the
target given by many quantiles of its one-dimensional law; in two dimensions the energy distance is from its
definition, with mean distances from a normal in closed form (Rice). MMD is the U-statistic with the mean of
five Gaussian kernels, with exact means of the kernel over the target. The metrics of modes that are means over subsets are from scipy's hypergeometric law.

Lines: `real,x,y` and `fake,x,y` (two dimensions), `normal,x` (one), `count,c` (samples of each mode),
`value,name,number`.
"""

import sys

import numpy as np
import scipy
import sklearn
from scipy.special import i0e, i1e
from scipy.stats import energy_distance, hypergeom, norm, wasserstein_distance
from sklearn.metrics import pairwise_distances

CENTRES = np.array([[2 * np.cos(np.pi * m / 4), 2 * np.sin(np.pi * m / 4)] for m in range(8)])
SD = 0.2
DIRECTIONS = 64


def draw(random, sd, modes, n):
    points = CENTRES[random.choice(modes, n)] + sd * random.normal(size=(n, 2))
    return points.astype(np.float32).astype(float)


def prdc(real, fake, k):
    def radii(points):
        return np.sort(pairwise_distances(points), axis=1)[:, k]

    real_radii, fake_radii = radii(real), radii(fake)
    distances = pairwise_distances(real, fake)
    inside = distances < real_radii[:, None]
    return {
        "precision": inside.any(axis=0).mean(),
        "recall": (distances < fake_radii[None, :]).any(axis=1).mean(),
        "density": inside.sum(axis=0).mean() / k,
        "coverage": (distances.min(axis=1) < real_radii).mean(),
    }


def rice_mean(distance, sd):
    """E|x - Y| for Y ~ N(c, sd^2 I) in the plane and |x - c| = distance."""
    z = distance**2 / (4 * sd**2)
    return sd * np.sqrt(np.pi / 2) * ((1 + 2 * z) * i0e(z) + 2 * z * i1e(z))


def energy_2d(points):
    cross = rice_mean(pairwise_distances(points, CENTRES), SD).mean()
    target = rice_mean(pairwise_distances(CENTRES), SD * np.sqrt(2)).mean()
    return np.sqrt(2 * cross - pairwise_distances(points).mean() - target)


def mmd(points, b):
    """The U-statistic for one Gaussian kernel."""

    def smooth(distances, variance):
        return b**2 / (b**2 + variance) * np.exp(-(distances**2) / (2 * (b**2 + variance)))

    n = len(points)
    kernel = np.exp(-pairwise_distances(points) ** 2 / (2 * b**2))
    within = (kernel.sum() - np.trace(kernel)) / (n * (n - 1))
    cross = smooth(pairwise_distances(points, CENTRES), SD**2).mean()
    return within - 2 * cross + smooth(pairwise_distances(CENTRES), 2 * SD**2).mean()


def sliced_wasserstein(points):
    quantiles = norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    values = []
    for direction in range(DIRECTIONS):
        angle = np.pi * (direction + 0.5) / DIRECTIONS
        axis = np.array([np.cos(angle), np.sin(angle)])
        target = ((CENTRES @ axis)[:, None] + SD * quantiles).ravel()
        values.append(wasserstein_distance(points @ axis, target))
    return np.mean(values)


def rarefied(counts, size):
    n = sum(counts)
    covered, divergence = 0, 0
    for count in counts:
        k = np.arange(size + 1)
        p = hypergeom(n, count, size).pmf(k)
        covered += 1 - p[0]
        share = k[1:] / size
        divergence += (p[1:] * share * np.log(share * len(counts))).sum()
    return {"rarefied_covered": covered, "rarefied_kl": divergence}


def main():
    random = np.random.default_rng(20261122)
    lines = [
        f"# scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__},"
        f" Python {sys.version.split()[0]}"
    ]
    real = draw(random, SD, range(8), 300)
    fake = draw(random, 0.3, range(1, 7), 260)
    normal = random.normal(0.3, 1.4, 400).astype(np.float32).astype(float)
    counts = [3000, 2000, 700, 296, 3, 1, 0, 0]
    for name, points in (("real", real), ("fake", fake), ("normal", normal[:, None])):
        lines += [f"{name}," + ",".join(repr(float(c)) for c in p) for p in points]
    lines += [f"count,{count}" for count in counts]
    quantiles = norm.ppf((np.arange(400_000) + 0.5) / 400_000)
    precision_recall, density_coverage = prdc(real, fake, 3), prdc(real, fake, 5)
    values = {name: precision_recall[name] for name in ("precision", "recall")}
    values |= {name: density_coverage[name] for name in ("density", "coverage")}
    values |= rarefied(counts, 2500)
    values |= {
        "wasserstein_1d": wasserstein_distance(normal, quantiles),
        "energy_1d": energy_distance(normal, quantiles),
        "sliced_wasserstein": sliced_wasserstein(fake),
        "energy_2d": energy_2d(fake),
        "mmd": np.mean([mmd(fake, b) for b in (0.125, 0.25, 0.5, 1, 2)]),
    }
    lines += [f"value,{name},{float(value)!r}" for name, value in values.items()]
    with open("coverage.csv", "w", encoding="ascii") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
