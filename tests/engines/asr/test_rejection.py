import json

import pytest

from lorgnette.engines.asr.evidence import BOUNDS, evidence
from lorgnette.engines.asr.passes import Segment
from lorgnette.engines.asr.rejection import Calibration, shipped

GOOD = {
    "ratio": 0.0,
    "worst": -5.0,
    "phones": 0.5,
    "uncovered": 0.1,
    "shortest": 6.0,
    "length": 2.8,
    "brief": 0.0,
}
GOOD |= {"clarity": -50.0, "free": 0.0, "silence": -3.0}


def test_the_shipped_calibration_takes_good_evidence_and_leaves_bad():
    calibration = shipped()
    assert calibration.decide(calibration.probability(GOOD)) == "accept"
    bad = GOOD | {"ratio": -35.0, "worst": -60.0, "phones": 1.2, "silence": -30.0}
    assert calibration.decide(calibration.probability(bad)) == "reject"


@pytest.mark.parametrize("name", ["ratio", "worst", "shortest", "silence"])
def test_more_for_it_is_never_less_likely(name):
    calibration = shipped()
    low, high = BOUNDS[name]
    chances = [calibration.probability(GOOD | {name: low + (high - low) * step / 10}) for step in range(11)]
    assert chances == sorted(chances)


def test_between_the_thresholds_one_asks():
    calibration = Calibration(dict.fromkeys(BOUNDS, 0.0), 0.0, accept=0.6, confirm=0.3)
    assert [calibration.decide(chance) for chance in (0.6, 0.59, 0.3, 0.29)] == [
        "accept",
        "confirm",
        "confirm",
        "reject",
    ]


@pytest.mark.parametrize(
    "change",
    [{"weights": {}}, {"accept": 0.1, "confirm": 0.2}, {"accept": 1.2}, {"bias": None}, {"weights": 3}],
)
def test_a_file_that_is_no_calibration_is_refused(tmp_path, change):
    good = {"weights": dict.fromkeys(BOUNDS, 0.1), "bias": 0.0, "accept": 0.6, "confirm": 0.3}
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(good))
    assert Calibration.read(path).accept == 0.6
    path.write_text(json.dumps(good | change))
    with pytest.raises(ValueError, match="calibration"):
        Calibration.read(path)


def test_evidence_weighs_words_against_free_phones_and_counts_what_is_left_out():
    lexicon = {"stop": ("S T AA P",), "it": ("IH T", "AH T")}
    command = (
        Segment("<sil>", 0, 9, -100.0),
        Segment("stop", 10, 49, -2000.0),
        Segment("it(2)", 50, 69, -1400.0),
        Segment("<sil>", 70, 89, -900.0),
    )
    heard = (
        Segment("<sil>", 0, 9, -100.0),
        *(
            Segment(f"_{phone}", 10 + 10 * n, 19 + 10 * n, -450.0)
            for n, phone in enumerate(["S", "T", "AA", "P"])
        ),
        Segment("_AH", 50, 59, -450.0),
        Segment("_D", 60, 69, -450.0),
        Segment("_Z", 70, 79, -400.0),
        Segment("<sil>", 80, 89, -100.0),
    )
    measured = evidence(command, heard, lexicon)
    assert measured["ratio"] == pytest.approx((-2000 - 1400 + 6 * 450) / 60)
    assert measured["worst"] == pytest.approx((-1400 + 900) / 26)
    assert measured["phones"] == pytest.approx(0.5 / 6)
    assert measured["uncovered"] == pytest.approx(10 / 70)
    assert measured["shortest"] == pytest.approx(10)
    assert measured["silence"] == pytest.approx((-1000 + 600) / 30)
    assert measured["free"] == 0
