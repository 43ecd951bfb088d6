#!/usr/bin/env python3
"""Trains a small network for ShivX and writes it as ONNX.

    shivx … --trainer "command:python docs/examples/train_pytorch.py" --param epochs=30

The last argument is a folder with task.json, the rows to fit and the later rows that say when to stop, as NumPy arrays.
Missing values are NaN: they are imputed inside the graph, and so is the scaling, so that the file takes the features as they are.
The graph is written node by node, because torch.onnx.export changes with every version of PyTorch; needs torch, numpy and onnx.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

# Standard deviations beyond which a value counts no more.
CLIP = 5.0

DEFAULTS = {"epochs": 30, "hidden": 32, "learning_rate": 1e-3, "weight_decay": 1e-2, "batch": 512, "patience": 5}


def read_parameters(given):
    unknown = sorted(set(given) - set(DEFAULTS))
    if unknown:
        sys.exit(f"parameter {unknown[0]} is not known; use one of {', '.join(DEFAULTS)}")
    parameters = dict(DEFAULTS)
    for name, text in given.items():
        try:
            parameters[name] = type(DEFAULTS[name])(text)
        except ValueError:
            sys.exit(f"parameter {name} is '{text}'; make it a number such as {DEFAULTS[name]}")
    return parameters


def load_span(folder, span):
    return np.load(folder / span["features"]), np.load(folder / span["targets"])


def standardisation(x):
    """Mean and standard deviation of each column where it is present; a column that is never present or constant gives 0."""
    present = ~np.isnan(x)
    count = np.maximum(present.sum(axis=0), 1)
    mean = np.where(present, x, 0).sum(axis=0, dtype=np.float64) / count
    deviation = np.sqrt(np.where(present, (x - mean) ** 2, 0).sum(axis=0) / count)
    # An infinite scale makes every value of a constant column 0.
    scale = np.where(deviation > 1e-6 * np.abs(mean), deviation, np.inf)
    return mean.astype(np.float32), scale.astype(np.float32)


def standardised(x, mean, scale):
    filled = np.where(np.isnan(x), mean, x)
    return torch.from_numpy(np.clip((filled - mean) / scale, -CLIP, CLIP).astype(np.float32))


def network(columns, hidden, outputs):
    return torch.nn.Sequential(
        torch.nn.Linear(columns, hidden),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.1),
        torch.nn.Linear(hidden, hidden // 2),
        torch.nn.ReLU(),
        torch.nn.Linear(hidden // 2, outputs),
    )


def fit(model, loss, fitted, held, parameters, generator):
    """Learns until the loss of the later span has not fallen for some epochs; the best weights are kept."""
    x, y = fitted
    optimiser = torch.optim.AdamW(model.parameters(), lr=parameters["learning_rate"], weight_decay=parameters["weight_decay"])
    best, best_epoch, weights = float("inf"), 0, None
    for epoch in range(1, parameters["epochs"] + 1):
        model.train()
        for rows in torch.randperm(len(x), generator=generator).split(parameters["batch"]):
            optimiser.zero_grad()
            loss(model(x[rows]), y[rows]).backward()
            optimiser.step()
        model.eval()
        with torch.no_grad():
            now = loss(model(held[0]), held[1]).item()
        print(f"epoch {epoch} of {parameters['epochs']}, loss {now:.6f}", flush=True)
        if weights is None or now < best:
            best, best_epoch = now, epoch
            weights = {name: value.clone() for name, value in model.state_dict().items()}
        if epoch - best_epoch >= parameters["patience"]:
            break
    model.load_state_dict(weights)
    model.eval()
    print(f"best epoch {best_epoch}, loss {best:.6f} on the later span", flush=True)


def to_onnx(model, mean, scale, target_mean, target_scale, classification):
    """NaN to the mean, scaled, clipped, then the layers, as one graph over rows of features."""
    nodes, constants = [], []

    def constant(name, value):
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value, dtype=np.float32), name))
        return name

    def node(operator, *inputs, **attributes):
        output = f"{operator}_{len(nodes)}"
        nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    centre = constant("mean", mean)
    filled = node("Where", node("IsNaN", "features"), centre, "features")
    # Infinity over the infinite scale of a constant column would be no number.
    finite = node("Clip", filled, constant("lowest", np.float32(-1e30)), constant("highest", np.float32(1e30)))
    scaled = node("Div", node("Sub", finite, centre), constant("scale", scale))
    x = node("Clip", scaled, constant("low", np.float32(-CLIP)), constant("high", np.float32(CLIP)))
    width = len(mean)
    for i, layer in enumerate(model):
        if isinstance(layer, torch.nn.Linear):
            weight = constant(f"weight{i}", layer.weight.detach().numpy())
            bias = constant(f"bias{i}", layer.bias.detach().numpy())
            x = node("Gemm", x, weight, bias, transB=1)
            width = layer.out_features
        elif isinstance(layer, torch.nn.ReLU):
            x = node("Relu", x)
    if classification:
        x = node("Softmax", x, axis=1)
    else:
        x = node("Add", node("Mul", x, constant("target_scale", target_scale)), constant("target_mean", target_mean))
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", len(mean)])],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, ["N", width])],
        constants,
    )
    # Read by every ONNX Runtime since 1.12.
    written = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(written)
    return written


def main():
    folder = pathlib.Path(sys.argv[-1])
    task = json.loads((folder / "task.json").read_text())
    parameters = read_parameters(task["parameters"])
    classification = task["task"] == "classification"
    torch.set_num_threads(1)
    torch.manual_seed(task["seed"])
    generator = torch.Generator().manual_seed(task["seed"])

    (x, y), (later_x, later_y) = load_span(folder, task["fit"]), load_span(folder, task["stop"])
    mean, scale = standardisation(x)
    model = network(len(task["columns"]), parameters["hidden"], len(task["classes"]) or 1)
    target_mean = target_scale = np.float32(0)
    if classification:
        loss = torch.nn.CrossEntropyLoss()
        targets, later = torch.from_numpy(y).long(), torch.from_numpy(later_y).long()
    else:
        loss = torch.nn.MSELoss()
        target_mean, target_scale = np.float32(y.mean()), np.float32(y.std() or 1)
        targets = torch.from_numpy((y - target_mean) / target_scale).unsqueeze(1)
        later = torch.from_numpy((later_y - target_mean) / target_scale).unsqueeze(1)
    fitted = (standardised(x, mean, scale), targets)
    fit(model, loss, fitted, (standardised(later_x, mean, scale), later), parameters, generator)
    onnx.save(to_onnx(model, mean, scale, target_mean, target_scale, classification), folder / task["output"])


if __name__ == "__main__":
    main()
