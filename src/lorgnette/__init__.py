"""Lorgnette: an open, self-hosted platform for AI glasses."""

__all__ = ["__version__"]

__version__ = "0.1.0"
