"""The beta behind weights that an effective number made all but equal."""

from ...model import GivenProfile

USUAL = (0.9, 0.99, 0.999, 0.9999)


def explained_by_beta(weights: GivenProfile, values: tuple[float, ...]) -> float | None:
    """The beta, None where the weights are not of this scheme. A saturated weight is 1 - beta."""
    given = weights.given.beta
    if given is not None and 0 < given < 1:
        return given
    if weights.scheme.startswith("effective-number"):
        return float(weights.scheme.rsplit(" ", 1)[-1])
    level = sum(values) / len(values)
    return next((beta for beta in USUAL if abs(level / (1 - beta) - 1) < 0.03), None)
