skill-does = the battery
skill-example = How much battery is left?

battery-one = { $level } left.
battery-one-charging = { $level }, and charging.
battery-part = { $device } { $level }
battery-charging = { $device } charging at { $level }
battery-several = { $parts }.
battery-unknown = Your devices don't tell me their battery; look at the glasses themselves.
