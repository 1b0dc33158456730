"""All operators, the special ones first: of two that make the same mutant, the first names it."""

from __future__ import annotations

from gradesmith.rules.mutation import general, learning
from gradesmith.rules.mutation.sites import Operator

OPERATORS: tuple[Operator, ...] = (
    learning.axis_changed,
    learning.ddof_changed,
    learning.summary_exchanged,
    learning.extreme_exchanged,
    learning.train_test_swapped,
    learning.fitted_on_test,
    learning.matrix_transposed,
    learning.metric_exchanged,
    learning.average_exchanged,
    learning.abs_forgotten,
    learning.log_base_changed,
    learning.epsilon_forgotten,
    learning.sorting_forgotten,
    learning.input_changed,
    learning.seed_forgotten,
    general.slice_off_by_one,
    general.comparison_shifted,
    general.comparison_turned,
    general.and_or,
    general.arithmetic_exchanged,
    general.operand_dropped,
    general.update_exchanged,
    general.condition_negated,
    general.branch_forgotten,
    general.filter_forgotten,
    general.sign_dropped,
    general.truth_flipped,
    general.constant_moved,
    general.arguments_swapped,
    general.results_swapped,
    general.keyword_dropped,
    general.statement_dropped,
    general.returned_early,
    general.loop_left_early,
)
