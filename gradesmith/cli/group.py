"""Groups of commands that know what was meant, and show their commands with whole sentences."""

from __future__ import annotations

from difflib import get_close_matches

import click


class CommandGroup(click.Group):
    """A group that suggests the nearest command when there is none of this name."""

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
