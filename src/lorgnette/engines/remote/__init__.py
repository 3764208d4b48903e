"""What engines on another machine have in common: HTTP, counting, sound, sections of the settings."""
