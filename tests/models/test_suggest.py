from lorgnette.models import Model, ModelFile, suggest


def model(id: str, kind: str, engine: str, languages: str, size: int, *, placed: bool = True) -> Model:
    file = ModelFile(path="a", url="https://x.example/a", bytes=size, sha256="0" * 64)
    return Model(
        id=id,
        kind=kind,
        engine=engine,
        languages=tuple(languages.split()),
        licence="MIT",
        source="https://x.example",
        files=(file,),
        use={f"{kind}_{engine}.model": "{folder}"} if placed else {},
    )


CATALOGUE = [
    model("big-zh-en", "asr", "sherpa", "zh en", 300),
    model("small-zh-en", "asr", "sherpa", "zh en", 200),
    model("de", "asr", "vosk", "de", 50),
    model("de-small", "asr", "vosk", "de", 40),
    model("en-voice", "tts", "piper", "en-US", 60),
    model("zh-voice", "tts", "piper", "zh-CN", 60),
    model("nothing-to-set", "asr", "whisper", "de en zh", 10, placed=False),
    model("words", "wake", "sherpa", "en", 5),
]


def ids(languages: str, usable=lambda _: True) -> list[str]:
    return [one.id for one in suggest(CATALOGUE, languages.split(), usable)]


def test_what_covers_most_comes_first_then_the_smallest() -> None:
    assert ids("en zh") == ["small-zh-en", "en-voice"]
    assert ids("de zh")[:2] == ["de-small", "small-zh-en"]


def test_an_engine_gets_one_model_since_its_settings_name_one() -> None:
    assert ids("zh en").count("zh-voice") + ids("zh en").count("en-voice") == 1


def test_a_language_without_a_model_costs_nothing() -> None:
    assert ids("fr") == []
    assert ids("") == []


def test_what_cant_be_used_here_isnt_offered() -> None:
    assert ids("zh en", lambda one: one.engine != "sherpa") == ["en-voice"]
