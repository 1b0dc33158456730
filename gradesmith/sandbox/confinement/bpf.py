"""A small assembler for seccomp filters: rules in, classic BPF out.

A filter sees the call's number, the processor mode and the six argument words, never what a pointer points to. Only
the low half of an argument is compared: every argument we judge is a 32-bit integer to the kernel.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_IF_EQUAL: Final = 0x15
_JUMP_IF_AT_LEAST: Final = 0x35
_AND: Final = 0x54
_RETURN: Final = 0x06

_OFFSET_NUMBER: Final = 0
_OFFSET_ARCHITECTURE: Final = 4
_OFFSET_ARGUMENTS: Final = 16

ALLOW: Final = 0x7FFF0000
KILL_PROCESS: Final = 0x80000000
ASK: Final = 0x7FC00000  # whoever holds the filter's listener (SECCOMP_RET_USER_NOTIF)


def errno_verdict(code: int) -> int:
    """Answer the call with an errno instead of making it; 0 pretends that it succeeded."""
    return 0x00050000 | code


@dataclass(frozen=True, slots=True)
class Among:
    """Holds when an argument, under a mask, is one of some values."""

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Rule:
    """The verdict on one call: ``then`` when all conditions hold, ``otherwise`` when one does not."""

    number: int
    then: int
    conditions: tuple[Among, ...] = ()
    otherwise: int = 0


def instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """One BPF instruction; jumps count the instructions to skip."""
    return struct.pack("=HBBI", code, if_true, if_false, operand & 0xFFFFFFFF)


def assemble(architecture: int, foreign_from: int | None, blocks: bytes, default: int) -> bytes:
    """Assemble a whole filter around the ``blocks`` of its rules.

    A call of another architecture kills the process, as does a number from ``foreign_from`` on (x86-64's x32 calls).
    """
    head = [
        instruction(_LOAD, _OFFSET_ARCHITECTURE),
        instruction(_JUMP_IF_EQUAL, architecture, 1, 0),
        instruction(_RETURN, KILL_PROCESS),
        instruction(_LOAD, _OFFSET_NUMBER),
    ]
    if foreign_from is not None:
        head += [instruction(_JUMP_IF_AT_LEAST, foreign_from, 0, 1), instruction(_RETURN, KILL_PROCESS)]
    return b"".join([*head, blocks, instruction(_RETURN, default)])


def blocks_of(rules: Iterable[Rule]) -> bytes:
    """Assemble rules for different calls, to be put together with others in any order."""
    blocks: list[bytes] = []
    for rule in rules:
        body = _judge(rule)
        blocks += [instruction(_JUMP_IF_EQUAL, rule.number, 0, len(body)), *body]
    return b"".join(blocks)


def _judge(rule: Rule) -> list[bytes]:
    """The verdict as a block that always returns, so that a loaded argument never meets the next rule's number."""
    body: list[bytes] = []
    for condition in rule.conditions:
        body += _demand(condition, rule.otherwise)
    return [*body, instruction(_RETURN, rule.then)]


def _demand(condition: Among, otherwise: int) -> list[bytes]:
    """Fall through when the condition holds, return ``otherwise`` when it does not."""
    count = len(condition.values)
    comparisons = [
        instruction(_JUMP_IF_EQUAL, value, count - position, 0) for position, value in enumerate(condition.values)
    ]
    return [
        instruction(_LOAD, _OFFSET_ARGUMENTS + 8 * condition.argument),
        instruction(_AND, condition.mask),
        *comparisons,
        instruction(_RETURN, otherwise),
    ]
