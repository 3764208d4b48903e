skill-does = remembering things
skill-example = Remember that the keys are in the blue bowl.

fact-words = { $text }
fact-kept = I'll remember: { $fact }.
fact-replaced = Now: { $fact }. Before: { $former }.
fact-known = I know that already: { $fact }.
fact-told = You told me: { $said }.
facts-told = You told me: { $said }.
fact-near = Not quite that, but you told me: { $said }.
fact-from = { $who } said: { $said }.
somebody = somebody else
fact-forgotten = Forgotten: { $fact }.
fact-restored = I remember it again: { $fact }.
fact-taken-back = I've forgotten that again.
memory-what = What shall I remember?
memory-unknown = You haven't told me anything about { $about }. Say “remember that …”.
memory-forget-none = I remember nothing about { $about }.
memory-forget-which = Which one: { $said }?
memory-correct-what = Tell me the whole sentence, as in “remember that …”.
memory-correct-whole = I can't tell what to change; say the whole sentence again.
memory-off = Remembering is switched off. You can switch it on on the memory page.
memory-full = I remember { $limit } things already. Forget some on the memory page first.
memory-long = That's too long to remember; { $limit } characters fit. Take a note instead.
park-where = Where is it parked? I don't know where you are.
parked-mark = Parked here
parked-here = Parked here. I'll remember.
parked-at = Parked: { $spot }. I'll remember.
parked-spot = You said { $ago } ago: { $spot }.
parked-ago = You parked { $ago } ago, but I can't tell how far that is.
parked-close = { $has ->
    [yes] You're almost there: { $spot }.
   *[no] You're almost there.
}
parked-way = About { $metres } metres { $towards }, as the crow flies.
parked-way-spot = { $spot }, about { $metres } metres { $towards }, as the crow flies.
parked-way-shown = { $metres } m { $towards }
parked-nowhere = You haven't told me where you parked. Next time say “I parked here”.
wind-north = north
wind-north-east = north-east
wind-east = east
wind-south-east = south-east
wind-south = south
wind-south-west = south-west
wind-west = west
wind-north-west = north-west
