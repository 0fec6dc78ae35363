"""Prints the polynomial coefficients of MathF32 and MathF64 (needs mpmath).

Each is a weighted minimax fit by the Remez exchange on a fine grid. Coefficients are rounded to the
type one after another, lowest order first, and the rest is fitted again after each, so that what is
printed is what runs. The figure after a name is the largest relative error of the function fitted.
"""
import sys
from mpmath import mp, mpf, matrix, lu_solve
import numpy as np

mp.dps = 45


def remez(xs, g, w, first, count):
    """count coefficients c with w(x) |sum c_i x^(first+i) - g(x)| least in the maximum norm."""
    n = len(xs)
    ref = [int(round((n - 1) * (1 - np.cos(np.pi * i / count)) / 2)) for i in range(count + 1)]
    powers = [x**first for x in xs]
    for _ in range(30):
        a = matrix(count + 1, count + 1)
        b = matrix(count + 1, 1)
        for row, i in enumerate(ref):
            p = powers[i]
            for j in range(count):
                a[row, j] = p
                p *= xs[i]
            a[row, count] = mpf((-1) ** row) / w[i]
            b[row] = g[i]
        s = lu_solve(a, b)
        c = [s[j] for j in range(count)]
        err = [w[i] * (powers[i] * mp.polyval(c[::-1], xs[i]) - g[i]) for i in range(n)]
        # One extremum in each run of equal sign.
        peaks = []
        for i in range(n):
            if peaks and (err[i] > 0) == (err[peaks[-1]] > 0):
                if abs(err[i]) > abs(err[peaks[-1]]):
                    peaks[-1] = i
            else:
                peaks.append(i)
        while len(peaks) > count + 1:
            if len(peaks) == count + 2:
                peaks.pop(0 if abs(err[peaks[0]]) < abs(err[peaks[-1]]) else -1)
            else:
                k = min(range(len(peaks) - 1), key=lambda k: max(abs(err[peaks[k]]), abs(err[peaks[k + 1]])))
                del peaks[k : k + 2]
        if len(peaks) < count + 1 or peaks == ref:
            break
        ref = peaks
    return c, max(abs(e) for e in err)


def rounded(value, bits):
    if value == 0:
        return mpf(0)
    with mp.workprec(bits):
        return +value


def fit(name, g, w, lo, hi, count, bits, points=500):
    xs = [mpf(lo) + (mpf(hi) - mpf(lo)) * mpf(1 - np.cos(np.pi * (i + 0.5) / points)) / 2 for i in range(points)]
    gs = [g(x) for x in xs]
    ws = [w(x) for x in xs]
    rest = list(gs)
    def error(c):
        return max(abs(w * (mp.polyval(c[::-1], x) - g)) for x, w, g in zip(xs, ws, gs))

    ideal, best = remez(xs, gs, ws, 0, count)
    tries = [[rounded(c, bits) for c in ideal]]
    done = []
    for i in range(min(count, 4)):
        c, _ = remez(xs, rest, ws, i, count - i)
        done.append(rounded(c[0], bits))
        rest = [r - done[-1] * x**i for r, x in zip(rest, xs)]
        tries.append(done + [rounded(v, bits) for v in c[1:]])
    done = min(tries, key=error)
    err = error(done)
    print(f"{name}: ideal {mp.nstr(best, 3)}, rounded {mp.nstr(err, 3)} = {mp.nstr(err * mpf(2) ** bits, 3)} of 2^-{bits}")
    for i, c in enumerate(done):
        if bits == 24:
            print(f"  c{i} = {float(c).hex()} {np.float32(float(c))!r} {repr(float(np.float32(float(c))))}")
        else:
            print(f"  c{i} = {float(c).hex()} {float(c)!r}")
    sys.stdout.flush()


def near0(f, series, cut):
    """f with its Taylor value where a quotient would cancel."""
    return lambda x: series if abs(x) < mpf(cut) else f(x)


def main(which):
    for t, bits in (("32", 24), ("64", 53)):
        big = bits == 53
        def want(n):
            return not which or n + t in which or n in which
        if want("exp"):
            fit("EXPM1" + t, lambda r: (mp.expm1(r) - r) / r**2, lambda r: abs(r**2 / mp.expm1(r)), -0.3467, 0.3467,
                11 if big else 6, bits)
            fit("EXP" + t, lambda r: (mp.expm1(r) - r) / r**2, lambda r: abs(r**2 / mp.exp(r)), -0.3467, 0.3467,
                10 if big else 5, bits)
        if want("log"):
            if big:
                fit("LOG" + t, lambda z: (2 * mp.atanh(mp.sqrt(z)) / mp.sqrt(z) - 2) / z, lambda z: z / 2, mpf(10) ** -20, 0.02945,
                    7, bits)
            else:
                fit("LOG" + t, lambda f: (mp.log1p(f) - f + f * f / 2) / f**3, lambda f: abs(f**3 / mp.log1p(f)), -0.29292, 0.41423,
                    8, bits)
        if want("sin"):
            fit("SIN" + t, lambda z: (mp.sin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, lambda z: z * mp.sqrt(z) / mp.sin(mp.sqrt(z)), mpf(10) ** -20, 0.63,
                6 if big else 3, bits)
            fit("COS" + t, lambda z: (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2, lambda z: z**2 / mp.cos(mp.sqrt(z)), mpf(10) ** -15, 0.63,
                6 if big else 3, bits)
        if want("tanh"):
            fit("TANH" + t, lambda z: (mp.tanh(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, lambda z: z * mp.sqrt(z) / mp.tanh(mp.sqrt(z)), mpf(10) ** -20, mpf("0.55") ** 2,
                10 if big else 5, bits)
        if want("erf"):
            fit("ERF" + t, lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1, lambda z: mp.sqrt(z) / mp.erf(mp.sqrt(z)), mpf(10) ** -20, 0.81,
                12 if big else 7, bits)
        if want("erfcx"):
            for K in [mpf("3.5") if big else mpf(3)]:
                top = mpf(28) if big else mpf(11)
                def z_of(t):
                    return K * (1 + t) / (1 - t)
                def R(t):
                    z = z_of(t)
                    return mp.exp(z * z) * mp.erfc(z) * (z + K)
                for cnt in ((CN64 if big else CN32)):
                    fit(f"ERFCX{t} K={K} n={cnt}", R, lambda t: 1 / R(t), -1, (top - K) / (top + K), cnt, bits)

CN32 = [10, 11]
CN64 = [22, 24]
if __name__ == "__main__":
    main(sys.argv[1:])
