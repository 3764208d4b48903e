"""A device's clock on the hub's: offset, drift, and lies that harm nobody."""

from hypothesis import given
from hypothesis import strategies as st

from lorgnette.gateways.native.timesync import MAX_AGE_US, MAX_DRIFT, TimeSync


def test_the_fastest_of_many_answers_gives_the_offset() -> None:
    sync = TimeSync()
    for trip in (40_000, 4_000, 90_000):
        sent = 10_000_000
        sync.pong(sent, device=sent + trip // 2 - 7_000_000, received=sent + trip)
    assert sync.trip == 4_000
    assert sync.hub_time(20_000_000 - 7_000_000, now=30_000_000) == 20_000_000


def test_a_drifting_crystal_is_followed() -> None:
    sync = TimeSync()
    for second in range(0, 60, 5):
        hub = second * 1_000_000
        sync.pong(hub, device=int(hub * (1 - 100e-6)), received=hub)
    hub = 120_000_000
    assert abs(sync.hub_time(int(hub * (1 - 100e-6)), now=hub + 1_000_000) - hub) < 2_000


@given(
    st.lists(
        st.tuples(st.integers(0, 2**62), st.integers(-(2**62), 2**62), st.integers(0, 2**62)), max_size=60
    ),
    st.integers(0, 2**63),
    st.integers(MAX_AGE_US, 2**60),
)
def test_a_lying_clock_only_spoils_its_own_timestamps(pongs, device, now) -> None:
    sync = TimeSync()
    for sent, at, received in pongs:
        sync.pong(sent, at, received)
    assert now - MAX_AGE_US <= sync.hub_time(device, now) <= now
    assert abs(sync.drift) <= MAX_DRIFT
