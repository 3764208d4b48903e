skill-does = 智能家居
skill-example = 打开厨房的灯。

word-light = 灯
word-lights = 所有的灯
word-heating = 暖气
home-on = { $many ->
    [yes] { $count }个都开了。
   *[no] { $names }开了。
}
home-off = { $many ->
    [yes] { $count }个都关了。
   *[no] { $names }关了。
}
home-opened = { $many ->
    [yes] { $count }个正在打开。
   *[no] { $names }正在打开。
}
home-closed = { $many ->
    [yes] { $count }个正在关上。
   *[no] { $names }正在关上。
}
home-dimmed = { $many ->
    [yes] { $count }盏灯调到{ $level }。
   *[no] { $names }调到{ $level }。
}
home-heated = { $many ->
    [yes] { $count }个都调到{ $degrees }度。
   *[no] { $names }调到{ $degrees }度。
}
home-count = { $count }个里开着{ $on }个。
home-warm = { $wished ->
    [yes] { $name }现在{ $measured }度，设定{ $level }度。
   *[no] { $name }现在{ $measured }度。
}
home-measured = { $name }：{ $value }{ $unit }。
home-state = { $state ->
    [on] { $name }开着。
    [off] { $name }关着。
    [open] { $name }开着。
    [closed] { $name }关着。
    [locked] { $name }锁着。
    [unlocked] { $name }没锁。
    [unavailable] { $name }没有响应。
   *[other] { $name }：{ $state }。
}
home-as-before = 恢复原样了。
error-home-unset = 还没有接入智能家居，需要在主机设置的home里填上Home Assistant。
error-home-away = 现在连不上 Home Assistant。
error-home-token = Home Assistant 不接受这个令牌，需要换一个。
error-home-refused = Home Assistant 没有照做。
error-home-unknown = 家里没有叫{ $what }的东西。
error-home-which = 你说的是哪个：{ $names }？
error-home-guarded = 锁、大门和警报还是你自己来。
error-home-guest = 客人不能控制家里的设备。
