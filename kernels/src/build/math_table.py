"""Prints the reference table of MathF64Test (needs mpmath): name, x, f(x) as the sum of two doubles.

Points: random ones over the useful range, random exponents, and places where reductions are hard.
Doubles are printed as hexadecimal bit patterns.
"""
import math
import random
import struct
import sys
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


def precise(f):
    """At 160 bits: more than 100 are never lost here, and these functions take long."""

    def g(x):
        with mp.workprec(160):
            return f(x)

    return g


gammas = uniform(0.01, 3, 150) + uniform(2, 20, 100) + scales(-60, 60, 60, False) + [1 + v for v in scales(-20, -3, 20)] + [2 + v for v in scales(-20, -3, 20)] + near([0.5, 1.5, 2.5, 8.0, 12.0])
points["lgamma"] = (precise(mp.loggamma), gammas)
points["digamma"] = (precise(mp.digamma), gammas)
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

# Of two numbers, into a file of their own: name, x, y, and f(x, y) as the sum of two doubles.
if len(sys.argv) > 1:
    mp.prec = 2400
    pairs = {
        "pow": (
            lambda x, y: x**y,
            [(random.uniform(0, 3), random.uniform(-30, 30)) for _ in range(200)]
            + [(math.exp(random.uniform(-700, 700)), random.uniform(-1, 1)) for _ in range(200)]
            + [(1 + random.uniform(-1, 1) * 2.0 ** random.randint(-40, -4), random.uniform(-1, 1) * 2.0 ** random.randint(0, 40)) for _ in range(200)]
            + [(float(k), float(n)) for k in range(2, 12) for n in range(-5, 9)]
            + [(-1.5, 3.0), (-2.5, -4.0), (5e-324, 0.5), (5e-324, -0.9), (1e300, 1.02), (2.0, -1074.0), (2.0, -1060.0)],
        ),
        "atan2": (
            mp.atan2,
            [(random.uniform(-2, 2), random.uniform(-2, 2)) for _ in range(250)]
            + [(v, w) for v, w in zip(scales(-1000, 1000, 150), scales(-1000, 1000, 150))]
            + [(v, v * random.uniform(-3, 3)) for v in scales(-1000, 1000, 60)],
        ),
        "hypot": (
            lambda x, y: mp.sqrt(x * x + y * y),
            [(random.uniform(-2, 2), random.uniform(-2, 2)) for _ in range(200)]
            + [(v, v * random.uniform(-3, 3)) for v in scales(-1070, 1020, 150)],
        ),
    }
    pairs["polygamma"] = (
        lambda x, n: precise(lambda t: mp.polygamma(int(n), t))(x),
        [(random.uniform(0.05, 5), float(n)) for n in range(1, 7) for _ in range(25)]
        + [(random.uniform(5, 60), float(n)) for n in range(1, 7) for _ in range(15)]
        + [(random.uniform(-5, 0), float(n)) for n in range(1, 7) for _ in range(10)]
        + [(random.uniform(0.5, 50), float(n)) for n in (10, 20, 50) for _ in range(10)],
    )
    with open(sys.argv[1], "w") as out:
        print("# Made by src/build/math_table.py with mpmath at 2400 bits, seed 20261122.", file=out)
        print("# function, x, y, f(x, y) rounded to float64, what rounding left out: bit patterns of float64", file=out)
        for name, (f, xys) in pairs.items():
            for x, y in xys:
                z = f(mpf(x), mpf(y))
                hi = float(z)
                if not math.isinf(hi) and hi != 0:
                    print(name, bits(x), bits(y), bits(hi), bits(float(z - mpf(hi))), file=out)
