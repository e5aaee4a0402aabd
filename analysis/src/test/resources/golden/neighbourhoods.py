#!/usr/bin/env python3
"""Writes neighbourhoods.csv: neighbours, their preservation and local areas by scipy and numpy.

Lines: `point,z1,z2,z3,x,y` for latents z and images (x, y); `nearest,i,...` with the five nearest
latents of latent i; `preserved,share` with the mean share of these among the five nearest of the
image; `area,radius,mean` with the squared mean of r sqrt(N) over the images, where r is the distance of
the nearest other image and N the number of images within that radius, itself included.
"""

import sys

import numpy as np
import scipy
from scipy.spatial import cKDTree

NEIGHBOURS = 5
RADII = (0.2, 0.7)


def nearest(points):
    return cKDTree(points).query(points, NEIGHBOURS + 1)[1][:, 1:]


def area(points, radius):
    tree = cKDTree(points)
    nearest_distance = tree.query(points, 2)[0][:, 1]
    near = tree.query_ball_point(points, radius, return_length=True)
    return np.mean(nearest_distance * np.sqrt(near)) ** 2


def main():
    random = np.random.default_rng(20261122)
    z = random.normal(size=(300, 3))
    x = np.stack([z[:, 0] + 0.3 * z[:, 2], 0.4 * z[:, 1] + 0.1 * z[:, 0] ** 2], 1)
    before, after = nearest(z), nearest(x)
    python = sys.version.split()[0]
    lines = [f"# scipy {scipy.__version__}, numpy {np.__version__}, Python {python}"]
    lines += ["point," + ",".join(map(repr, map(float, [*a, *b]))) for a, b in zip(z, x)]
    lines += [f"nearest,{i}," + ",".join(map(str, before[i])) for i in range(0, 300, 10)]
    kept = [len(set(a) & set(b)) / NEIGHBOURS for a, b in zip(before, after)]
    lines.append(f"preserved,{float(np.mean(kept))!r}")
    lines += [f"area,{radius},{float(area(x, radius))!r}" for radius in RADII]
    with open("neighbourhoods.csv", "w", encoding="ascii") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
