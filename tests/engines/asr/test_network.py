from hypothesis import given, settings
from hypothesis import strategies as st

from lorgnette.engines.asr.network import Network, Nfa

WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=5).map(tuple)
SENTENCES = st.sets(WORDS, min_size=1, max_size=12)


def network_of(sentences) -> Network:
    nfa = Nfa()
    for sentence in sorted(sentences):
        here = 0
        for word in sentence:
            there = nfa.state()
            nfa.arc(here, word, there)
            here = there
        nfa.finish(here)
    return nfa.network()


def accepts(network: Network, sentence) -> bool:
    path = network.follow(sentence)
    return path is not None and path[-1] in network.finals


@settings(max_examples=50, deadline=None)
@given(SENTENCES, WORDS)
def test_a_network_accepts_its_sentences_and_no_other(sentences, other):
    network = network_of(sentences)
    assert all(accepts(network, sentence) for sentence in sentences)
    assert accepts(network, other) == (other in sentences)


@settings(max_examples=50, deadline=None)
@given(SENTENCES, WORDS)
def test_without_one_sentence_all_others_stay(sentences, other):
    taken = min(sentences)
    rest = network_of(sentences).without(taken)
    assert not accepts(rest, taken)
    assert all(accepts(rest, sentence) for sentence in sentences - {taken})
    assert accepts(rest, other) == (other in sentences - {taken})


def test_common_beginnings_and_endings_are_one():
    network = network_of({("set", "a", "timer"), ("set", "an", "alarm"), ("stop", "a", "timer")})
    assert network.states == 6
    assert len({(begin, word) for begin, _, word in network.arcs}) == len(network.arcs)


def test_a_loop_that_ends_sentences_is_shared():
    nfa = Nfa()
    for word in ("note", "memo"):
        begin, end = nfa.state(), nfa.state()
        nfa.arc(0, word, begin)
        nfa.loop(begin, ("x", "y"), end, "text", shared=True)
        nfa.finish(end)
    network = nfa.network()
    assert list(network.spans.values()) == ["text"]
    assert accepts(network, ("note", "x", "y", "y"))
    assert not accepts(network, ("note",))
