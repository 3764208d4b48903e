from lorgnette.engines.asr.decoder import compiled

SENTENCES = [
    ["set (a|the) timer for {duration}", {"duration": "duration"}],
    ["play {song}", {"song": ["yesterday", "hey jude"]}],
    ["what time is it", {}],
]


def test_a_grammar_from_the_cache_is_the_grammar_that_was_compiled(tmp_path):
    first = compiled(SENTENCES, tmp_path)
    assert first == compiled(SENTENCES, None)
    assert compiled(SENTENCES, tmp_path) == first
    assert len(list(tmp_path.glob("*.json"))) == 1
    assert first.network.follow(["what", "time", "is", "it"])


def test_other_sentences_are_another_grammar(tmp_path):
    assert compiled(SENTENCES, tmp_path) != compiled(SENTENCES[:1], tmp_path)
    assert len(list(tmp_path.glob("*.json"))) == 2


def test_a_broken_file_is_compiled_anew(tmp_path):
    first = compiled(SENTENCES, tmp_path)
    (path,) = tmp_path.glob("*.json")
    path.write_bytes(path.read_bytes()[:100])
    assert compiled(SENTENCES, tmp_path) == first
    assert compiled(SENTENCES, tmp_path) == first


def test_old_grammars_are_thrown_away(tmp_path):
    for number in range(12):
        compiled([[f"stop {'very ' * number}soon", {}]], tmp_path)
    assert len(list(tmp_path.glob("*.json"))) == 8
