# Wrote scipy-numpy-distances.csv: python scipy-numpy-distances.py > scipy-numpy-distances.csv
import numpy as np, scipy
from scipy.stats import ks_2samp
class SplitMix64:
    def __init__(self, seed): self.state = seed
    def uniform(self):
        M = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & M
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
        z ^= z >> 31
        return (z >> 11) * 2.0 ** -53

def sample(r, n, shift, steps, atom, missing):
    out = []
    for _ in range(n):
        what = r.uniform()
        value = r.uniform() + r.uniform() + shift
        if what < missing: value = np.nan
        elif what < missing + atom: value = 0.75
        elif steps > 0: value = np.floor(value * steps) / steps
        out.append(value)
    return np.array(out)

def inputs(seed):
    r = SplitMix64(seed)
    n = 50 + int(r.uniform() * 1500)
    m = 20 + int(r.uniform() * 500)
    steps = int(r.uniform() * 40) - 15
    atom = max(0.0, r.uniform() * 0.8 - 0.4)
    missing = max(0.0, r.uniform() * 0.6 - 0.3)
    shift = max(0.0, r.uniform() * 0.8 - 0.3)
    return sample(r, n, 0.0, steps, atom, missing), sample(r, m, shift, steps, atom, missing)

def edges(x):
    x = np.sort(x[~np.isnan(x)]); n = len(x)
    found = set()
    for k in range(1, 10):
        e = x[-(-k * n // 10) - 1]
        found.add(e)
        if np.sum(x == e) * 10 > n: found.add(np.nextafter(e, -np.inf))
    return np.array(sorted(found))

def counts(x, e):
    c = np.bincount(np.searchsorted(e, x[~np.isnan(x)], side="left"), minlength=len(e) + 1)
    return np.append(c, np.isnan(x).sum())

def psi(a, b):
    e = edges(a); c, d = counts(a, e), counts(b, e)
    used = (c > 0) | (d > 0); B = used.sum()
    p = ((c + .5) / (c.sum() + .5 * B))[used]; q = ((d + .5) / (d.sum() + .5 * B))[used]
    value = np.sum((q - p) * np.log(q / p))
    return value, value - (B - 1) * (1 / c.sum() + 1 / d.sum())

print("# scipy %s: ks_2samp(a[~isnan(a)], b[~isnan(b)]).statistic; numpy %s: sum((q-p)*log(q/p)), p=(c+.5)/(c.sum()+.5*B), and the same - (B-1)*(1/N+1/M)" % (scipy.__version__, np.__version__))
print("# one line a seed, from 1 on; a and b are made alike in DistancesOracleTest")
for seed in range(1, 1001):
    a, b = inputs(seed)
    d = ks_2samp(a[~np.isnan(a)], b[~np.isnan(b)], method="asymp").statistic
    print("%.13g,%.13g,%.13g" % (d, *psi(a, b)))
