"""Frozen values that every floor of the house speaks in; no behaviour, no input or output."""
