skill-does = Einheiten, Geld und Rechnen
skill-example = Wie viele Kilometer sind 5 Meilen?

converted = { $given } sind { $found }.
exchanged = { $given } sind etwa { $found }.
exchanged-old = { $given } waren am { $day } etwa { $found }; einen neueren Kurs habe ich nicht.
result = { $figure }.
result-about = Etwa { $figure }.
result-power = Etwa { $n } mal 10 hoch { $power }.
share = { $share }; zusammen { $whole }.
shown = { $value }
shown-day = Kurs vom { $day }
shown-power = { $n } × 10^{ $power }

convert-what = Wie viel wovon?
convert-how-much = Wie viel Geld?
convert-no-way = Von { $unit } zu { $to } führt kein Weg; das sind verschiedene Dinge.
convert-unknown = { $formal ->
    [true] Wie viel { $unit } sind, weiß ich nicht; nennen Sie eine andere Einheit.
   *[false] Wie viel { $unit } sind, weiß ich nicht; nenn eine andere Einheit.
}
convert-too-cold = So kalt wird es nicht: Der absolute Nullpunkt liegt bei minus 273,15 Grad Celsius.
convert-too-large = { $formal ->
    [true] Das kann ich nicht umrechnen; versuchen Sie eine andere Zahl.
   *[false] Das kann ich nicht umrechnen; versuch eine andere Zahl.
}
money-off = Wechselkurse darf ich noch nicht holen; das geht in den Einstellungen des Hubs, unter convert.
money-no-rate = Für { $currency } nennt mir niemand einen Kurs.
calculate-by-zero = Durch null lässt sich nicht teilen.
calculate-no-root = Eine negative Zahl hat keine solche Wurzel.
calculate-nonsense = { $formal ->
    [true] Das kann ich nicht ausrechnen; sagen Sie es in kleineren Stücken.
   *[false] Das kann ich nicht ausrechnen; sag es in kleineren Stücken.
}
calculate-too-large = { $formal ->
    [true] So weit kann ich nicht zählen; versuchen Sie kleinere Zahlen.
   *[false] So weit kann ich nicht zählen; versuch kleinere Zahlen.
}
calculate-too-long = { $formal ->
    [true] Das ist mir zu lang; sagen Sie es in kleineren Stücken.
   *[false] Das ist mir zu lang; sag es in kleineren Stücken.
}
error-service = { $formal ->
    [true] Die Wechselkurse sind gerade nicht zu bekommen; versuchen Sie es gleich noch einmal.
   *[false] Die Wechselkurse sind gerade nicht zu bekommen; versuch es gleich noch einmal.
}
error-service-busy = { $formal ->
    [true] Nach den Wechselkursen wurde zu oft gefragt; versuchen Sie es später noch einmal.
   *[false] Nach den Wechselkursen wurde zu oft gefragt; versuch es später noch einmal.
}
error-service-refused = { $formal ->
    [true] Die Wechselkurse werden verweigert; sehen Sie bitte in den Einstellungen des Hubs nach, unter convert.
   *[false] Die Wechselkurse werden verweigert; sieh bitte in den Einstellungen des Hubs nach, unter convert.
}
