"""The gradient of log vol(O_W), where the singular values differ: its derivative by each."""

from dlnproof.referee.geometry import adds, adds_too, by_value, entropy_slope, states, wrong

half_root = lambda p, i, l: p.t[i] / p.s[i] / (p.t[i] - p.t[l]) / p.N  # of log |t_i - t_l|


@states("entropy-gradient", said="aece8a57c9c525cdc40b88c382d43121")
@wrong("unhalved", first=lambda *x: 2 * adds(*x), second=lambda *x: 2 * adds_too(*x))
@wrong("of-the-density", first=lambda *x: -adds(*x), second=lambda *x: -adds_too(*x))
@wrong("undivided", first=lambda *x: adds(*x, x[0].N), second=lambda *x: adds_too(*x, x[0].N))
@wrong("values-alone", first=by_value)
@wrong("roots-unsquared", first=lambda *x: by_value(*x) - half_root(*x))
def entropy_gradient(p, first=adds, second=adds_too):
    """What pairs i < l add by sigma_i and by sigma_l."""
    for i in range(p.d if len(set(p.t)) == p.d else 0):
        pairs = [second(p, l, i) for l in range(i)] + [first(p, i, l) for l in range(i + 1, p.d)]
        yield entropy_slope(p, i), sum(pairs)
