"""Notifications through a whole hub: posted, said once, shown, asked about, and kept over quiet hours."""

from typing import Any

import httpx
from tests.hubs import CANNED, running
from tests.talking import talker

from lorgnette.app import HubSettings
from lorgnette.core.quiet import QuietHours


async def _post(url: str, token: str, **fields: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        headers = {"authorization": f"Bearer {token}"}
        return await client.post(f"{url}/v1/notify", json=fields, headers=headers)


def test_a_notification_is_said_and_shown_once_and_can_be_asked_about(loop_run: Any) -> None:
    async def scene() -> None:
        async with running(HubSettings(engines=CANNED, realtime=False)) as hub:
            url = hub.url.replace("ws", "http")
            async with talker(hub) as ada:
                token = ada.device.token
                note = {"app": "Signal", "sender": "Anna", "text": "Concert on Saturday?", "key": "1"}
                for _ in range(2):
                    answer = await _post(url, token, **note)
                    assert answer.status_code == 200, answer.text
                await ada.until(lambda: ada.sentences == ["Anna: Concert on Saturday?"])
                assert ada.titles == ["Anna"]
                assert await ada.say("read my messages") == "One new: Anna: Concert on Saturday?"
                assert "Nothing new." in await ada.say("do I have new messages")
                assert len(ada.sentences) <= 5
            assert (await _post(url, "wrong", app="x")).status_code == 403
            assert (await _post(url, token, text="of nobody")).status_code == 400
            assert (await _post(url, token, app="x", colour="red")).status_code == 400
            owner = await hub.hub.people.owner()
            await hub.hub.household.change(owner.id, quiet=QuietHours("00:00", "00:00"))
            await _post(url, token, app="Bank", text="Paid")
            await _post(url, token, app="Alarm", text="Water!", priority="urgent")
            async with talker(hub) as ada:
                await ada.until(lambda: ada.sentences)
                assert ada.sentences == ["Alarm: Water!"]
            for _ in range(40):
                last = await _post(url, token, app="Loop", text="again")
            assert last.status_code == 429

    loop_run(scene())
