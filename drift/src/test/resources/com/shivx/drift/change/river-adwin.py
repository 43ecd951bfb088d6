# Wrote river-adwin.csv: python river-adwin.py > river-adwin.csv
import river
from river.drift import ADWIN

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

def level(shape, i, n):
    if shape == "none": return 0.0
    if shape == "abrupt": return 0.0 if i < n // 2 else 1.0
    if shape == "gradual": return min(1.0, max(0.0, (i - n / 4) / (n / 2)))
    if shape == "cycles": return float(i // 1500 % 2)

def stream(kind, shape, seed, n, before, after):
    r = SplitMix64(seed)
    for i in range(n):
        a = before + (after - before) * level(shape, i, n)
        u = r.uniform()
        yield (1.0 if u < a else 0.0) if kind == "error" else u * u * a

cases = []
seed = 0
for kind in ("error", "loss"):
    for shape in ("none", "abrupt", "gradual", "cycles"):
        for n, before, after in ((300, 0.2, 0.8), (1000, 0.3, 0.6), (5000, 0.55, 0.65), (5000, 0.6, 0.3), (20000, 0.5, 0.56), (60000, 0.4, 0.45)):
            seed += 1
            cases.append((kind, shape, seed, n, before, after))
print("# river %s: for each value of the stream, adwin = river.drift.ADWIN(); adwin.update(value); where adwin.drift_detected" % river.__version__)
print("# kind, shape, seed, values, before, after: width and estimation after the last value: where changes were detected")
for c in cases:
    a = ADWIN(); found = []
    for i, v in enumerate(stream(*c)):
        a.update(v)
        if a.drift_detected: found.append(i)
    print("%s,%s,%d,%d,%s,%s:%d,%.12g:%s" % (*c, a.width, a.estimation, " ".join(map(str, found))))
