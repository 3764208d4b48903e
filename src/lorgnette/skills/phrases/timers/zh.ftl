skill-does = 计时器
skill-example = 设一个五分钟的计时器。

timer-how-long = 多长时间？
timer-set = { $named ->
    [yes] { $label }，计时{ $duration }。
   *[no] 计时{ $duration }。
}
timer-left = { $named ->
    [yes] { $label }还剩{ $left }。
   *[no] 还剩{ $left }。
}
timer-left-paused = { $named ->
    [yes] { $label }的计时已暂停，还剩{ $left }。
   *[no] 计时已暂停，还剩{ $left }。
}
timer-paused = { $named ->
    [yes] { $label }的计时暂停了，还剩{ $left }。
   *[no] 暂停了，还剩{ $left }。
}
timer-resumed = { $named ->
    [yes] { $label }继续计时，还剩{ $left }。
   *[no] 继续计时，还剩{ $left }。
}
timer-longer = 加了{ $change }，还剩{ $left }。
timer-shorter = 减了{ $change }，还剩{ $left }。
timer-cancelled = { $named ->
    [yes] { $label }的计时取消了。
   *[no] 计时取消了。
}
timer-stopped = 计时停了。
timers-cancelled = { $count ->
   *[other] { $count }个计时都取消了。
}
timer-restored = { $named ->
    [yes] { $label }的计时恢复了，还剩{ $left }。
   *[no] 计时恢复了，还剩{ $left }。
}
timers-restored = { $count }个计时恢复了。
timer-part = { $named ->
    [yes] { $label }{ $left }
   *[no] { $left }
}
timers-several = { $count }个计时，还剩{ $parts }。
timers-many = { $count }个计时，最近三个还剩{ $parts }。
timer-none = 没有正在走的计时器。
timer-none-running = 没有正在走的计时器。
timer-none-paused = 没有暂停的计时器。
timer-none-named = 没有叫{ $label }的计时器，可以问我有哪些计时器。
