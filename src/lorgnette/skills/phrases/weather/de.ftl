skill-does = das Wetter
skill-example = Regnet es morgen?

weather-now = { $degrees }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}, { $sky }; heute bis { $high }.
weather-day = { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}: { $sky }, bis { $high }.
rain-now = Es { $wet }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} gerade; gegen { $time } sollte es aufhören.
rain-now-on = Es { $wet }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} gerade, und heute bleibt es so.
rain-from = Ja, { $day } { $wet } es{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}, etwa ab { $time }.
rain-from-chance = Ja, { $day } { $wet } es{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}, etwa ab { $time }; { $chance } Prozent.
rain-likely = Ja, { $day } { $wet } es{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} wahrscheinlich; { $chance } Prozent.
rain-maybe = Vielleicht; { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} { $chance } Prozent.
rain-no = Nein, { $day } bleibt es{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} trocken.
temperature-now = { $named ->
    [true] In { $place } gerade
   *[false] Gerade
} { $degrees }.
temperature-felt = { $named ->
    [true] In { $place } gerade
   *[false] Gerade
} { $degrees }, gefühlt { $feels }.
temperature-day = { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}: { $low } bis { $high } Grad.

degrees = { $below ->
    [true] minus { $n } Grad
   *[false] { $n } Grad
}
number = { $below ->
    [true] minus { $n }
   *[false] { $n }
}
sky = { $sky ->
    [clear] { $dark ->
        [true] klar
       *[false] sonnig
    }
    [fair] { $dark ->
        [true] meist klar
       *[false] meist sonnig
    }
    [cloudy] { $dark ->
        [true] ein paar Wolken
       *[false] Sonne und Wolken
    }
    [overcast] bedeckt
    [fog] Nebel
    [drizzle] Nieselregen
    [rain] Regen
    [downpour] starker Regen
    [showers] Schauer
    [freezing] gefrierender Regen, also Vorsicht
    [snow] Schnee
    [thunder] Gewitter
    [hail] Gewitter mit Hagel
   *[unknown] Himmel unbekannt
}
wet = { $snow ->
    [true] schneit
   *[false] regnet
}
shown-title = { $named ->
    [true] { $place }, { $day }
   *[false] { $day }
}
shown-rain = Regen { $chance } %

weather-where = { $formal ->
    [true] Für welchen Ort? Keines Ihrer Geräte sagt mir, wo Sie sind.
   *[false] Für welchen Ort? Keins deiner Geräte sagt mir, wo du bist.
}
weather-off = Nach dem Wetter darf ich noch nicht fragen; das geht in den Einstellungen des Hubs, unter weather.
weather-no-place = { $formal ->
    [true] Einen Ort namens { $place } kenne ich nicht; sagen Sie ihn bitte anders.
   *[false] Einen Ort namens { $place } kenne ich nicht; sag ihn bitte anders.
}
weather-too-far = Das ist zu weit weg; ich sehe etwa zwei Wochen voraus.
weather-past = Das ist vorbei; ich kenne nur das Wetter, das kommt.
error-service = { $formal ->
    [true] Der Wetterdienst antwortet nicht; versuchen Sie es gleich noch einmal.
   *[false] Der Wetterdienst antwortet nicht; versuch es gleich noch einmal.
}
error-service-busy = { $formal ->
    [true] Der Wetterdienst hat für jetzt genug Fragen; versuchen Sie es später noch einmal.
   *[false] Der Wetterdienst hat für jetzt genug Fragen; versuch es später noch einmal.
}
error-service-refused = { $formal ->
    [true] Der Wetterdienst lehnt meine Frage ab; sehen Sie bitte in den Einstellungen des Hubs nach, unter weather.
   *[false] Der Wetterdienst lehnt meine Frage ab; sieh bitte in den Einstellungen des Hubs nach, unter weather.
}
