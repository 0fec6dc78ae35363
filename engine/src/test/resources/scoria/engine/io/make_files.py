"""Writes the files that the tests read: python3 make_files.py FOLDER (needs numpy)."""

import json
import struct
import sys
from pathlib import Path

import numpy as np

SHAPE = (2, 3, 4)


def values(dtype, count):
    """Element i of the test arrays, by dtype; the tests compute the same."""
    i = np.arange(count)
    return {
        "f4": lambda: i.astype("f4") / 4 - 1,
        "f8": lambda: i.astype("f8") / 3 - 1,
        "i8": lambda: i * 2**40 - 5,
        "i4": lambda: (i * 90_000_000 - 7).astype("i4"),
        "u1": lambda: (i * 11).astype("u1"),
        "b1": lambda: i % 3 == 0,
    }[dtype]().astype(dtype)


def array(dtype, shape=SHAPE):
    return values(dtype, int(np.prod(shape))).reshape(shape)


def save(folder, name, data, version=(1, 0)):
    with open(folder / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, data, version=version)


def npy(folder):
    for dtype in ("f4", "f8", "i8", "i4", "u1", "b1"):
        save(folder, f"{dtype}_little_rows_1", array(dtype))
        save(folder, f"{dtype}_little_columns_1", np.asfortranarray(array(dtype)))
    for dtype in ("f4", "f8", "i8", "i4"):
        save(folder, f"{dtype}_big_rows_1", array(dtype).astype(f">{dtype}"))
    save(folder, "f8_big_columns_1", np.asfortranarray(array("f8").astype(">f8")))
    save(folder, "f4_little_rows_2", array("f4"), (2, 0))
    save(folder, "f4_little_rows_3", array("f4"), (3, 0))
    save(folder, "i4_little_columns_3", np.asfortranarray(array("i4")), (3, 0))
    save(folder, "number", array("f8", ()))
    save(folder, "vector", array("f4", (5,)))
    save(folder, "empty", array("i8", (3, 0, 2)))
    save(folder, "special", np.array([np.nan, -0.0, np.inf, -np.inf, 1e-45, 3.4e38], "f4"))
    save(folder, "half", np.ones(3, "f2"))
    save(folder, "fields", np.zeros(2, [("a", "f4"), ("b", "i4", (2,))]))


def npz(folder):
    arrays = {"x": array("f4"), "layers.0.weight": np.asfortranarray(array("f8")), "n": array("i8", ())}
    np.savez(folder / "stored.npz", **arrays)
    np.savez_compressed(folder / "deflated.npz", **arrays)


def safetensors(folder):
    """By the format's description: length, JSON, bytes; widest elements first, then by name."""
    names = {"i8": "I64", "f8": "F64", "f4": "F32", "i4": "I32", "u1": "U8", "b1": "BOOL"}
    header = {"__metadata__": {"format": "np", "note": "\u00e9\"\\"}}
    data = b""
    for dtype, name in names.items():
        for key, shape in ((f"a.{dtype}", SHAPE), (f"b.{dtype}", ()), (f"c.{dtype}", (0, 4))):
            part = array(dtype, shape).tobytes()
            header[key] = {
                "dtype": name,
                "shape": list(shape),
                "data_offsets": [len(data), len(data) + len(part)],
            }
            data += part
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    (folder / "all.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    npy(target)
    npz(target)
    safetensors(target)
