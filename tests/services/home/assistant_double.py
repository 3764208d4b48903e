"""Home Assistant's REST API with a few things, in the shapes in which version 2024.12 answered."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

TOKEN = "long lived".replace(" ", "-")


def _state(id: str, state: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "entity_id": id,
        "state": state,
        "attributes": {"friendly_name": name, **more},
        "last_changed": "2026-11-24T15:47:51.552493+00:00",
        "context": {"id": "01M8", "parent_id": None, "user_id": None},
    }


class AssistantDouble:
    """`calls`: services that were called; `broken`: what everything is answered with."""

    url = ""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.broken = 0
        self.areas = {"light.ceiling": "Kitchen", "light.counter": "Kitchen", "light.hall": "Hall"}
        self.states = {
            one["entity_id"]: one
            for one in (
                _state("zone.home", "0", "Home"),
                _state("light.ceiling", "off", "Ceiling light", brightness=None),
                _state("light.counter", "on", "Counter", brightness=102),
                _state("light.hall", "on", "Flurlampe", brightness=255),
                _state("switch.fan", "off", "Desk fan"),
                _state("cover.blind", "closed", "Blind", device_class="blind"),
                _state("cover.garage", "closed", "Garage", device_class="garage"),
                _state("lock.front_door", "unlocked", "Front door"),
                _state("sensor.outside", "4.5", "Outside", unit_of_measurement="°C"),
                _state(
                    "climate.living",
                    "heat",
                    "Living room heating",
                    temperature=20.0,
                    current_temperature=19.5,
                ),
            )
        }

    def routes(self) -> list[Route]:
        return [
            Route("/api/states", self._states),
            Route("/api/template", self._template, methods=["POST"]),
            Route("/api/services/{domain}/{service}", self._service, methods=["POST"]),
        ]

    def _refused(self, request: Request) -> Response | None:
        if self.broken:
            return PlainTextResponse("Server got itself in trouble", status_code=self.broken)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return PlainTextResponse("401: Unauthorized", status_code=401)
        return None

    async def _states(self, request: Request) -> Response:
        return self._refused(request) or JSONResponse(list(self.states.values()))

    async def _template(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        assert "area_name" in (await request.json())["template"]
        rows = ",".join(f'["{id}", "{self.areas.get(id, "")}"]' for id in self.states)
        return PlainTextResponse(f"[{rows}]")

    async def _service(self, request: Request) -> Response:
        if (refused := self._refused(request)) is not None:
            return refused
        data = await request.json()
        name = f"{request.path_params['domain']}.{request.path_params['service']}"
        self.calls.append((name, data))
        state = self.states[data["entity_id"]]
        if "brightness_pct" in data:
            state["attributes"]["brightness"] = round(data["brightness_pct"] * 2.55)
        if "temperature" in data:
            state["attributes"]["temperature"] = data["temperature"]
        for verb, became in (("turn_on", "on"), ("turn_off", "off"), ("open", "open"), ("close", "closed")):
            if verb in name:
                state["state"] = became
        return JSONResponse([state])
