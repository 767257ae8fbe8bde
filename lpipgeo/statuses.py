"""Statuses of a value: how it came about, and how it may be used.

A value is never shown as measured where it is not. Each status has a word for
legends and tables, a sentence that explains it and two rules: whether a value
stands behind it, and whether the value may be ranked.
"""

from __future__ import annotations

from dataclasses import dataclass

from lpipgeo.errors import UnknownStatusError


@dataclass(frozen=True)
class Status:
    """One way in which a value came about.

    Attributes
    ----------
    id : as in tables and URLs
    label : as on screen
    about : one sentence for people who do not know statistics
    has_value : False where the value is always null
    is_ranked : whether the value may stand in a rank or a "highest" list
    texture : how the map draws it: plain, or a texture that no other status has
    is_observed : False where only we make it, so that no observation may have it
    """

    id: str
    label: str
    about: str
    has_value: bool = True
    is_ranked: bool = True
    texture: str = "plain"
    is_observed: bool = True


STATUSES: dict[str, Status] = {
    status.id: status
    for status in (
        Status("published", "Published", "The publisher's own figure for this area."),
        Status(
            "aggregated",
            "Worked out",
            "Worked out by us from the publisher's figures of the smaller areas "
            "inside; where those are a model's, so is this one.",
        ),
        Status(
            "converted",
            "Converted",
            "Worked out from areas whose boundaries differ from this one, so it is "
            "an estimate.",
            texture="slanted",
        ),
        Status(
            "inherited",
            "Inherited",
            "The figure of the larger area that this one lies in; it was not "
            "measured here.",
            is_ranked=False,
            texture="dotted",
        ),
        Status(
            "modelled",
            "Modelled",
            "Estimated by the publisher's model, not counted in this area.",
            texture="ringed",
        ),
        Status(
            "provisional",
            "Provisional",
            "The publisher may still revise this figure.",
        ),
        Status(
            "not_ranked",
            "Not ranked",
            "A figure that would mislead in a ranking, such as a company's fleet "
            "address or a sample of a few people; it is left out of ranks.",
            is_ranked=False,
            texture="crossed",
        ),
        Status(
            "own",
            "Your own",
            "From a file that you opened; we did not check it.",
            is_ranked=False,
            is_observed=False,
        ),
        Status(
            "change",
            "Change",
            "The later figure minus the earlier one, worked out by us.",
            is_observed=False,
        ),
        Status(
            "unclear_change",
            "No clear change",
            "The limits of the two figures overlap, so the change may be chance.",
            is_ranked=False,
            texture="dashed",
            is_observed=False,
        ),
        Status(
            "suppressed",
            "Suppressed",
            "Withheld by the publisher because the numbers are small.",
            has_value=False,
            is_ranked=False,
            texture="outline",
        ),
        Status(
            "not_available",
            "No data",
            "There is no figure for this area.",
            has_value=False,
            is_ranked=False,
            texture="hatched",
        ),
    )
}


def find_status(status_id: str) -> Status:
    """Return the status with this id; raise UnknownStatusError with suggestions."""
    try:
        return STATUSES[status_id]
    except KeyError:
        labels = {status.id: status.label for status in STATUSES.values()}
        raise UnknownStatusError(status_id, labels) from None
