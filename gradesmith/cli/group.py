"""Groups of commands that know what was meant, and show their commands with whole sentences."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import click


class CommandGroup(click.Group):
    """A group that suggests the nearest command when there is none of this name.

    With a ``usual`` command, its name may be left out where one word, and options, are all that is typed.
    """

    def __init__(self, *arguments: Any, usual: str = "", **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._usual = usual

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed, with the usual command where none is named."""
        alone = len(args) == 1 or (args[1:2] and args[1].startswith("-"))
        if self._usual and alone and not args[0].startswith("-") and args[0] not in self.commands:
            args = [self._usual, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names, or say which was meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = get_close_matches(name, self.list_commands(ctx))
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(self.list_commands(ctx))}"
            ctx.fail(f'there is no command "{name}"; {hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with what it says of itself first, uncut."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_sentence(one)) for name, one in commands if one is not None])


def _first_sentence(command: click.Command) -> str:
    text = " ".join((command.short_help or command.help or "").split("\n\n")[0].split())
    sentence, more, _ = text.partition(". ")
    return f"{sentence}." if more else sentence
