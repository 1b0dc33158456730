"""Prove by behaviour, on decoys, that confinement holds on this machine."""

from gradesmith.sandbox.confinement.canary.acts import Act, Decoys
from gradesmith.sandbox.confinement.canary.song import ACTS, Finding, canary, decoys

__all__ = ["ACTS", "Act", "Decoys", "Finding", "canary", "decoys"]
