"""A hub that speaks the native protocol from a script: the page's partner in its own tests.

It checks what a device sends with the real message types, answers speech and typed words with a tone,
resumes within its life, and tells tests what it received. `python -m tests.web.fake_hub` runs one by hand.
"""

import asyncio
import math
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import msgspec
from tests.web.household import FakeHousehold
from tests.web.served import Server, Socket

from lorgnette.core.events import (
    Battery,
    Capture,
    CaptureGot,
    CaptureLight,
    CaptureStop,
    Capturing,
    Heading,
    Hide,
    ListenStart,
    ListenStop,
    MicClose,
    MicOpen,
    Nod,
    Notice,
    Partial,
    Played,
    Profile,
    Sentence,
    SentenceEnd,
    Setting,
    Show,
    Shutter,
    SpeechBegin,
    SpeechEnd,
    State,
    ToDevice,
    Touch,
    Transcript,
    TurnDone,
    Typed,
    VolumeChanged,
)
from lorgnette.core.scenes import (
    Arrow,
    Bearing,
    Box,
    Card,
    Head,
    Label,
    ListScene,
    Picture,
    Progress,
    QRCode,
)
from lorgnette.gateways.native.frames import CAMERA, HEADER, LAST, MICROPHONE, SPEAKER, pack
from lorgnette.gateways.native.messages import (
    SUBPROTOCOL,
    Ack,
    AudioChoice,
    DeviceMessage,
    GoAway,
    Hello,
    Ping,
    Pong,
    Problem,
    Welcome,
)

WEB = Path(__file__).resolve().parents[2] / "src" / "lorgnette" / "web"
RATE = 16_000
FRAME = RATE // 50
LOUD = 400  # RMS above which a microphone frame is speech
END_FRAMES = 20  # quiet frames that end an utterance
FIRST_TOKEN = "first-open"
CODE = "12345678"
TOKEN = "token-of-these-glasses"

WORDS = {
    "en": ("set a timer for five minutes", ("Timer, five minutes.",), "Alex"),
    "de": ("stell einen Timer auf fünf Minuten", ("Timer, fünf Minuten.",), "Anna"),
    "zh": ("设一个五分钟的计时器", ("计时器，五分钟。",), "李雷"),
}
LONG = {
    "en": (
        "The lighthouse at the end of the pier was built in 1857.",
        "It’s open to visitors on Saturdays and Sundays.",
        "The climb is 142 steps, and there’s no lift.",
        "From the top you see the whole archipelago.",
    ),
    "de": (
        "Der Leuchtturm am Ende der Mole wurde 1857 gebaut.",
        "Samstags und sonntags ist er für Besucher offen.",
        "Es sind 142 Stufen, einen Aufzug gibt es nicht.",
        "Von oben sieht man die ganze Schärenküste.",
    ),
    "zh": (
        "码头尽头的灯塔建于一八五七年。",
        "周六和周日对游客开放。",
        "一共一百四十二级台阶，没有电梯。",
        "从顶上可以看到整片群岛。",
    ),
}
STAGES = (
    ("endpoint", 0.0, 310.0),
    ("hub.ears", 310.0, 311.2),
    ("asr", 311.2, 372.0),
    ("mind", 372.0, 391.0),
    ("tts", 391.0, 452.0),
    ("first_sound", 391.0, 458.0),
)


def tone(seconds: float, hertz: float = 440.0, level: float = 0.3) -> list[bytes]:
    """20 ms frames of a sine with soft edges."""
    count = int(seconds * 50)
    frames = []
    for n in range(count):
        edge = min(1.0, (n + 1) / 3, (count - n) / 3)
        samples = (
            int(32767 * level * edge * math.sin(2 * math.pi * hertz * (n * FRAME + i) / RATE))
            for i in range(FRAME)
        )
        frames.append(struct.pack(f"<{FRAME}h", *samples))
    return frames


