from lorgnette.engines.canned import CannedRecognizer, CannedSynthesizer


def test_the_canned_recogniser_hears_its_text_in_everything(loop_run):
    async def run():
        stream = CannedRecognizer("stop", delay=0.001).open("zh")
        stream.feed(bytes(640))
        peeked = await stream.peek()
        assert peeked == await stream.finish()
        return peeked

    answer = loop_run(run())
    assert (answer.text, answer.language, answer.complete) == ("stop", "zh", True)


def test_the_canned_voice_hums_as_long_as_it_is_told(loop_run):
    async def run():
        voice = CannedSynthesizer(seconds=0.7)
        return [b"".join([chunk async for chunk in voice.speak("x", "en", rate)]) for rate in (1.0, 2.0)]

    normal, fast = loop_run(run())
    assert len(normal) == int(0.7 * 32_000)
    assert len(fast) == len(normal) // 2
    assert len(set(normal)) > 50
