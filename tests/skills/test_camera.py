"""Pictures and films by voice."""

import pytest
from tests.skills.memory import UNDO, Row, Talk, hold

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        (
            "show me my last picture",
            "show_last_picture",
            {},
            "There are no pictures yet; say: take a picture.",
        ),
        ("take a picture", "take_picture", {}, "Got it."),
        ("take another photo please", "take_picture", {}, "Got it."),
        (UNDO, "Picture deleted."),
        ("show me the last picture", "show_last_picture", {}, "Taken: 3 PM."),
        ("delete the last picture", "delete_last_picture", {}, "Picture deleted."),
        (UNDO, "The picture is back."),
        ("stop filming", "stop_film", {}, "No film is running."),
        ("start filming", "start_film", {}, "Filming."),
        ("film this", "start_film", {}, "A film is running; end it first."),
        ("stop the film", "stop_film", {}, "Film kept, 42 seconds."),
        (UNDO, "Film deleted."),
    ],
    "de": [
        ("mach ein Foto", "take_picture", {}, "Ist im Kasten."),
        ("zeig mir das letzte Foto", "show_last_picture", {}, "Aufgenommen: 15 Uhr."),
        ("lösch das letzte Foto", "delete_last_picture", {}, "Foto gelöscht."),
        (UNDO, "Das Foto ist wieder da."),
        ("film das mal", "start_film", {}, "Film läuft."),
        ("hör auf zu filmen", "stop_film", {}, "Film gespeichert, 42 Sekunden."),
    ],
    "zh": [
        ("拍张照", "take_picture", {}, "拍好了。"),
        ("看看刚才拍的照片", "show_last_picture", {}, "拍摄时间：下午3点。"),
        ("删掉刚才拍的照片", "delete_last_picture", {}, "照片删掉了。"),
        (UNDO, "照片恢复了。"),
        ("开始录像", "start_film", {}, "开始录像。"),
        ("停止录像", "stop_film", {}, "录像存好了，42秒。"),
    ],
}


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_pictures_holds(language: str) -> None:
    hold(Talk(language), "camera", DIALOGUES[language])


def test_a_picture_is_shown_small_for_a_moment() -> None:
    talk = Talk()
    talk.say("take a picture")
    scene = talk.displays["camera"]
    assert (scene.source, scene.alt, scene.ttl) == ("data:image/jpeg;base64,c21hbGw=", "The picture", 8.0)


@pytest.mark.parametrize("language", ["en", "de", "zh"])
@pytest.mark.parametrize("reason", ["absent", "denied", "failed", "busy", "filming", "large"])
def test_every_refusal_is_one_sentence(language: str, reason: str) -> None:
    talk = Talk(language)
    talk.gallery.fails = f"error-camera-{reason}"
    said = talk.say({"en": "take a picture", "de": "mach ein Foto", "zh": "拍张照"}[language])
    assert 4 < len(said) < 90
    assert said.count(".") + said.count("。") == 1
    assert not talk.done.ok


def test_starting_a_film_is_undone_by_dropping_it() -> None:
    talk = Talk()
    talk.say("start filming")
    assert talk.undo() == "Film deleted."
    assert not talk.gallery.filming


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "film"), ("en", "video"), ("en", "take a note picture the sea"), ("de", "film"), ("zh", "照片")],
)
def test_nothing_is_filmed_by_a_stray_word(language: str, words: str) -> None:
    talk = Talk(language)
    talk.say(words)
    assert not talk.gallery.filming
