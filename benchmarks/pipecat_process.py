"""The leanest Pipecat pipeline, as a peer for benchmarks: runs in Pipecat's own environment (scripts/peer).

    "$(scripts/peer pipecat)" benchmarks/pipecat_process.py SESSIONS

One process, a pipeline a session: WebSocket transport with raw PCM, Silero, one second of canned sound when
speech has stopped. Its transport serves one client a port, so session N listens on the first port + N.
Prints `{"port": …}` when all of them listen.
"""

import asyncio
import json
import math
import os
import signal
import socket
import sys
from array import array

from loguru import logger

logger.remove()

from pipecat.audio.vad.silero import SileroVADAnalyzer  # noqa: E402
from pipecat.audio.vad.vad_analyzer import VADParams  # noqa: E402
from pipecat.frames.frames import (  # noqa: E402
    Frame,
    InputAudioRawFrame,
    OutputAudioRawFrame,
    TTSAudioRawFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline  # noqa: E402
from pipecat.pipeline.worker import PipelineParams, PipelineWorker  # noqa: E402
from pipecat.processors.audio.vad_processor import VADProcessor  # noqa: E402
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor  # noqa: E402
from pipecat.serializers.base_serializer import FrameSerializer  # noqa: E402
from pipecat.transports.websocket.server import (  # noqa: E402
    SingleClientWebsocketServerParams,
    SingleClientWebsocketServerTransport,
)
from pipecat.workers.runner import WorkerRunner  # noqa: E402

RATE = 16_000
SILENCE_SECONDS = 0.3
HUM = array("h", (int(4000 * math.sin(math.tau * 300 * n / RATE)) for n in range(RATE))).tobytes()


class RawPcm(FrameSerializer):
    """The bytes themselves."""

    async def serialize(self, frame: Frame) -> bytes | None:
        return frame.audio if isinstance(frame, OutputAudioRawFrame) else None

    async def deserialize(self, data: bytes | str) -> Frame | None:
        return InputAudioRawFrame(audio=data, sample_rate=RATE, num_channels=1)


class CannedReply(FrameProcessor):
    """Answers the end of speech."""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            return
        await self.push_frame(frame, direction)
        if isinstance(frame, VADUserStoppedSpeakingFrame) and direction is FrameDirection.DOWNSTREAM:
            await self.push_frame(TTSAudioRawFrame(audio=HUM, sample_rate=RATE, num_channels=1))


def session(port: int, listening: asyncio.Semaphore) -> PipelineWorker:
    transport = SingleClientWebsocketServerTransport(
        SingleClientWebsocketServerParams(
            serializer=RawPcm(),
            audio_in_enabled=True,
            audio_out_enabled=True,
            audio_in_sample_rate=RATE,
            audio_out_sample_rate=RATE,
            audio_out_10ms_chunks=2,
        ),
        host="127.0.0.1",
        port=port,
    )

    @transport.event_handler("on_websocket_ready")
    async def ready(_transport: object) -> None:
        listening.release()

    vad = VADProcessor(vad_analyzer=SileroVADAnalyzer(params=VADParams(stop_secs=SILENCE_SECONDS)))
    return PipelineWorker(
        Pipeline([transport.input(), vad, CannedReply(), transport.output()]),
        params=PipelineParams(audio_in_sample_rate=RATE, audio_out_sample_rate=RATE),
        enable_turn_tracking=False,
        enable_rtvi=False,
        idle_timeout_secs=None,
        check_dangling_tasks=False,
    )


def free_ports(count: int) -> int:
    """The first of `count` free ports in a row."""
    for first in range(21_000, 60_000, 1000):
        held = []
        try:
            for port in range(first, first + count):
                one = socket.socket()
                held.append(one)
                one.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for one in held:
                one.close()
    raise SystemExit("no free ports")


async def main(sessions: int) -> None:
    first = free_ports(sessions)
    listening = asyncio.Semaphore(0)
    runner = WorkerRunner(handle_sigint=False, check_dangling_tasks=False)
    await runner.add_workers(*(session(first + number, listening) for number in range(sessions)))
    running = asyncio.create_task(runner.run())
    for _ in range(sessions):
        await listening.acquire()
    print(json.dumps({"port": first}), flush=True)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    running.cancel()
    os._exit(0)  # its own end waits for every pipeline


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
