"""The command ``gradesmith``: finds the sub-command, runs it, and turns errors into words and exit codes.

Exit codes: 0 fine, 1 findings (or something that could not be done), 2 usage, 3 our own fault.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from gradesmith import __version__
from gradesmith.cli.group import CommandGroup
from gradesmith.errors import GradesmithError


class Entry(NamedTuple):
    """Where a command lives, and its one line in the help: so that help loads no command."""

    place: str
    help: str


COMMANDS = {
    "bank": Entry("gradesmith.cli.bank:bank", "Look after the question bank."),
    "build": Entry("gradesmith.cli.author:build", "Write source and release notebooks from the bank."),
    "assemble": Entry("gradesmith.cli.assemble:assemble", "Plan the forms that a class would get, and release none."),
    "release": Entry("gradesmith.cli.release:release", "Freeze forms into the gradebook and hand them out."),
    "forms": Entry("gradesmith.cli.release:forms", "List who has which frozen form."),
    "paper": Entry("gradesmith.cli.paper:paper", "Print papers, keys and answer sheets, and type answers back."),
    "roster": Entry("gradesmith.cli.roster:roster", "Register students."),
    "grade": Entry("gradesmith.cli.grade:grade", "Grade what was handed in, confined, into the gradebook."),
    "feedback": Entry("gradesmith.cli.results:feedback", "Write a page of feedback for every student."),
    "report": Entry("gradesmith.cli.results:report", "Write a page about an assessment for the instructor."),
    "marks": Entry("gradesmith.cli.results:marks", "Print the table of marks."),
    "export": Entry("gradesmith.cli.results:export", "Write marks per question and per check as CSV."),
    "lms": Entry("gradesmith.cli.exporting:lms", "Take tests to learning platforms: Moodle, QTI, GIFT, otter."),
    "simulate": Entry("gradesmith.cli.simulate:simulate", "Let a simulated class hand in, as a rehearsal."),
    "doctor": Entry("gradesmith.cli.doctor:doctor", "Say whether student code can be confined here."),
}


class _Commands(CommandGroup):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gradesmith")
@click.option(
    "--course",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The course's folder (default: here, or the nearest folder above with a question_bank/).",
)
@click.pass_context
def cli(ctx: click.Context, root: Path) -> None:
    """Turn a question bank into notebooks, and grade what students hand in.

    Example: gradesmith build wt5 && gradesmith release wt5 && gradesmith grade wt5
    """
    ctx.obj = root


def main() -> None:
    """Run the command line and exit."""
    try:
        done = cli.main(standalone_mode=False)
        # click hands the code of ctx.exit(…) back instead of exiting.
        sys.exit(done if isinstance(done, int) else 0)
    except click.Abort:
        click.echo("stopped; what was done so far is kept", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except GradesmithError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except Exception:  # noqa: BLE001 - the edge: what nobody foresaw is our fault, and is said to be
        traceback.print_exc()
        click.echo("this is a fault of gradesmith itself, not yours; please report the lines above", err=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
