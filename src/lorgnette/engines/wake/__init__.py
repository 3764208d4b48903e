"""Engines that wait for a wake word."""
