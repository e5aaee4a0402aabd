"""The same training step in eager PyTorch, on one thread.

Arguments: target, noise, k, generator widths, its activation's slope below 0, its learning rate,
and the same three of the discriminator. Prints its name, and then for every number of steps on
standard input the nanoseconds that they took.
"""
import math
import sys
import time

import torch
from torch import nn

BATCH = 512


def mlp(inputs, widths, outputs, slope):
    sizes = [inputs, *map(int, widths.split(",")), outputs]
    layers = []
    for m, n in zip(sizes, sizes[1:]):
        linear = nn.Linear(m, n)
        nn.init.xavier_uniform_(linear.weight)
        nn.init.zeros_(linear.bias)
        layers += [linear, nn.ReLU() if slope == 0 else nn.LeakyReLU(slope)]
    return nn.Sequential(*layers[:-1])


def adam(network, rate):
    return torch.optim.Adam(network.parameters(), rate, betas=(0.5, 0.999), eps=1e-7)


target, law, k = sys.argv[1], sys.argv[2], int(sys.argv[3])
widths_g, slope_g, rate_g, widths_d, slope_d, rate_d = sys.argv[4:]
d = 1 if target == "normal-1d" else 2
torch.set_num_threads(1)
torch.manual_seed(0)
G = mlp(k, widths_g, d, float(slope_g))
D = mlp(d, widths_d, 1, float(slope_d))
adam_g = adam(G, float(rate_g))
adam_d = adam(D, float(rate_d))
bce = nn.BCEWithLogitsLoss()
labels = torch.cat([torch.ones(BATCH // 2, 1), torch.zeros(BATCH // 2, 1)])
ones = torch.ones(BATCH, 1)


def noise(n):
    if law == "uniform(-1,1)":
        return torch.rand(n, k) * 2 - 1
    assert law == "normal", law
    return torch.randn(n, k)


def real(n):
    if target != "eight-gaussians":
        assert target in ("normal-1d", "gaussian"), target
        return torch.randn(n, d)
    t = torch.randint(0, 8, (n,)) * (math.pi / 4)
    return 0.2 * torch.randn(n, 2) + 2 * torch.stack([t.cos(), t.sin()], 1)


def step():
    with torch.no_grad():
        fake = G(noise(BATCH // 2))
    adam_d.zero_grad(set_to_none=True)
    bce(D(torch.cat([real(BATCH // 2), fake])), labels).backward()
    adam_d.step()
    for p in D.parameters():
        p.requires_grad_(False)
    adam_g.zero_grad(set_to_none=True)
    bce(D(G(noise(BATCH))), ones).backward()
    adam_g.step()
    for p in D.parameters():
        p.requires_grad_(True)


print("PyTorch", torch.__version__, flush=True)
for line in sys.stdin:
    start = time.perf_counter_ns()
    for _ in range(int(line)):
        step()
    print(time.perf_counter_ns() - start, flush=True)
