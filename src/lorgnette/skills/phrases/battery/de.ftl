skill-does = Akku
skill-example = Wie voll ist der Akku?

battery-one = Noch { $level }.
battery-one-charging = { $level }, und er lädt.
battery-part = { $device } { $level }
battery-charging = { $device } lädt bei { $level }
battery-several = { $parts }.
battery-unknown = { $formal ->
    [true] Ihre Geräte verraten mir ihren Akkustand nicht; sehen Sie an der Brille selbst nach.
   *[false] Deine Geräte verraten mir ihren Akkustand nicht; sieh an der Brille selbst nach.
}
