"""The vocabulary: events, audio, scenes, device forms, errors, clocks. No I/O."""
