"""Makes gan-pytorch.json from gan-inputs.json: three steps of each GAN by PyTorch's autograd and Adam.

    python3 pytorch_gan.py        # in the folder of the two files; any PyTorch >= 1.13
"""
import json

import torch
from torch import nn
from torch.nn.functional import softplus

torch.set_default_dtype(torch.float64)
inputs = json.load(open("gan-inputs.json"))


def activation(name):
    if name == "relu":
        return nn.ReLU()
    if name == "tanh":
        return nn.Tanh()
    if name == "linear":
        return nn.Identity()
    return nn.LeakyReLU(float(name[len("leaky-relu("):-1]))


def mlp(sizes, parameters, hidden, output):
    layers, at = [], 0
    for i, (m, n) in enumerate(zip(sizes, sizes[1:])):
        linear = nn.Linear(m, n)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(parameters[at:at + m * n]).reshape(m, n).T)
            linear.bias.copy_(torch.tensor(parameters[at + m * n:at + (m + 1) * n]))
        at += (m + 1) * n
        layers += [linear, activation(hidden if i < len(sizes) - 2 else output)]
    return nn.Sequential(*layers)


def flat(network):
    parts = []
    for layer in network:
        if isinstance(layer, nn.Linear):
            parts += [layer.weight.T.reshape(-1), layer.bias]
    return torch.cat(parts).tolist()


def discriminator_loss(loss, real, fake):
    if loss in ("non-saturating", "minimax"):
        each = softplus(-real), softplus(fake)
    elif loss == "least-squares":
        each = (real - 1) ** 2 / 2, fake ** 2 / 2
    else:
        each = torch.relu(1 - real), torch.relu(1 + fake)
    return torch.cat(each).mean()


def generator_loss(loss, fake):
    return {
        "non-saturating": lambda: softplus(-fake),
        "minimax": lambda: -softplus(fake),
        "least-squares": lambda: (fake - 1) ** 2 / 2,
        "hinge": lambda: -fake,
    }[loss]().mean()


def train(run):
    g = mlp(inputs["generator_sizes"], inputs["generator"], run["activation"], run["output"])
    d = mlp(inputs["discriminator_sizes"], inputs["discriminator"], run["activation"], "linear")
    adam_g = torch.optim.Adam(g.parameters(), inputs["generator_rate"], betas=(0.5, 0.999), eps=1e-7)
    adam_d = torch.optim.Adam(d.parameters(), inputs["discriminator_rate"], betas=(0.5, 0.999), eps=1e-7)
    result = {"d_loss": [], "g_loss": []}
    k = inputs["generator_sizes"][0]
    for batch in inputs["minibatches"]:
        real = torch.tensor(batch["real"]).reshape(-1, 2)
        z_d = torch.tensor(batch["discriminator_noise"]).reshape(-1, k)
        z_g = torch.tensor(batch["generator_noise"]).reshape(-1, k)
        loss = discriminator_loss(run["loss"], d(real), d(g(z_d).detach()))
        adam_d.zero_grad()
        loss.backward()
        adam_d.step()
        result["d_loss"].append(loss.item())
        loss = generator_loss(run["loss"], d(g(z_g)))
        adam_g.zero_grad()
        loss.backward()
        adam_g.step()
        result["g_loss"].append(loss.item())
    result["generator"] = flat(g)
    result["discriminator"] = flat(d)
    return result


json.dump(
    {"made_by": "pytorch_gan.py, PyTorch " + torch.__version__,
     "runs": {name: train(run) for name, run in inputs["runs"].items()}},
    open("gan-pytorch.json", "w"))
