"""Models of four libraries, exported and logged as their own users do it: nothing in them knows of ShivX.

    foreign_models.py train SERVER VECTORS FOLDER   learns from vectors, logs and registers, and keeps the models themselves
    foreign_models.py score VECTORS FOLDER          prints what those models say of vectors, a JSON line each

VECTORS is a file of JSON lines as the topic 'features' has them. Prints the name of each model that it has made, or SKIPPED and why.
"""
import importlib.util
import json
import pathlib
import pickle
import sys

import numpy as np

CLASSES = ["DOWN", "FLAT", "UP"]
SEED = 7


def read(file):
    """The ids and the values of ready vectors, in double precision as Python's models take them."""
    vectors = [json.loads(line) for line in pathlib.Path(file).read_text().splitlines()]
    ready = [vector for vector in vectors if vector["ready"]]
    values = [[np.nan if value is None else value for value in vector["features"].values()] for vector in ready]
    return [vector["vector_id"] for vector in ready], np.array(values, dtype=np.float64)


def labels(x):
    """Thirds of what the best-filled columns and chance make together: something to learn, and nothing to learn by heart."""
    spread = np.nanstd(np.where(np.isnan(x).all(axis=0), 0, x), axis=0)
    z = np.where(spread > 0, (x - np.nan_to_num(x).mean(axis=0)) / np.where(spread > 0, spread, 1), 0)
    score = np.nan_to_num(z).sum(axis=1) + np.random.default_rng(SEED).normal(size=len(x))
    return np.digitize(score, np.quantile(score, [1 / 3, 2 / 3]))


def sklearn_model(x, y, depth):
    """No linear model: its export would standardise in float, and on a tape of minutes the clock's columns hardly differ in that."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from skl2onnx import to_onnx

    forest = RandomForestClassifier(n_estimators=10, max_depth=depth, random_state=SEED)
    model = make_pipeline(SimpleImputer(keep_empty_features=True), forest).fit(x, np.array(CLASSES)[y])
    return model, to_onnx(model, x[:1].astype(np.float32))


def lightgbm_model(x, y):
    from lightgbm import LGBMClassifier
    from onnxmltools import convert_lightgbm
    from onnxmltools.convert.common.data_types import FloatTensorType

    model = LGBMClassifier(n_estimators=10, num_leaves=7, n_jobs=1, verbose=-1).fit(x, np.array(CLASSES)[y])
    return model, convert_lightgbm(model, initial_types=[("input", FloatTensorType([None, x.shape[1]]))])


def xgboost_model(x, y):
    from onnxmltools import convert_xgboost
    from onnxmltools.convert.common.data_types import FloatTensorType
    from xgboost import XGBClassifier

    model = XGBClassifier(n_estimators=10, max_depth=3, n_jobs=1, missing=np.nan).fit(x, y)
    return model, convert_xgboost(model, initial_types=[("input", FloatTensorType([None, x.shape[1]]))])


def torch_network(x):
    """Standardises and imputes in the graph."""
    import torch

    class Network(torch.nn.Module):
        def __init__(self, mean, scale):
            super().__init__()
            self.register_buffer("mean", torch.tensor(mean, dtype=torch.float32))
            self.register_buffer("scale", torch.tensor(scale, dtype=torch.float32))
            self.layers = torch.nn.Sequential(
                torch.nn.Linear(len(mean), 16), torch.nn.ReLU(), torch.nn.Linear(16, len(CLASSES))
            )

        def logits(self, x):
            known = torch.where(torch.isnan(x), self.mean, x)
            return self.layers((known - self.mean) / self.scale)

        def forward(self, x):
            return torch.softmax(self.logits(x), dim=1)

    filled = np.where(np.isnan(x).all(axis=0), 0, x)
    spread = np.nanstd(filled, axis=0)
    return Network(np.nanmean(filled, axis=0), np.where(spread > 0, spread, 1))


def torch_model(x, y):
    import io

    import onnx
    import torch

    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    network = torch_network(x)
    rows, targets = torch.tensor(x, dtype=torch.float32), torch.tensor(y)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(50):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network.logits(rows), targets).backward()
        optimizer.step()
    network.eval()
    buffer = io.BytesIO()
    torch.onnx.export(
        network,
        (rows[:1],),
        buffer,
        input_names=["x"],
        output_names=["probabilities"],
        dynamic_axes={"x": {0: "rows"}, "probabilities": {0: "rows"}},
        dynamo=False,
    )
    return TorchAnswers(network), onnx.load_from_string(buffer.getvalue())


class TorchAnswers:
    """Asked like the others, and pickled as the whole of its network that is not code."""

    def __init__(self, network):
        self.network = network

    def __getstate__(self):
        return {name: tensor.numpy() for name, tensor in self.network.state_dict().items()}

    def __setstate__(self, state):
        import torch

        self.network = torch_network(np.zeros((1, len(state["mean"]))))
        self.network.load_state_dict({name: torch.from_numpy(array) for name, array in state.items()})
        self.network.eval()

    def predict_proba(self, x):
        import torch

        with torch.no_grad():
            return self.network(torch.tensor(x, dtype=torch.float32)).numpy()


def train(server, vectors, folder):
    import mlflow

    mlflow.set_tracking_uri(server)
    mlflow.set_experiment("foreign")
    _, x = read(vectors)
    y = labels(x)
    makers = {
        "sk": [lambda: sklearn_model(x, y, 5), lambda: sklearn_model(x, y, 3)],
        "lgbm": [lambda: lightgbm_model(x, y)],
        "xgb": [lambda: xgboost_model(x, y)],
        "torch": [lambda: torch_model(x, y)],
    }
    if importlib.util.find_spec("torch") is None:
        del makers["torch"]
        print("SKIPPED: no model of PyTorch, for this Python has no torch")
    for name, versions in makers.items():
        for number, make in enumerate(versions, start=1):
            model, exported = make()
            with mlflow.start_run():
                mlflow.onnx.log_model(exported, name=name, registered_model_name=name)
            pathlib.Path(folder, f"{name}@0.0.{number}.pickle").write_bytes(pickle.dumps(model))
            print(f"{name}@0.0.{number}")


def score(vectors, folder):
    ids, x = read(vectors)
    for file in sorted(pathlib.Path(folder).glob("*.pickle")):
        answers = pickle.loads(file.read_bytes()).predict_proba(x)
        for vector_id, row in zip(ids, answers):
            print(json.dumps({"prediction_id": f"{vector_id}~{file.stem}", "probabilities": [float(p) for p in row]}))


if __name__ == "__main__":
    {"train": train, "score": score}[sys.argv[1]](*sys.argv[2:])
