import asyncio

import numpy as np

from lorgnette.engines.vad.energy import EnergyDetector


def test_what_is_louder_than_the_room_is_speech(loop_run):
    rng = np.random.default_rng(3)
    room = [(rng.normal(0, 60, 512)).astype("<i2").tobytes() for _ in range(60)]
    voice = [(rng.normal(0, 3000, 512)).astype("<i2").tobytes() for _ in range(20)]

    async def run():
        detector = EnergyDetector()
        slot, got = detector.open(), []
        for window in room + voice:
            detector.submit(slot, window, got.append)
        await asyncio.sleep(0)
        detector.submit(slot, room[0], got.append)
        detector.close(slot)
        await asyncio.sleep(0)
        return got

    got = loop_run(run())
    assert len(got) == 80
    assert max(got[20:60]) < 0.5
    assert min(got[60:]) > 0.9
