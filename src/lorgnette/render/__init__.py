"""Scenes to displays, text to speech: pure functions. Pillow is loaded with the first picture."""

from lorgnette.render.rendering import Json, Png, Rendered, TextPages, render, scene_json
from lorgnette.render.sentences import SentenceSplitter
from lorgnette.render.speakable import speakable, warm_up
from lorgnette.render.speakable_rules import LanguageRules
from lorgnette.render.text import text_pages

__all__ = [
    "Json",
    "LanguageRules",
    "Png",
    "Rendered",
    "SentenceSplitter",
    "TextPages",
    "render",
    "scene_json",
    "speakable",
    "text_pages",
    "warm_up",
]
