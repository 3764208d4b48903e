skill-does = the weather
skill-example = Will it rain tomorrow?

weather-now = { $degrees }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}, { $sky }; up to { $high } today.
weather-day = { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}: { $sky }, up to { $high }.
rain-now = There's { $wet }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} now; it should stop around { $time }.
rain-now-on = There's { $wet }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} now, and it stays like that today.
rain-from = Yes, { $wet } { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}, from about { $time }.
rain-from-chance = Yes, { $wet } { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}, from about { $time }; { $chance } percent.
rain-likely = Yes, { $wet } is likely { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}; { $chance } percent.
rain-maybe = Maybe; { $chance } percent { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}.
rain-no = No, { $named ->
    [true] { $place }
   *[false] it
} stays dry { $day }.
temperature-now = { $degrees }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} now.
temperature-felt = { $degrees }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
} now; it feels like { $feels }.
temperature-day = { $day }{ $named ->
    [true] {" "}in { $place }
   *[false] {""}
}: { $low } to { $high } degrees.

degrees = { $below ->
    [true] minus { $n ->
        [one] { $n } degree
       *[other] { $n } degrees
    }
   *[false] { $n ->
        [one] { $n } degree
       *[other] { $n } degrees
    }
}
number = { $below ->
    [true] minus { $n }
   *[false] { $n }
}
sky = { $sky ->
    [clear] { $dark ->
        [true] clear
       *[false] sunny
    }
    [fair] { $dark ->
        [true] mostly clear
       *[false] mostly sunny
    }
    [cloudy] { $dark ->
        [true] some clouds
       *[false] sun and clouds
    }
    [overcast] overcast
    [fog] fog
    [drizzle] drizzle
    [rain] rain
    [downpour] heavy rain
    [showers] showers
    [freezing] freezing rain, so mind your step
    [snow] snow
    [thunder] thunderstorms
    [hail] thunderstorms with hail
   *[unknown] sky unknown
}
wet = { $snow ->
    [true] snow
   *[false] rain
}
shown-title = { $named ->
    [true] { $place }, { $day }
   *[false] { $day }
}
shown-rain = rain { $chance } %

weather-where = For which place? None of your devices tells me where you are.
weather-off = I may not ask for the weather yet; it's switched on in the hub's settings, under weather.
weather-no-place = I know no place called { $place }; please say it another way.
weather-too-far = That's too far ahead; I see about two weeks.
weather-past = That's over; I only know the weather to come.
error-service = The weather service isn't answering; please try again in a moment.
error-service-busy = The weather service has had enough questions for now; please try again later.
error-service-refused = The weather service refuses my question; please check the hub's settings, under weather.
