skill-does = 电量
skill-example = 还剩多少电？

battery-one = 还有{ $level }。
battery-one-charging = { $level }，正在充电。
battery-part = { $device }{ $level }
battery-charging = { $device }充电中{ $level }
battery-several = { $parts }。
battery-unknown = { $formal ->
    [true] 您
   *[false] 你
}的设备没有告诉我电量，请直接看眼镜。