class Session:
    """What outlives a connection."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.seq = 0
        self.sent: list[tuple[int, bytes]] = []
        self.event_seq = 0
        self.mic_seq = 0
        self.speaker_seq = 0
        self.socket: Socket | None = None
        self.hello: Hello | None = None


class FakeHub:
    """`with FakeHub() as hub:` serves at `hub.url`. `mic`: (seq, flags, time) of its frames."""

    def __init__(self, language: str = "en", codec: str = "pcm16") -> None:
        self.language = language
        self.codec = codec
        self.received: list[Any] = []
        self.hellos: list[Hello] = []
        self.mic: list[tuple[int, int, int]] = []
        self.mic_audio = bytearray()
        self.images: list[tuple[str, bytes]] = []
        """What the camera sent, whole, by the id it was asked under."""
        self.takes: dict[str, list[bytes]] = {}
        self.posters: dict[str, bytes] = {}
        self.confirming = True
        self.taking = ""
        self.mode: Any = "photo"
        self.film_seconds = 60.0
        self.acks: list[Ack] = []
        self.first_token = FIRST_TOKEN
        self.household = FakeHousehold()
        self.web = WEB
        self.lies: set[str] = set()
        """Files that are not served as they are."""
        self.port = 0
        self.echo_ms = 0
        self.script: dict[str, Callable[[], Any]] = {}
        self.answering = True
        self.wake: tuple[str, ...] = ()
        self.sentence_seconds = 0.6
        self._sessions: dict[str, Session] = {}
        self._session: Session | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: Server | None = None
        self._turns = 0
        self._speech: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._listening = ""
        self._spoke = 0
        self._quiet = 0
        self._typed = msgspec.json.Decoder(DeviceMessage)
        self._json = msgspec.json.Encoder()
        self._opus: Any = None

    # ── life ──

    def __enter__(self) -> Self:
        self._thread.start()
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        self.down()

        async def end() -> None:
            mine = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
            for task in mine:
                task.cancel()
            await asyncio.gather(*mine, return_exceptions=True)

        self.call(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def call(self, work: Any) -> Any:
        """Run a coroutine on the hub's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def up(self) -> None:
        async def start() -> None:
            self._server = Server(self.web, self._ask, self._serve, SUBPROTOCOL, self.lies)
            self.port = await self._server.start(self.port)

        self.call(start())

    def down(self, *, forget: bool = False) -> None:
        """Killed; with `forget` it comes back without the sessions it had."""

        async def stop() -> None:
            if self._speech:
                self._speech.cancel()
            assert self._server
            await self._server.stop()
            if forget:
                self._sessions.clear()
                self._listening = ""

        self.call(stop())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def first_url(self) -> str:
        return f"{self.url}#first={FIRST_TOKEN}"

    def of(self, kind: type) -> list[Any]:
        return [m for m in self.received if isinstance(m, kind)]

    # ── wire ──

    def _ask(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        if path != "/v1/pair":
            return self.household.answer(method, path, body)
        if msgspec.json.decode(body)["code"] not in {self.first_token, CODE}:
            return 403, b'{"error": "refused"}'
        self.first_token = ""
        return 200, self._json.encode({"token": TOKEN, "device": "d1", "wearer": "w1"})

    async def _serve(self, socket: Socket) -> None:
        raw = await socket.receive()
        if raw is None:
            return
        hello = self._typed.decode(raw)
        assert isinstance(hello, Hello), "a device opens with hello"
        self.hellos.append(hello)
        if hello.token != TOKEN:
            self._raw(socket, Problem("unauthorized", "no such token"))
            socket.close()
            return
        session, resumed = self._find(hello)
        old = self._session
        if old is not None and old is not session and old.socket and not old.socket.closed:
            self._raw(old.socket, Problem("replaced", "this device connected again"))
            old.socket.close(1008)
            del self._sessions[old.id]
        session.socket = socket
        session.hello = hello
        self._session = session
        self._codecs(hello)
        self._raw(
            socket,
            Welcome(
                session=session.id,
                device="d1",
                version=1,
                resumed=resumed,
                microphone=AudioChoice(self.codec, RATE),
                speaker=AudioChoice(self.codec, RATE),
                mic_seq=session.mic_seq,
                event_seq=session.event_seq,
                now=time.time(),
                wake=self.wake,
            ),
        )
        if resumed:
            for seq, data in session.sent:
                if hello.resume and seq > hello.resume.seq:
                    socket.send(data.decode())
        else:
            language = hello.language or self.language
            self.language = language if language in WORDS else "en"
            self.send(Profile("w1", WORDS[self.language][2], self.language, "Europe/Helsinki", 0.7, 1.0))
            self.send(State("idle"))
        while (data := await socket.receive()) is not None:
            if isinstance(data, str):
                self._message(session, data)
            else:
                self._media(session, data)

    def _find(self, hello: Hello) -> tuple[Session, bool]:
        if hello.resume and hello.resume.session in self._sessions:
            return self._sessions[hello.resume.session], True
        session = Session(f"s{time.monotonic_ns():x}")
        self._sessions[session.id] = session
        return session, False

    def _codecs(self, hello: Hello) -> None:
        if self.codec == "opus":
            from lorgnette.media.codecs.opus import OpusDecoder, OpusEncoder

            assert hello.capabilities.microphone
            assert "opus" in hello.capabilities.microphone.codecs
            self._opus = (OpusEncoder(), OpusDecoder())

    def _raw(self, socket: Socket, message: Any) -> None:
        socket.send(self._json.encode(message).decode())

    def send(self, event: ToDevice) -> None:
        """On the hub's loop: a numbered event to the device."""
        session = self._session
        assert session
        session.seq += 1
        data = self._json.encode({**msgspec.to_builtins(event), "seq": session.seq})
        session.sent.append((session.seq, data))
        if session.socket:
            session.socket.send(data.decode())

    def tell(self, *events: ToDevice) -> None:
        """The same from a test's thread."""

        async def go() -> None:
            for event in events:
                self.send(event)

        self.call(go())

    def raw(self, message: Any) -> None:
        """An unnumbered message from a test's thread."""

        async def go() -> None:
            assert self._session
            assert self._session.socket
            self._raw(self._session.socket, message)

        self.call(go())

    def _message(self, session: Session, data: str) -> None:
        message = self._typed.decode(data)
        if isinstance(message, Ping):
            assert session.socket
            self._raw(session.socket, Pong(message.t, time.monotonic_ns() // 1000))
            return
        if isinstance(message, Ack):
            self.acks.append(message)
            return
        if isinstance(message, Pong):
            self.received.append(message)
            return
        seq = msgspec.json.decode(data)["seq"]
        assert seq == session.event_seq + 1, f"event {seq} after {session.event_seq}"
        session.event_seq = seq
        assert session.socket
        self._raw(session.socket, Ack(seq))
        self.received.append(message)
        self._act(message)

    def _media(self, session: Session, data: bytes) -> None:
        channel, flags, _, seq, at = HEADER.unpack_from(data)
        payload = data[HEADER.size :]
        if channel == CAMERA:
            size = payload[0]
            id, part = payload[1 : 1 + size].decode(), payload[1 + size :]
            self._chunk(id, seq, part, last=bool(flags & LAST))
            return
        assert channel == MICROPHONE
        assert seq == session.mic_seq + 1 or flags & 4, f"frame {seq} after {session.mic_seq}"
        session.mic_seq = seq
        self.mic.append((seq, flags, at))
        pcm = self._opus[1].decode(payload) if self._opus else payload
        self.mic_audio += pcm
        if seq % 25 == 0 and session.socket:
            self._raw(session.socket, Ack(seq, MICROPHONE))
        self._hear(pcm)

    def _chunk(self, id: str, number: int, data: bytes, *, last: bool) -> None:
        """As the hub does it: in order, confirmed, whole at the last."""
        if not number:
            self.posters[id] = data
            return
        parts = self.takes.setdefault(id, [])
        if number == len(parts) + 1:
            parts.append(data)
        else:
            assert number <= len(parts), f"chunk {number} after {len(parts)}"
        if self.confirming:
            self.send(CaptureGot(id, len(parts), over=last))
        if last and len(parts) == number:
            self.images.append((id, b"".join(parts)))

    # ── the script ──

    def _spawn(self, work: Any) -> asyncio.Task[Any]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _act(self, message: Any) -> None:
        match message:
            case ListenStart(mode):
                self._listening = mode
                self._spoke = self._quiet = 0
                self.send(State("listening"))
            case ListenStop():
                self._listening = ""
                if self._spoke > 5 and self.answering:
                    self._begin(self.answer(WORDS[self.language][0]))
                else:
                    self.send(State("idle"))
            case Typed(text):
                self._begin(self._typed_turn(text))
            case Touch("tap"):
                self.stop_speech()
            case Setting("volume", value):
                self.send(VolumeChanged(float(value)))
            case Setting("language", value):
                self.language = str(value)
            case Shutter() | Capturing():
                self._camera(message)
            case Nod() | Battery() | Heading() | Played():
                pass

    def _camera(self, message: Shutter | Capturing) -> None:
        match message:
            case Shutter() if self.taking:
                self.send(CaptureStop(self.taking))
            case Shutter(mode=mode):
                self.taking = f"k{len(self.takes) + 1}"
                self.mode = mode
                self.send(Capture(self.taking, mode, seconds=self.film_seconds, sound=True))
            case Capturing(state="on"):
                self.send(CaptureLight(on=True, mode=self.mode, since=time.time()))
            case _:
                self.taking = ""
                self.send(CaptureLight(on=False))

    def _begin(self, work: Any) -> None:
        if self._speech and not self._speech.done():
            self._speech.cancel()
        self._speech = self._spawn(work)

    def _hear(self, pcm: bytes) -> None:
        if not self._listening or not self.answering or not pcm:
            return
        samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
        rms = math.sqrt(sum(s * s for s in samples) / len(samples))
        if rms > LOUD:
            self._spoke += 1
            self._quiet = 0
            words = WORDS[self.language][0]
            if self._spoke % 10 == 0:
                part = int(len(words) * min(1, self._spoke / 60))
                self.send(Partial(words[:part], f"t{self._turns + 1}"))
        elif self._spoke:
            self._quiet += 1
        if self._spoke > 10 and self._quiet >= END_FRAMES:
            self._spoke = self._quiet = 0
            if self._listening == "push":
                self._listening = ""
                self.send(MicClose())
            self._begin(self.answer(WORDS[self.language][0]))

    async def _typed_turn(self, text: str) -> None:
        low = text.lower()
        if low.startswith(("long", "erzähl", "讲")):
            await self.answer(text, typed=True, sentences=LONG[self.language], scene=False)
        elif low.startswith("ask"):
            await self.answer(text, typed=True, sentences=("For how long?",), scene=False, ask=True)
        elif low.startswith("scenes"):
            for event in scenes():
                self.send(event)
        else:
            await self.answer(text, typed=True, sentences=WORDS[self.language][1])

    def stop_speech(self) -> None:
        if self._speech and not self._speech.done():
            self._speech.cancel()

    async def answer(
        self,
        words: str,
        *,
        typed: bool = False,
        sentences: tuple[str, ...] | None = None,
        scene: bool = True,
        ask: bool = False,
    ) -> None:
        """One whole turn."""
        sentences = sentences or WORDS[self.language][1]
        self._turns += 1
        turn = f"t{self._turns}"
        utterance = f"u{self._turns}"
        self.send(State("thinking"))
        self.send(Transcript(turn, words, self.language, typed))
        await asyncio.sleep(0.1)
        self.send(State("speaking"))
        self.send(SpeechBegin(utterance, "answer", turn))
        if scene:
            due = time.time() + 300
            self.send(Show(f"timer-{turn}", Progress(title="Pasta", start=due - 300, due=due, total=300)))
        outcome = "done"
        try:
            for index, text in enumerate(sentences):
                self.send(Sentence(utterance, index, text, turn))
                await self._play(tone(self.sentence_seconds, 440 + 60 * index))
                self.send(SentenceEnd(utterance, index))
            self.send(SpeechEnd(utterance))
        except asyncio.CancelledError:
            outcome = "interrupted"
            self.send(SpeechEnd(utterance, "stopped"))
        self.send(
            TurnDone(
                turn, words, " ".join(sentences), outcome, stages=STAGES, undo=scene and outcome == "done"
            )
        )
        if ask:
            self.send(State("asking"))
            self.send(MicOpen(3.0))
        else:
            self.send(State("idle"))

    async def _play(self, frames: list[bytes]) -> None:
        session = self._session
        assert session
        begin = time.monotonic()
        for n, frame in enumerate(frames):
            payload = self._opus[0].encode(frame) if self._opus else frame
            session.speaker_seq += 1
            if session.socket:
                at = time.monotonic_ns() // 1000
                session.socket.send(pack(SPEAKER, session.speaker_seq, at, payload))
            await asyncio.sleep(max(0.0, begin + (n + 1) * 0.02 - time.monotonic()))


def scenes() -> Iterator[ToDevice]:
    """One of each kind."""
    now = time.time()
    yield Show("nav", Arrow(turn=-90, distance=340, street="Bernhardinkatu"))
    yield Show("timer", Progress(title="Pasta", start=now - 28, due=now + 272, total=300))
    yield Show("list", ListScene(title="Shopping", items=("Bread", "Oat milk", "Lemons"), done=(0,)))
    yield Show("ask", Card(title="Pay Kahvila Sävy", value="€ 4.90", lines=("Touch to agree",), tone="ask"))
    yield Show("there", Label(text="Café Ursula", detail="240 m", anchor=Bearing(8, 6)))
    yield Show("box", Label(text="Oat milk", detail="1,29 €", anchor=Box(0.08, 0.3, 0.22, 0.34)))
    yield Show("qr", QRCode(data="https://example.org/pay/42", title="Pay here"))
    yield Show("pic", Picture(source="blob-1", alt="A red bicycle", anchor=Head()))


if __name__ == "__main__":
    import sys

    with FakeHub(*sys.argv[1:]) as hub:
        threading.Event().wait()

__all__ = ["CODE", "FakeHub", "GoAway", "Hide", "Notice", "scenes", "tone"]
