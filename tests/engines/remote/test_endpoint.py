import pytest

from lorgnette.core.errors import ConfigError
from lorgnette.engines.remote.endpoint import Endpoint, told


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": {"message": "No such\\nmodel", "input": "meet me at noon"}}', "No such model"),
        (b'{"error": "No such model"}', "No such model"),
        (b'{"detail": "Not Found"}', "Not Found"),
        (b'{"detail": [{"msg": "Field required", "input": "meet me at noon"}]}', "Field required"),
        (b'{"input": "meet me at noon"}', ""),
        (b'{"error": {"message": {"input": "meet me at noon"}}}', ""),
        (b'{"error": {"message": "cut in the mid', ""),
        (b"<html>meet me at noon</html>", ""),
        (b"upstream\n is busy", "upstream is busy"),
        (b"[" * 4000, ""),
        (b"\xff\xfe\x00", None),
        (b"", ""),
    ],
)
def test_a_refusal_is_told_without_what_the_server_repeats(body, said):
    assert "noon" not in told(body)
    assert said is None or told(body) == said


def test_the_path_may_stand_in_the_address_or_not():
    whole, base = (Endpoint("asr_openai", url, "/a/b") for url in ("http://h/v1/a/b", "http://h/v1/"))
    assert whole._url == base._url == "http://h/v1/a/b"


def test_a_password_in_the_address_is_told_nowhere():
    endpoint = Endpoint("asr_openai", "https://me:secret@example.org:81/v1", "/a")
    assert endpoint.place == "https://example.org:81"
    with pytest.raises(ConfigError) as caught:
        Endpoint("asr_openai", "ftp://me:secret@example.org", "/a")
    assert "secret" not in str(caught.value)
