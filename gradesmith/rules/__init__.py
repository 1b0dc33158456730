"""Pure decisions on values: no input, no output, no clock, no randomness but what is passed in."""
