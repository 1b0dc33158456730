"""The life of one forked child: confine itself, then run cells and answer checks, and never speak unasked."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import socket
import sys
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

import numpy as np

from gradesmith.errors import SandboxRefused
from gradesmith.sandbox.answers import Answers
from gradesmith.sandbox.confinement import Policy, confine, die_with_parent
from gradesmith.sandbox.figures import CheckFigures
from gradesmith.sandbox.frames import Channel, Frame, OutOfTime, PartnerGone, ProtocolError
from gradesmith.sandbox.shell import NotebookShell, run_cell
from gradesmith.sandbox.variables import plain_values

PRINTED_ROOM = 200_000
SEED = 20_000


@dataclass(frozen=True, slots=True)
class Birth:
    """What a child is born with: its sockets, its box, and the policy it is to obey (``None``: unconfined).

    ``given`` is the folder from which its files are copied, where they do not lie in the box already.
    """

    coordinator: int
    checker: int
    box: str
    policy: Policy | None
    given: str = ""


class Interrupts:
    """Turns SIGINT into KeyboardInterrupt while a cell runs, and into nothing otherwise."""

    def __init__(self) -> None:
        self.armed = False
        signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self.armed:
            self.armed = False
            raise KeyboardInterrupt


class Child:
    """Serves the coordinator (cells, values) and the checker (questions) in turn."""

    def __init__(self, birth: Birth, shell: NotebookShell, confinement: str) -> None:
        self._confinement = confinement
        self._shell = shell
        self._coordinator = Channel(socket.socket(fileno=birth.coordinator))
        self._checker = Channel(socket.socket(fileno=birth.checker))
        self._answers = Answers(shell.user_module, self._printed)
        self._interrupts = Interrupts()
        self._figures = CheckFigures()

    def serve(self) -> None:
        """Answer until either partner hangs up."""
        poll = select.poll()
        for channel in (self._coordinator, self._checker):
            poll.register(channel, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == self._checker.fileno():
                    self._answer_checker()
                else:
                    self._answer_coordinator()

    def _answer_checker(self) -> None:
        frame = self._checker.receive()
        self._figures.checks_begin()
        self._shell.recorder.start(PRINTED_ROOM)
        sys.stdout, sys.stderr = self._shell.streams
        header, buffers = self._answers.answer(frame)
        self._checker.send(header, buffers)

    def _printed(self) -> str:
        printed = self._shell.recorder.record.printed()
        self._shell.recorder.start(0)
        return printed

    def _answer_coordinator(self) -> None:
        frame = self._coordinator.receive()
        self._figures.checks_end()
        match frame.header["op"]:
            case "greet":
                reply = {"confinement": self._confinement}
            case "cell":
                reply = self._run(frame)
            case _:
                reply = self._read(frame)
        self._coordinator.send({"nonce": frame.header["nonce"], **reply})

    def _run(self, frame: Frame) -> dict[str, Any]:
        self._interrupts.armed = True
        try:
            return run_cell(self._shell, frame.header["source"], frame.header["room"])
        except KeyboardInterrupt:
            return {"status": "interrupted", "outputs": [], "seconds": 0.0}
        finally:
            self._interrupts.armed = False

    def _read(self, frame: Frame) -> dict[str, Any]:
        namespace = self._shell.user_module.__dict__
        present = [name for name in frame.header["names"] if name in namespace]
        return {"values": plain_values({name: namespace[name] for name in present})}


def live(birth: Birth, shell: NotebookShell) -> NoReturn:
    """Live to the end, which is the zygote's at the latest; never returns to the zygote's code."""
    die_with_parent(signal.SIGKILL)
    try:
        if birth.given and os.listdir(birth.given):  # noqa: PTH208 - to be quick where nothing is given
            shutil.copytree(birth.given, birth.box, dirs_exist_ok=True)
        os.chdir(birth.box)
        confinement = "none" if birth.policy is None else str(confine(birth.policy))
        sys.path.insert(0, "")
        _seed_generators()
        Child(birth, shell, confinement).serve()
    except SandboxRefused as refusal:
        _decline(birth, refusal)
    except (PartnerGone, OutOfTime, ProtocolError):
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever happens, the child must not go on as a second zygote
        os._exit(70)
    os._exit(0)


def _seed_generators() -> None:
    """Have unseeded draws of the notebook come out the same whenever it is graded."""
    random.seed(SEED)
    np.random.seed(SEED)


def _decline(birth: Birth, refusal: SandboxRefused) -> NoReturn:
    """Answer the coordinator's greeting with the reason why this child can't live."""
    channel = Channel(socket.socket(fileno=birth.coordinator))
    nonce = channel.receive().header["nonce"]
    channel.send({"nonce": nonce, "refused": refusal.message, "remedy": refusal.remedy})
    os._exit(0)
