"""Mutants: a solution with one small fault each, as learners make them. Checks that are any good tell them apart."""

from gradesmith.rules.mutation.mutants import Mutant, mutants
from gradesmith.rules.mutation.operators import OPERATORS

__all__ = ["OPERATORS", "Mutant", "mutants"]
