"""The agenda: always the soonest, whatever was put, changed and dropped before."""

from hypothesis import given
from hypothesis import strategies as st

from lorgnette.services.schedule.agenda import Agenda, Appointment

STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "drop", "pop"]), st.integers(0, 9), st.integers(0, 50), st.booleans()),
    max_size=200,
)


@given(steps=STEPS)
def test_it_gives_what_a_sorted_list_would(steps: list[tuple[str, int, int, bool]]) -> None:
    agenda, model = Agenda(), dict[str, Appointment]()
    for step, number, at, steady in steps:
        hand = "steady" if steady else "wall"
        match step:
            case "put":
                model[str(number)] = Appointment(float(at), hand)
                agenda.put(str(number), model[str(number)])
            case "drop":
                model.pop(str(number), None)
                agenda.drop(str(number))
            case _:
                due = sorted((a.at, id) for id, a in model.items() if a.hand == hand and a.at <= at)[:3]
                assert [id for id, _ in agenda.pop(hand, at, 3)] == [id for _, id in due]
                for _, id in due:
                    del model[id]
        assert len(agenda) == len(model)
        for each in ("steady", "wall"):
            soonest = min((a.at for a in model.values() if a.hand == each), default=None)
            assert agenda.next(each) == soonest


def test_changing_one_entry_for_ever_does_not_fill_the_memory() -> None:
    agenda = Agenda()
    for number in range(10_000):
        agenda.put("timer", Appointment(float(number), "steady"))
    assert len(agenda._heaps["steady"]) < 100
    assert agenda.next("steady") == 9999
