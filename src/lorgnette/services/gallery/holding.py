"""What the gallery holds of a wearer: counted, exported as the files they are, forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, func, select

from lorgnette.services.gallery.endings import ENDINGS
from lorgnette.services.gallery.tables import named, shots, wishes
from lorgnette.store import EVER, Amount, Leaf, Rows, Span
from lorgnette.store.holdings import listed, moment


@dataclass(frozen=True, slots=True)
class Shots:
    """Implements `store.Holding` for pictures and films."""

    name: str = "gallery"
    tables: frozenset[str] = frozenset({shots.name})
    account: bool = False

    def amount(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        mine = and_(shots.c.wearer == wearer, span.of(shots.c.taken))
        count, oldest = connection.execute(select(func.count(), func.min(shots.c.taken)).where(mine)).one()
        names = connection.execute(select(shots.c.original, shots.c.thumb).where(mine)).all()
        blobs = sorted({name for row in names for name in row if name})
        return Amount(count, 0, float(oldest or 0.0), tuple(blobs))

    def export(self, connection: Connection, wearer: str) -> Iterator[Leaf]:
        query = select(shots).where(shots.c.wearer == wearer, shots.c.original != "")
        rows = connection.execute(query.order_by(shots.c.taken, shots.c.id)).mappings().all()
        files = {row["id"]: f"{row['kind']}-{row['id']}.{ENDINGS.get(row['mime'], 'bin')}" for row in rows}
        hidden = {"wearer", "original", "thumb"}
        yield Leaf(
            f"{self.name}/{self.name}.json",
            listed(
                {key: value for key, value in row.items() if key not in hidden}
                | {
                    "taken": moment(row["taken"]),
                    "deleted": moment(row["deleted"]),
                    "file": files[row["id"]],
                }
                for row in rows
            ),
        )
        for row in rows:
            yield Leaf(f"{self.name}/{files[row['id']]}", blob=row["original"])

    def forget(self, connection: Connection, wearer: str, span: Span = EVER) -> Amount:
        going = self.amount(connection, wearer, span)
        mine = and_(shots.c.wearer == wearer, span.of(shots.c.taken))
        connection.execute(delete(shots).where(mine))
        blobs = tuple(name for name in going.blobs if not named(connection, wearer, name))
        return Amount(going.count, going.size, going.oldest, blobs)


HOLDINGS = (
    Shots(),
    Rows("gallery-settings", wishes, when=wishes.c.changed, account=True),
)
