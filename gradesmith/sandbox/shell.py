"""The IPython shell that runs a notebook's cells, and the record of what they printed and showed."""

from __future__ import annotations

import base64
import builtins
import io
import json
import re
import sys
import time
from types import ModuleType
from typing import Any, NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import EscapedCommand, HelpEnd, MagicAssign, SystemAssign, TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Instance
from traitlets.config import Config

from gradesmith.sandbox.figures import show_as_png

Output = dict[str, Any]
FRAME_OF_A_STREAM = 60  # bytes that a stream takes in a notebook without its text
# Without one of these a cell is nothing but Python: a line that begins with an escape (lines as `str.splitlines` has
# them), the assignment of a magic's or a program's output, or a question.
PERHAPS_NOT_PYTHON = re.compile(r"(?:^|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])[ \t]*[%!?,;/]|=[\s\\]*[%!]|\?")
USUAL = [MagicAssign, SystemAssign, EscapedCommand, HelpEnd]
NO_PROGRAMS = "gradesmith: other programs are not run here, so this line was left out: {}\n"
FOREIGN_LINES = ("pip", "conda", "mamba", "micromamba", "uv", "sx", "system", "sc")
FOREIGN_CELLS = ("bash", "sh", "script", "sx", "system", "!", "perl", "ruby", "python", "python3", "pypy", "cmd")


class Record:
    """The outputs of one cell (or of one call of a check), up to a number of bytes."""

    def __init__(self, room: int) -> None:
        self.outputs: list[Output] = []
        self._room = room
        self._full = False

    def text(self, name: str, written: str) -> None:
        """Add text to a stream."""
        written = written[: max(self._room, 0) + 1]
        last = self.outputs[-1] if self.outputs else {}
        goes_on = last.get("output_type") == "stream" and last["name"] == name
        if not self._take(len(written) + (0 if goes_on else FRAME_OF_A_STREAM)):
            return
        if goes_on:
            last["text"].append(written)
        else:
            self.outputs.append({"output_type": "stream", "name": name, "text": [written]})

    def add(self, output: Output) -> None:
        """Add any other output."""
        if self._take(len(json.dumps(output, default=str))):
            self.outputs.append(output)

    def clear(self) -> None:
        """Forget what was shown so far."""
        self.outputs.clear()

    def _take(self, size: int) -> bool:
        self._room -= size
        if self._room < 0 and not self._full:
            self._full = True
            notice = "\ngradesmith: too much output; the rest was left out\n"
            self.outputs.append({"output_type": "stream", "name": "stderr", "text": [notice]})
        return self._room >= 0

    def finished(self) -> list[Output]:
        """The outputs, each stream's text in one piece."""
        return [
            {**one, "text": "".join(one["text"])} if one["output_type"] == "stream" else one for one in self.outputs
        ]

    def printed(self) -> str:
        """All that was printed, whatever the stream."""
        return "".join("".join(one["text"]) for one in self.outputs if one["output_type"] == "stream")


class Recorder:
    """Where all outputs go: to the record of the moment, or nowhere."""

    def __init__(self) -> None:
        self.record = Record(0)

    def start(self, room: int) -> Record:
        """Begin a new record."""
        self.record = Record(room)
        return self.record


class Stream(io.TextIOBase):
    """A text stream that writes into the record of the moment."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, recorder: Recorder, name: str) -> None:
        self._recorder = recorder
        self._name = name
        self.buffer = _Bytes(self)

    @property
    def name(self) -> str:
        """The stream's name, like that of a file."""
        return f"<{self._name}>"

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, written: str) -> int:
        """Record some text."""
        if not isinstance(written, str):
            raise TypeError(f"write() argument must be str, not {type(written).__name__}")
        self._recorder.record.text(self._name, written)
        return len(written)


class _Bytes(io.RawIOBase):
    """The stream below a stream: bytes that are text."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, written: Any) -> int:
        content = bytes(written)
        self._stream.write(content.decode("utf-8", "replace"))
        return len(content)


class Publisher(DisplayPublisher):
    """Records what ``display`` shows."""

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_others: Any) -> None:  # noqa: ARG002
        """Record one display."""
        shell: Any = self.shell
        shown = {"output_type": "display_data", "data": _bundle(data), "metadata": _plain(metadata or {})}
        shell.recorder.record.add(shown)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - IPython's signature
        """Forget what this cell has shown."""
        shell: Any = self.shell
        shell.recorder.record.clear()


class Result(DisplayHook):
    """Records the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Nothing: the number travels with the result."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Record one result."""
        shell: Any = self.shell
        shell.recorder.record.add(
            {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": _bundle(format_dict),
                "metadata": _plain(md_dict or {}),
            }
        )

    def finish_displayhook(self) -> None:
        """Nothing to flush."""
        self._is_active = False


def _bundle(data: Any) -> dict[str, Any]:
    return {str(mime): _content(content) for mime, content in dict(data).items()}


def _content(content: Any) -> Any:
    if isinstance(content, bytes):
        return base64.b64encode(content).decode("ascii")
    return content if isinstance(content, str) else _plain(content)


def _plain(content: Any) -> Any:
    return json.loads(json.dumps(content, default=str, allow_nan=True))


