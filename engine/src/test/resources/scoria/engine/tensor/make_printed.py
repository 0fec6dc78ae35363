"""Writes printed.txt, how NumPy prints arrays. Run with NumPy 1.24.2 (Debian 12's): python3 make_printed.py

A line 'case DTYPE SHAPE VALUES' is followed by the lines that str(array) gives. The values are hexadecimal
floats or whole numbers, or 'range START STEP' for START + i STEP.
"""
import pathlib
import sys

import numpy as np

F4, F8, I8, I4, U1, B1 = "float32", "float64", "int64", "int32", "uint8", "bool"
nan, inf = float("nan"), float("inf")


def word(value, dtype):
    if dtype in (F4, F8):
        return float(value).hex()
    return str(int(value))


def case(dtype, shape, values):
    if isinstance(values, tuple):
        start, step = values
        array = start + step * np.arange(int(np.prod(shape)))
        text = f"range {start} {step}"
    else:
        array = np.array(values)
        text = " ".join(word(v, dtype) for v in np.array(values, dtype).ravel())
    array = array.astype(dtype).reshape(shape)
    sizes = ",".join(map(str, shape)) or "-"
    return f"case {dtype} {sizes} {text}".rstrip() + "\n" + str(array) + "\n"


def cases():
    # Scalars.
    for v in [0.0, -0.0, 1.0, 0.1, 1 / 3, -2.5, 1e-4, 9.999e-5, 123456789.0, 1e15, 9.99e15, 1e16, 1.5e-7,
              1e100, 5e-324, nan, inf, -inf, 2.0**-9, 1e22, 1e23]:
        yield F8, (), [v]
    for v in [0.1, 1 / 3, 1e-4, 16777216.0, 1e16, 3e38, 1e-45, -0.0, nan]:
        yield F4, (), [v]
    yield I8, (), [-9223372036854775808]
    yield I4, (), [7]
    yield U1, (), [255]
    yield B1, (), [1]
    yield B1, (), [0]
    # Vectors: digits, alignment, exponent form.
    for v in [
        [1, 2, 3], [0.5, 1, -2], [0, 0], [-0.0, 0.0], [1 / 3, 2 / 3, 1], [1e-4, 1], [1e-4, 0.01], [9.9e-5, 0.01],
        [1e8, 1], [99999999.0, 1e5], [99999999.5, 99999], [1, 1000], [1, 1001], [1000.5, 1], [1e-300, 1e300],
        [1e100, 1e-5], [1.5, nan], [nan, inf, -inf], [nan], [inf], [-inf, 1], [1, inf], [123456.789, nan, -inf],
        [1e10, -inf], [0.001953125, 0.5], [0.1 + 0.2, 1], [1.23456789012345, 12.3], [0.000123456789012, 0.01],
        [5e-324, 1], [1.0000000049999, 1], [1.0000000050001, 1], [1.00390625 + 2**-9 * 2**-8, 1],
        [123456789.123456789], [0.12345678912345e-5], [-1.5, 22.25, 333.125], [99.99999999999, 1],
        [0.999999999999], [-9.9999999999e9, 1], [1e-5, 0, nan], [65504.0, 65.5], [3.14159265358979, 2.718281828],
        [1e23, 2e23], [1e-35, 0.1, 7.8706342e35], [2.74956322, 0.0838718], [71136352],
        [99999996, 99999.5], [1.7976931348623157e308, 2.2250738585072014e-308],
    ]:
        yield F8, (len(v),), v
        with np.errstate(over="ignore"):
            yield F4, (len(v),), v
    yield I8, (4,), [1, -20, 300, 0]
    yield I8, (2,), [9223372036854775807, -9223372036854775808]
    yield I8, (2,), [9007199254740993, 1]
    yield I4, (3,), [-2147483648, 5, 2147483647]
    yield U1, (3,), [0, 128, 255]
    yield B1, (3,), [1, 0, 1]
    yield B1, (2,), [1, 1]
    # Lines that wrap.
    yield F8, (30,), (-1.0, 0.125)
    yield F4, (40,), (0.0, 0.1)
    yield I8, (50,), (-7, 3)
    yield I4, (60,), (99990, 1)
    yield B1, (20,), (0, 1)
    yield F8, (2, 25), (0.5, 1.25)
    yield F8, (2, 1, 21), (0.5, 1.25)
    yield F8, (12,), (1e-7, 1.1e-3)
    # Blocks.
    yield F4, (2, 3), (-1.0, 0.5)
    yield I8, (2, 3, 4), (0, 1)
    yield F8, (2, 2, 2, 2), (0.0, 0.25)
    yield I8, (1, 1, 1), [5]
    yield B1, (2, 2), [1, 0, 0, 1]
    yield U1, (3, 1), [1, 20, 255]
    # Empty ones.
    for shape in [(0,), (0, 3), (3, 0), (2, 0, 4)]:
        yield F4, shape, []
    # More than a thousand elements.
    yield I8, (1000,), (0, 1)
    yield I8, (1001,), (0, 1)
    yield F4, (100000,), (0.0, 0.5)
    yield F8, (40, 30), (-3.0, 0.01)
    yield F8, (7, 200), (0.0, 1.0)
    yield F8, (6, 200), (0.0, 1.0)
    yield I4, (11, 10, 12), (-100, 7)
    yield F4, (2, 3, 5, 100), (0.0, 0.125)
    yield B1, (2000, 1), (0, 1)
    yield F8, (1, 5000), (1e5, 1e4)
    yield I8, (300, 2, 2), (123456789, 1000000007)


if __name__ == "__main__":
    if np.__version__ != "1.24.2":
        sys.exit(f"this is NumPy {np.__version__}; the table is made with 1.24.2")
    table = "".join(case(*c) for c in cases())
    (pathlib.Path(__file__).parent / "printed.txt").write_text(table)
