"""Quantises a float model as onnxruntime's own tool does, and compares both quantised forms.

usage: quantize_static.py FLOAT.onnx OURS.onnx CALIBRATION.f32 EVALUATION.f32 COLUMNS THEIRS.onnx
Prints one line: bytes of ours and theirs, mean |dp| of ours and theirs.
"""
import os
import sys

import numpy as np
import onnxruntime as ort
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static

original, ours, calibration, evaluation, columns, theirs = sys.argv[1:7]


def rows(file):
    return np.fromfile(file, dtype="<f4").reshape(-1, int(columns))


class Reader(CalibrationDataReader):
    def __init__(self):
        self.batches = iter(np.array_split(rows(calibration), 16))

    def get_next(self):
        batch = next(self.batches, None)
        return None if batch is None else {"x": batch}


quantize_static(
    original,
    theirs,
    Reader(),
    per_channel=True,
    activation_type=QuantType.QUInt8,
    weight_type=QuantType.QInt8,
    op_types_to_quantize=["Gemm", "MatMul"],
)


def probabilities(file):
    options = ort.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.x64quantprecision", "1")
    session = ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": rows(evaluation)})[0]


expected = probabilities(original)
print(
    os.path.getsize(ours),
    os.path.getsize(theirs),
    np.abs(probabilities(ours) - expected).mean(),
    np.abs(probabilities(theirs) - expected).mean(),
)
