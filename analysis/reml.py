"""Linear mixed model by profiled REML: random effects per group, safe at the boundary. Numbers only.

The criterion and its profile follow Bates, Mächler, Bolker & Walker (2015), "Fitting linear mixed-effects
models using lme4", section 3.4. The likelihood is written in cross-products per group; groups with the same
design share them, so a fit costs as much as there are different designs, not as there are persons.
"""

from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]

FLAT: Final = 1e-3
STEP: Final = 1e-4
SINGULAR: Final = 1e-6
NEGLIGIBLE: Final = 1e-7
EXACT: Final = 1e-8
TINY: Final = 1e-16
RUNAWAY: Final = 1e6


class RemlFit(Struct, frozen=True):
    """A fitted model: fixed effects, SDs of the random effects, residual SD, REML criterion.

    `cov` of β takes the variances as known (as lme4 prints it); `cov_observed` adds what their estimation
    costs. The second is the one for intervals: after drop-out that depends on earlier scores the first is
    too small.

    `corr` is the correlation of the first two random effects (NaN with one, or when an SD is 0); `blup`
    has a row per group in the order of `groups` (sorted labels).
    """

    beta: Floats
    cov: Floats
    cov_observed: Floats
    sd: Floats
    corr: float
    sigma: float
    criterion: float
    blup: Floats
    groups: NDArray[Any]
    converged: bool


class _Products(Struct, frozen=True):
    """Cross-products: of the whole, and summed over the groups that share a design (n of them).

    n has the shape (g, 1, 1); nzx is n·Z'X with the groups below each other.
    """

    rows: int
    xx: Floats
    xy: Floats
    yy: float
    n: Floats
    zz: Floats
    zx: Floats
    zy: Floats
    zyyz: Floats
    nzx: Floats


class _State(Struct, frozen=True):
    criterion: float
    gradient: Floats
    beta: Floats
    cov: Floats
    sigma2: float


def fit_reml(y: ArrayLike, X: ArrayLike, groups: ArrayLike, Z: ArrayLike) -> RemlFit:  # noqa: N803
    """Fit y = Xβ + Zu + e, u ~ N(0, T) per group, e ~ N(0, σ²), by restricted maximum likelihood.

    y (n,), X (n, p) of full column rank, groups (n,) labels, Z (n, q) with q = 1 or 2 in practice.
    `converged` is False when no optimum was found or the data hold hardly any residual variation.
    Raises ValueError on different lengths, missing numbers or n <= p.
    """
    outcome, fixed, random = (np.asarray(a, dtype=np.float64) for a in (y, X, Z))
    labels, group = np.unique(np.asarray(groups), return_inverse=True)
    _check(outcome, fixed, group, random)
    start = np.linalg.lstsq(fixed, outcome, rcond=None)[0]
    residual = outcome - fixed @ start
    residual[np.abs(residual) < EXACT * np.abs(outcome).max()] = 0
    scale = np.sqrt((random**2).mean(axis=0))
    zz, zx, zy = _per_group(group, random / scale, fixed, residual)
    products = _share(zz, zx, zy, fixed, residual)
    factor, state, converged = _optimum(products, len(scale))
    spread = np.diag(1 / scale) @ factor
    covariance = state.sigma2 * spread @ spread.T
    sd = np.sqrt(np.diag(covariance))
    _, inner = _inner(factor, zz)
    blup = np.einsum("gij,gj->gi", inner, zy - zx @ state.beta) / scale
    return RemlFit(
        beta=start + state.beta,
        cov=state.cov,
        cov_observed=_observed(factor, state, products),
        sd=sd,
        corr=float(covariance[0, 1] / (sd[0] * sd[1])) if len(sd) > 1 and sd[:2].all() else float("nan"),
        sigma=float(np.sqrt(state.sigma2)),
        criterion=state.criterion,
        blup=blup,
        groups=labels,
        converged=converged,
    )


def _check(y: Floats, x: Floats, group: NDArray[np.intp], z: Floats) -> None:
    if not (len(y) == len(x) == len(group) == len(z)):
        raise ValueError("y, X, groups and Z have different lengths")
    if len(y) <= x.shape[1]:
        raise ValueError("there are no more observations than fixed effects")
    if np.isnan(y).any() or np.isnan(x).any() or np.isnan(z).any():
        raise ValueError("missing numbers: leave those rows out")


