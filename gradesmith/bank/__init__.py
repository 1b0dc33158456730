"""The question bank as authors write it: YAML in, validated values out, every error with its place."""
