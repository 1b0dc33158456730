"""Questions proven before they are used: verify them, certify them, and ask for the certificate."""

from gradesmith.workflows.verify.certify import Uncertified, must_be_certified
from gradesmith.workflows.verify.verification import Settings, Verified, judge_bank, verify

__all__ = ["Settings", "Uncertified", "Verified", "judge_bank", "must_be_certified", "verify"]