def _per_group(group: NDArray[np.intp], z: Floats, x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """Z'Z (g, q, q), Z'X (g, q, p) and Z'y (g, q) of every group."""
    order = np.argsort(group, kind="stable")
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    z, x, y = z[order], x[order], y[order]
    zz = np.add.reduceat(z[:, :, None] * z[:, None, :], first)
    zx = np.add.reduceat(z[:, :, None] * x[:, None, :], first)
    return zz, zx, np.add.reduceat(z * y[:, None], first)


def _share(zz: Floats, zx: Floats, zy: Floats, x: Floats, y: Floats) -> _Products:
    """Sum the products of y over groups with one and the same design."""
    design = np.hstack([zz.reshape(len(zz), -1), zx.reshape(len(zx), -1)])
    _, where, kind, n = np.unique(design, axis=0, return_index=True, return_inverse=True, return_counts=True)
    sums, squares = np.zeros((len(n), zy.shape[1])), np.zeros((len(n), *zz.shape[1:]))
    np.add.at(sums, kind, zy)
    np.add.at(squares, kind, zy[:, :, None] * zy[:, None, :])
    times, zx = n.astype(np.float64)[:, None, None], zx[where]
    nzx = (times * zx).reshape(-1, x.shape[1])
    return _Products(len(y), x.T @ x, x.T @ y, float(y @ y), times, zz[where], zx, sums, squares, nzx)


def _inner(factor: Floats, zz: Floats) -> tuple[Floats, Floats]:
    """I + Λ'Z'ZΛ, and M = Λ(I + Λ'Z'ZΛ)⁻¹Λ', so that V⁻¹ = I - ZMZ' and u = MZ'(y - Xβ)."""
    core: Floats = np.eye(len(factor)) + factor.T @ zz @ factor
    inner: Floats = factor @ np.linalg.inv(core) @ factor.T
    return core, inner


def _state(factor: Floats, of: _Products) -> _State:
    """Criterion, its gradient in Λ (relative covariance factor), β and σ² at one Λ.

    criterion = log|V| + log|X'V⁻¹X| + (n - p)(1 + log 2πσ²), all relative to σ².
    """
    df = of.rows - len(of.xx)
    core, inner = _inner(factor, of.zz)
    mzx = (inner @ of.zx).reshape(of.nzx.shape)
    xx: Floats = of.xx - of.nzx.T @ mzx
    xy: Floats = of.xy - (mzx.T @ of.zy.reshape(-1, 1))[:, 0]
    yy = of.yy - float(np.vdot(inner, of.zyyz))
    cov = np.asarray(np.linalg.inv(xx), dtype=np.float64)
    beta = cov @ xy
    sigma2 = max((yy - float(xy @ beta)) / df, TINY * of.yy / of.rows, np.finfo(float).tiny)
    log_v = of.n[:, 0, 0] @ np.linalg.slogdet(core)[1]
    criterion = log_v + np.linalg.slogdet(xx)[1] + df * (1 + np.log(2 * np.pi * sigma2))
    gradient = 2 * _slope(inner, cov, beta, sigma2, of) @ factor
    return _State(float(criterion), gradient, beta, cov * sigma2, sigma2)


def _slope(inner: Floats, cov: Floats, beta: Floats, sigma2: float, of: _Products) -> Floats:
    """S of the gradient 2SΛ: Σ Z'V⁻¹Z - Z'V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹Z - Z'V⁻¹rr'V⁻¹Z/σ² over the groups."""
    weight: Floats = np.eye(inner.shape[1]) - of.zz @ inner
    zvx = weight @ of.zx
    fitted = (of.zx @ beta)[:, :, None]
    cross = of.zy[:, :, None] @ fitted.swapaxes(1, 2)
    residual = of.zyyz - cross - cross.swapaxes(1, 2) + of.n * (fitted @ fitted.swapaxes(1, 2))
    left = of.n * (of.zz - zvx @ cov @ of.zx.swapaxes(1, 2)) - weight @ residual / sigma2
    slope: Floats = (left @ weight.swapaxes(1, 2)).sum(axis=0)
    return slope


def _observed(factor: Floats, state: _State, of: _Products) -> Floats:
    """Covariance of β from the observed information: cov + J·2H⁻¹·J', J = ∂β/∂Λ, H = Hessian of the
    criterion.

    This is the β block of the inverse of the joint observed information (Kenward & Molenberghs 1998,
    "Likelihood based frequentist inference when data are missing at random").
    """
    lower = np.tril_indices(len(factor))
    rows, slopes = [], []
    for place in zip(*lower, strict=True):
        step = np.zeros_like(factor)
        step[place] = STEP
        above, below = _state(factor + step, of), _state(factor - step, of)
        slopes.append((above.beta - below.beta) / (2 * STEP))
        rows.append((above.gradient - below.gradient)[lower] / (2 * STEP))
    hessian, jacobian = np.array(rows), np.array(slopes)
    curvature, axes = np.linalg.eigh((hessian + hessian.T) / 2)
    known = curvature > SINGULAR * curvature.max()
    along = axes[:, known].T @ jacobian
    observed: Floats = state.cov + 2 * (along.T / curvature[known]) @ along
    return observed


def _optimum(of: _Products, q: int) -> tuple[Floats, _State, bool]:
    """The Λ with the lowest criterion, pulled to the boundary where that costs nothing."""
    lower = np.tril_indices(q)

    def unpack(theta: Floats) -> Floats:
        factor = np.zeros((q, q))
        factor[lower] = theta
        return factor

    def objective(theta: Floats) -> tuple[float, Floats]:
        if np.abs(theta).max() > RUNAWAY:
            return np.inf, np.zeros_like(theta)
        state = _state(unpack(theta), of)
        return state.criterion, state.gradient[lower]

    factor = unpack(minimize(objective, np.eye(q)[lower], jac=True, method="BFGS").x)
    state = _state(factor, of)
    for row in range(q):
        without = factor.copy()
        without[row] = 0
        alternative = _state(without, of)
        if alternative.criterion <= state.criterion + NEGLIGIBLE:
            factor, state = without, alternative
    flat = bool(np.abs(state.gradient[lower]).max() < FLAT)
    return factor, state, flat and state.sigma2 > EXACT * of.yy / of.rows > 0
