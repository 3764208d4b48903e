skill-does = errands
skill-example = Tell me when the rain stops.

errands-title = Errands
errand-watched = I'll tell you when { $what }.
errand-regular = { $repeat } at { $time }: { $what }.
errand-later = { $at }: { $what }.
errand-part-watch = I watch whether { $what }
errand-part-regular = { $repeat } at { $time }: { $what }
errand-part-later = { $at }: { $what }
errands-none = Nothing runs on its own.
errands-some = { $count ->
    [one] One errand: { $parts }.
   *[other] { $count } errands: { $parts }.
}
errand-cancelled = No longer: { $what }.
errand-restored = It's back: { $what }.
error-errand-cannot = I can't find that out on my own; with a language model I could.
error-errand-unknown = There's no such errand; ask me which ones there are.
error-errand-many = You have { $limit } errands already; end one first.
error-errand-past = That time is past.
error-errand-words = Say it in a sentence that isn't too long.
