"""The trained parser behind the grammar: which tool an utterance means, with what, and how sure that is."""

from lorgnette.mind.parser.guess import Guess
from lorgnette.mind.parser.parser import Parser
from lorgnette.mind.parser.weights import Weights, load_weights

__all__ = ["Guess", "Parser", "Weights", "load_weights"]
