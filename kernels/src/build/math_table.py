"""Prints the reference table of MathF64Test (needs mpmath): name, x, f(x) as the sum of two doubles.

Points: random ones over the useful range, random exponents, and places where reductions are hard.
Doubles are printed as hexadecimal bit patterns.
"""
import math
import random
import struct
from mpmath import mp, mpf

mp.prec = 2400
random.seed(20261122)


def bits(v):
    return struct.pack(">d", v).hex()


def near(values):
    out = []
    for v in values:
        out += [v, math.nextafter(v, math.inf), math.nextafter(v, -math.inf)]
    return out


def uniform(a, b, n):
    return [random.uniform(a, b) for _ in range(n)]


def scales(lo, hi, n, sign=True):
    return [random.choice([-1, 1] if sign else [1]) * math.ldexp(random.uniform(1, 2), random.randint(lo, hi)) for _ in range(n)]


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def gelu(x):
    return x * mp.erfc(-x / mp.sqrt(2)) / 2


small = scales(-1074, -20, 20)
halves = near([k * math.pi / 2 for k in (1, 2, 3, 4, 5, 11, 22, 355, 710, 52174, 104348)] + [math.pi / 4 * k for k in (1, 3, 5, 7)])
trig = uniform(-4, 4, 150) + uniform(-1e3, 1e3, 100) + uniform(-1e9, 1e9, 100) + scales(31, 1023, 60) + small + halves + near([2.0**30]) + [
    float.fromhex("0x1.921fb54442d18p0") * k for k in range(1, 40)] + [6381956970095103.0 * 2.0**797]
points = {
    "exp": (mp.exp, uniform(-1, 1, 150) + uniform(-20, 20, 150) + uniform(-744, 709, 200) + small + near([0.34657359, -708.39641853226408, 709.0, -745.0])),
    "expm1": (mp.expm1, uniform(-1, 1, 250) + uniform(-40, 40, 150) + uniform(0, 709, 60) + scales(-30, -1, 60) + small + near([0.34657359, -0.34657359, 1.0397])),
    "log": (mp.log, uniform(0.5, 2, 250) + scales(-1074, 1023, 150, False) + [1 + v for v in scales(-50, -2, 100)] + near([math.sqrt(0.5), math.sqrt(2)])),
    "log1p": (mp.log1p, uniform(-0.99, 2, 250) + scales(-1074, 1023, 60, False) + scales(-60, -2, 150) + small + near([math.sqrt(0.5) - 1, math.sqrt(2) - 1, 1.0])),
    "sin": (mp.sin, trig),
    "cos": (mp.cos, trig),
    "tanh": (mp.tanh, uniform(-1, 1, 250) + uniform(-22, 22, 150) + scales(-30, -1, 60) + small + near([0.55, 19.0])),
    "sigmoid": (sigmoid, uniform(-5, 5, 250) + uniform(-744, 40, 150) + small),
    "silu": (lambda x: x * sigmoid(x), uniform(-5, 5, 250) + uniform(-750, 40, 150) + small),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), uniform(-5, 5, 250) + uniform(-744, 40, 150) + small),
    "gelu": (gelu, uniform(-3, 3, 250) + uniform(-38.4, 9, 250) + scales(-30, -1, 60) + small),
    "erf": (mp.erf, uniform(-1.5, 1.5, 300) + uniform(-6, 6, 200) + scales(-30, -1, 60) + small + near([0.9])),
    "tan": (mp.tan, trig),
    "asin": (mp.asin, uniform(-1, 1, 250) + scales(-40, -1, 60) + small + near([0.125, 0.5, -0.75, 1 - 1e-9])),
    "acos": (mp.acos, uniform(-1, 1, 250) + scales(-40, -1, 60) + small + near([0.125, 0.5, -0.75, 1 - 1e-9])),
    "atan": (mp.atan, uniform(-1, 1, 200) + uniform(-20, 20, 100) + scales(-40, 200, 60) + small + near([k / 16 for k in range(1, 18)])),
    "sinh": (mp.sinh, uniform(-2, 2, 200) + uniform(-710, 710, 100) + scales(-40, -1, 60) + small + near([1.0, 22.0, 709.9, 710.4])),
    "cosh": (mp.cosh, uniform(-2, 2, 200) + uniform(-710, 710, 100) + scales(-40, -1, 60) + small + near([1.0, 22.0, 709.9, 710.4])),
    "asinh": (mp.asinh, uniform(-2, 2, 200) + scales(-40, 200, 150) + small + near([2.0**-28, 2.0**54])),
    "acosh": (mp.acosh, uniform(1, 2, 200) + scales(0, 200, 100, False) + [1 + abs(v) for v in scales(-50, -2, 100)] + near([2.0**54])),
    "atanh": (mp.atanh, uniform(-1, 1, 250) + scales(-40, -1, 60) + small + near([2.0**-28]) + [1 - abs(v) for v in scales(-50, -2, 60)]),
    "exp2": (lambda x: mpf(2) ** x, uniform(-1, 1, 150) + uniform(-1074, 1024, 150) + small + near([0.5, -0.5, 1.5])),
    "log2": (lambda x: mp.log(x) / mp.log(2), uniform(0.5, 2, 150) + scales(-1074, 1023, 150, False) + [1 + v for v in scales(-50, -2, 60)]),
    "log10": (lambda x: mp.log(x) / mp.log(10), uniform(0.5, 2, 150) + scales(-1074, 1023, 150, False) + [1 + v for v in scales(-50, -2, 60)]),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), uniform(-10, 10, 200) + scales(-1074, 1023, 150)),
    "erfc": (mp.erfc, uniform(-1.5, 1.5, 200) + uniform(-6, 26, 200) + small + near([0.5, -0.5, 26.5])),
}
print("# Made by src/build/math_table.py with mpmath at 2400 bits, seed 20261122.")
print("# function, x, f(x) rounded to float64, what rounding left out: bit patterns of float64")
for name, (f, xs) in points.items():
    for x in xs:
        x = float(x)
        y = f(mpf(x))
        hi = float(y)
        if math.isinf(hi):
            continue
        print(name, bits(x), bits(hi), bits(float(y - mpf(hi))))
