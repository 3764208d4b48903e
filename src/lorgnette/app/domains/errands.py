"""Errands: run on a wearer's behalf while nobody is there, and told through the inbox."""

from typing import TYPE_CHECKING

from lorgnette.api.errands import ErrandsApi
from lorgnette.app.errands import Runs
from lorgnette.app.served import Served
from lorgnette.core.outgoing import Behalf, on
from lorgnette.core.speech import Message
from lorgnette.core.taint import Taint
from lorgnette.sdk.errands import Errand, Errands
from lorgnette.services.errands import ErrandService, Result, Runner, condition_of

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub


class _OnBehalf:
    """A runner whose requests outside are its wearer's."""

    def __init__(self, hub: "Hub", runs: Runner) -> None:
        self._hub = hub
        self._runs = runs

    async def can(self, wearer: str, errand: Errand) -> bool:
        return await self._runs.can(wearer, errand)

    async def run(self, wearer: str, errand: Errand, run: str, taint: Taint) -> Result:
        with on(Behalf(wearer, self._hub.privacy.log.note)):
            return await self._runs.run(wearer, errand, run, taint)


def errands(hub: "Hub") -> Served:
    """By the mind, with the skills and the model that the hub has when they run."""

    async def tell(wearer: str, errand: Errand, id: str, result: Result) -> None:
        person = await hub.people.wearer(wearer)
        key, text = "", result.text
        if result.how == "waits":
            key = "errand-over"
        elif result.how == "failed" and (errand.kind == "watch" or not text):
            key = "errand-failed"
        elif errand.kind == "watch" and condition_of(errand.what, errand.language) is not None:
            key = "errand-so"
        if key:
            language = errand.language
            text = hub.words.say(key, language, formal=person.formal, what=errand.what, text=text)
        await hub.sessions.tell(Message(id, wearer, text, errand.language))

    service = ErrandService(
        hub.store, hub.people, _OnBehalf(hub, Runs(hub.mind, hub.people, hub.clock)), tell
    )
    return Served(
        bound={Errands: service.of},
        api=ErrandsApi(service.of),
        start=service.start,
        run=service.run,
        prune=service.prune,
    )
