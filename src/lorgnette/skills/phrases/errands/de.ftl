skill-does = Aufträge
skill-example = Sag Bescheid, wenn der Regen aufhört.

errands-title = Aufträge
errand-watched = Ich sage Bescheid, wenn { $what }.
errand-regular = { $repeat } um { $time }: { $what }.
errand-later = { $at }: { $what }.
errand-part-watch = ich schaue, ob { $what }
errand-part-regular = { $repeat } um { $time }: { $what }
errand-part-later = { $at }: { $what }
errands-none = Von allein läuft gerade nichts.
errands-some = { $count ->
    [one] Ein Auftrag: { $parts }.
   *[other] { $count } Aufträge: { $parts }.
}
errand-cancelled = Nicht mehr: { $what }.
errand-restored = Wieder da: { $what }.
error-errand-cannot = Das kann ich nicht allein herausfinden; mit einem Sprachmodell könnte ich es.
error-errand-unknown = So einen Auftrag gibt es nicht; frag mich, welche es gibt.
error-errand-many = Du hast schon { $limit } Aufträge; beende erst einen.
error-errand-past = Diese Zeit ist vorbei.
error-errand-words = Sag es in einem nicht zu langen Satz.
