"""Compares files that Scoria wrote with what numpy expects: python3 check_files.py FOLDER."""

import io
import json
import struct
import sys
from pathlib import Path

import numpy as np

from make_files import SHAPE, array

DTYPES = ("f4", "f8", "i8", "i4", "u1", "b1")


def equal(got, wanted, name):
    same = got.dtype == wanted.dtype and got.shape == wanted.shape
    assert same and got.tobytes() == wanted.tobytes(), f"{name}: {got} is not {wanted}"


def npy(folder):
    for dtype in DTYPES:
        for name, shape in (("array", SHAPE), ("vector", (5,)), ("number", ()), ("empty", (3, 0))):
            path = folder / f"{dtype}_{name}.npy"
            wanted = array(dtype, shape)
            equal(np.load(path, allow_pickle=False), wanted, path)
            stream = io.BytesIO()
            np.save(stream, wanted)
            assert path.read_bytes() == stream.getvalue(), f"{path}: not what numpy.save writes"


def npz(folder):
    for kind in ("STORED", "DEFLATED"):
        with np.load(folder / f"{kind}.npz", allow_pickle=False) as arrays:
            assert arrays.files == list(DTYPES), arrays.files
            for dtype in DTYPES:
                equal(arrays[dtype], array(dtype), f"{kind} {dtype}")


def safetensors(folder):
    content = (folder / "all.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    data = content[8 + length :]
    assert length % 8 == 0 and header.pop("__metadata__") == {"seed": "7"}
    assert sorted(header) == sorted(DTYPES)
    for dtype, entry in header.items():
        begin, end = entry["data_offsets"]
        got = np.frombuffer(data[begin:end], dtype).reshape(entry["shape"])
        equal(got, array(dtype), f"safetensors {dtype}")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    npy(target)
    npz(target)
    safetensors(target)
    print("all right")
