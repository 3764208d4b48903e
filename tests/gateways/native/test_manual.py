"""docs/protocol.md and its examples are what the code speaks."""

import msgspec
import pytest

from lorgnette.core.scenes import Scene
from lorgnette.gateways.native import messages
from lorgnette.gateways.native.examples import FROM_DEVICE, FROM_HUB
from lorgnette.gateways.native.manual import manual, schema


@pytest.mark.parametrize("example", FROM_DEVICE, ids=lambda one: type(one).__name__)
def test_every_device_example_is_understood(example) -> None:
    data = msgspec.json.encode(example)
    assert msgspec.json.decode(data, type=messages.DeviceMessage) == example


@pytest.mark.parametrize("example", FROM_HUB, ids=lambda one: type(one).__name__)
def test_every_hub_example_is_understood(example) -> None:
    data = msgspec.json.encode(example)
    assert msgspec.json.decode(data, type=messages.HubMessage) == example


def test_every_message_has_an_example() -> None:
    for union, examples in ((messages.DeviceMessage, FROM_DEVICE), (messages.HubMessage, FROM_HUB)):
        missing = set(union.__args__) - {type(one) for one in examples}
        assert missing <= {messages.Ping, messages.Pong}, "ping and pong are shown once"


def test_the_document_names_every_message_and_scene() -> None:
    text = manual()
    for kind in (*messages.DeviceMessage.__args__, *messages.HubMessage.__args__, *Scene.__args__):
        assert kind.__struct_config__.tag in text
    assert "#/$defs/Hello" in str(schema())