class Transformers(TransformerManager):
    """IPython's to the same effect, but only cells that may have a magic are tokenized in search of one."""

    def do_token_transforms(self, lines: list[str]) -> Any:
        """Turn magics into Python."""
        if self.token_transformers == USUAL and not PERHAPS_NOT_PYTHON.search("".join(lines)):
            return lines
        transform: Any = super().do_token_transforms
        return transform(lines)


class NotebookShell(InteractiveShell):
    """An IPython without terminal, history, threads and other programs."""

    input_transformer_manager = Instance(Transformers, ())
    recorder: Recorder
    streams: tuple[Stream, Stream]
    _quiet = False

    def init_io(self) -> None:
        """Leave the streams to `hear`."""

    def should_run_async(self, raw_cell: str, *, transformed_cell: str | None = None, **others: Any) -> bool:
        """Whether a cell awaits something at its top level; to find out, IPython compiles it once more."""
        if transformed_cell is not None and "await" not in transformed_cell and "async" not in transformed_cell:
            return False
        return bool(super().should_run_async(raw_cell, transformed_cell=transformed_cell, **others))

    def enable_gui(self, gui: str | None = None) -> None:
        """There are no windows, so no event loop either."""

    def system(self, cmd: str) -> None:
        """Say that ``!cmd`` is not run."""
        sys.stderr.write(NO_PROGRAMS.format(cmd))

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:  # noqa: ARG002, FBT001, FBT002
        """Say that ``x = !cmd`` is not run, and give back nothing."""
        self.system(cmd)
        return [] if split else ""

    def enable_matplotlib(self, gui: str | None = None) -> Any:
        """Show figures inline, whatever was asked for: there is no window here."""
        if gui not in {None, "inline", "auto", "agg"}:
            sys.stderr.write(f"gradesmith: figures are shown inline, not in {gui}\n")
        enable: Any = super().enable_matplotlib
        enabled = enable("inline")
        show_as_png(self)
        return enabled

    def draw_nothing(self, *, quiet: bool) -> None:
        """Leave out pictures, tables and tracebacks where nobody will see them: they take most of a cell's time."""
        self._quiet = quiet
        formatter: Any = self.display_formatter
        wanted = ["text/plain"] if quiet else formatter.format_types
        if formatter.active_types != wanted:  # to set what is set already takes longer than a short cell
            formatter.active_types = wanted

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **named: Any) -> None:
        """Show what went wrong; where nobody sees that, only remember it."""
        if self._quiet:
            sys.last_type, sys.last_value, sys.last_traceback = exc_tuple or sys.exc_info()
            return
        show: Any = super().showtraceback
        show(exc_tuple, *args, **named)

    def _format_exception_for_storage(self, exception: BaseException, *_others: Any, **_named: Any) -> dict[str, Any]:
        """Name the error that ``%notebook`` would write down, without drawing its traceback once more for that."""
        return {"ename": type(exception).__name__, "evalue": str(exception), "traceback": []}

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.recorder.record.add(
            {
                "output_type": "error",
                "ename": str(getattr(etype, "__name__", etype)),
                "evalue": str(evalue),
                "traceback": [str(line) for line in stb],
            }
        )


def make_shell(main: ModuleType) -> NotebookShell:
    """Make the one shell of this process, with ``main`` as its namespace; nothing is recorded yet."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    settings.InteractiveShell.banner1 = ""
    shell: NotebookShell = NotebookShell.instance(
        config=settings, user_module=main, display_pub_class=Publisher, displayhook_class=Result
    )
    shell.recorder = Recorder()
    shell.draw_nothing(quiet=False)
    for name in FOREIGN_LINES:
        shell.register_magic_function(_left_out(shell, f"%{name}"), "line", name)
    for name in FOREIGN_CELLS:
        shell.register_magic_function(_left_out(shell, f"%%{name}"), "cell", name)
    return shell


def _left_out(shell: NotebookShell, name: str) -> Any:
    def magic(line: str, _cell: str = "") -> None:
        shell.system(f"{name} {line}".rstrip())

    return magic


def hear(shell: NotebookShell) -> None:
    """Take over the standard streams, and say that nobody is there to answer ``input``."""
    shell.streams = (Stream(shell.recorder, "stdout"), Stream(shell.recorder, "stderr"))
    sys.stdout, sys.stderr = shell.streams
    sys.stdin = io.StringIO()
    builtins.input = _nobody_answers
    shell.user_ns.pop("input", None)


def _nobody_answers(_prompt: object = "") -> NoReturn:
    raise RuntimeError("input() can't be used: nobody is there to type when the notebook is graded")


def run_cell(shell: NotebookShell, source: str, room: int) -> dict[str, Any]:
    """Run one cell and tell how it ended, with its outputs as nbformat 4 has them."""
    record = shell.recorder.start(room)
    shell.draw_nothing(quiet=room <= 0)
    sys.stdout, sys.stderr = shell.streams
    started = time.perf_counter()
    run: Any = shell.run_cell
    result = run(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    status = "ran" if error is None else "interrupted" if isinstance(error, KeyboardInterrupt) else "raised"
    shell.recorder.start(0)
    return {"status": status, "outputs": record.finished(), "seconds": time.perf_counter() - started}
