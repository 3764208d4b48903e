import pytest

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.remote.ledger import FORGIVEN, Ledger


def test_a_failed_server_gets_another_chance_after_a_while():
    now = [0.0]
    ledger = Ledger("x", 4, lambda: now[0])
    assert ledger.health().state == "starting"
    ledger.ready()
    with pytest.raises(EngineError), ledger.request():
        raise EngineError("down")
    assert (ledger.health().state, ledger.health().last_error) == ("failing", "down")
    now[0] = FORGIVEN
    assert ledger.health().usable
    with ledger.request():
        assert ledger.health().running == 1
    assert (ledger.health().state, ledger.health().done, ledger.health().failed) == ("ready", 1, 1)
    ledger.close()
    assert ledger.health().state == "closed"


def test_more_requests_than_allowed_are_refused():
    ledger = Ledger("x", 1)
    with ledger.request(), pytest.raises(Busy), ledger.request():
        pass
    assert (ledger.health().refused, ledger.health().done) == (1, 1)
