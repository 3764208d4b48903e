"""A recogniser for worker processes: it hears how long an utterance is."""

import time
from pathlib import Path


class Decoder:
    def __init__(self, log: str, delay: float = 0.0) -> None:
        self._log = Path(log)
        self._delay = delay

    def recognize(self, pcm: bytes) -> dict:
        with self._log.open("a") as log:
            log.write(f"{len(pcm)}\n")
        time.sleep(self._delay)
        decision = "accept" if len(pcm) >= 32_000 else "confirm"
        return {
            "text": f"{len(pcm)} bytes",
            "score": 0.9,
            "decision": decision,
            "slots": {"text": [0.5, 1.25]},
        }


class Odd:
    def __init__(self, **_: object) -> None: ...

    def recognize(self, pcm: bytes) -> dict:
        return {"text": "x", "decision": "perhaps", "slots": {}}
