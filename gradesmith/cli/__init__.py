"""The commands: thin, each with help, an example and ``--json``."""
