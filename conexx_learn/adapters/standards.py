"""What ships with the product as data: the usual job profiles."""

from functools import cache
from pathlib import Path

from conexx_learn.domain.job_profiles import ShippedProfile, read_shipped_profiles

JOB_PROFILES = Path(__file__).parents[1] / "standards" / "job_profiles.toml"


@cache
def shipped_profiles() -> tuple[ShippedProfile, ...]:
    """Return the job profiles of the product, in the order of their file."""
    return read_shipped_profiles(JOB_PROFILES.read_text(encoding="utf-8"))
