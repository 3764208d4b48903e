"""Embedders: texts as points that lie near each other where the texts mean nearly the same."""
