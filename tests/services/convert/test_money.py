"""Money at reference rates: fetched seldom, kept on disk, and dated when they are old."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.engines.server import serving
from tests.services.convert.answers import BOMB, ECB, FRANKFURTER
from tests.services.web.server import Web

from lorgnette.core.clock import ManualClock
from lorgnette.core.errors import SkillError
from lorgnette.core.money import Money
from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.doctor import services
from lorgnette.sdk.kinds import Currency
from lorgnette.services.convert import ConvertSection, ConvertService
from lorgnette.services.convert.rates import rates_of
from lorgnette.services.web import Unanswered

THURSDAY = datetime(2026, 11, 5, 15, tzinfo=UTC)
USD, EUR, CNY = Currency("USD"), Currency("EUR"), Currency("CNY")


def service(web: Web, clock: ManualClock, folder=None) -> ConvertService:
    section = ConvertSection(rates=True, rates_url=f"{web.root}/daily.xml")
    return ConvertService(section, folder, clock.now)


def test_money_is_exchanged_through_the_euro_and_no_amount_goes_out(loop_run, tmp_path) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            clock = ManualClock(THURSDAY)
            money = service(web, clock, tmp_path)
            web.page("/daily.xml", ECB, "text/xml")
            told: list[Parcel] = []
            with on(Behalf("w", told.append)):
                found = await money.money(Money(2000, "USD"), EUR)
            assert (found.money, found.day, found.old) == (Money(1600, "EUR"), date(2026, 11, 4), False)
            assert (await money.money(Money(1000, "USD"), CNY)).money == Money(6400, "CNY")
            assert (await money.money(Money(1000, "EUR"), Currency("JPY"))).money == Money(1770, "JPY")
            assert (await money.money(Money(1000, "EUR"), EUR)).money == Money(1000, "EUR")
            assert [one.what for one in told] == ["inquiry"]
            assert web.requests == [{"path": "/daily.xml", "query": {}}]
            await money.close()

    loop_run(work())


def test_rates_are_fetched_every_six_hours_and_the_old_ones_serve_when_nobody_answers(
    loop_run, tmp_path
) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            clock = ManualClock(THURSDAY)
            money = service(web, clock, tmp_path)
            web.page("/daily.xml", ECB, "text/xml")
            await money.money(Money(1, "USD"), EUR)
            clock.advance(5 * 3600)
            await money.money(Money(1, "USD"), EUR)
            assert len(web.requests) == 1
            web.pages.clear()
            web.then("", 500)
            clock.advance(2 * 3600)
            assert not (await money.money(Money(1, "USD"), EUR)).old
            assert len(web.requests) == 3  # tried twice
            await money.money(Money(1, "USD"), EUR)
            assert len(web.requests) == 3  # and then left alone for a while
            await money.close()
            # another start of the hub, days later, without a network
            clock.advance(3 * 86_400)
            later = service(web, clock, tmp_path)
            found = await later.money(Money(2000, "USD"), EUR)
            assert (found.money, found.day, found.old) == (Money(1600, "EUR"), date(2026, 11, 4), True)
            await later.close()

    loop_run(work())


def test_a_file_that_is_broken_or_of_another_publisher_is_fetched_anew(loop_run, tmp_path) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            clock = ManualClock(THURSDAY)
            (tmp_path / "rates.json").write_text("{broken")
            web.then_json(FRANKFURTER)
            money = service(web, clock, tmp_path)
            assert (await money.money(Money(125, "USD"), EUR)).money == Money(100, "EUR")
            await money.close()
            other = ConvertService(
                ConvertSection(rates=True, rates_url=f"{web.root}/other"), tmp_path, clock.now
            )
            await other.money(Money(125, "USD"), EUR)
            assert web.paths == ["/daily.xml", "/other"]
            await other.close()

    loop_run(work())


def test_a_currency_that_nobody_quotes_is_named(loop_run) -> None:
    async def work() -> None:
        async with serving(Web()) as web:
            money = service(web, ManualClock(THURSDAY))
            web.then(ECB)
            for given, to in ((Money(1, "EUR"), Currency("VND")), (Money(1, "VND"), EUR)):
                with pytest.raises(SkillError) as unknown:
                    await money.money(given, to)
                assert unknown.value.phrase == "money-no-rate"
                assert unknown.value.values == {"currency": "VND"}
            await money.close()

    loop_run(work())


def test_until_it_is_allowed_nobody_is_asked_and_then_doctor_lists_who(loop_run) -> None:
    with pytest.raises(SkillError) as off:
        loop_run(ConvertService(ConvertSection(), None, ManualClock().now).money(Money(1, "USD"), EUR))
    assert off.value.phrase == "money-off"
    assert not list(services({ConvertSection: ConvertSection()}))
    (one,) = services({ConvertSection: ConvertSection(rates=True)})
    assert (one.engine, one.host, one.contents) == ("convert", "www.ecb.europa.eu", ("inquiry",))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html>",
        "{}",
        '{"date": "2026-11-04", "rates": {}}',
        '{"date": "2026-11-04", "base": "USD", "rates": {"EUR": 1}}',
        '{"date": "x", "rates": {"USD": 1}}',
        "<Cube><Cube time='2026-11-04'/></Cube>",
        "<Cube><Cube time='never'><Cube currency='USD' rate='1'/></Cube></Cube>",
        "<Cube><Cube time='2026-11-04'><Cube currency='USD' rate='much'/></Cube></Cube>",
        "<Cube><Cube time='2026-11-04'><Cube currency='USD' rate='-1'/></Cube></Cube>",
        "<Cube><Cube currency='USD' rate='1'/></Cube>",
        BOMB,
        "\x00",
    ],
    ids=range(13),
)
def test_rates_that_are_none_are_one_error(body: str) -> None:
    with pytest.raises(Unanswered):
        rates_of(body.encode())


def test_a_rate_that_is_no_number_is_left_out_of_json_and_names_of_any_prefix_are_read() -> None:
    found = rates_of(
        b"<x:Cube><x:Cube time='2026-11-04'><x:Cube currency='usd' rate='1.1'/></x:Cube></x:Cube>"
    )
    assert found.of == {"USD": Decimal("1.1")}
