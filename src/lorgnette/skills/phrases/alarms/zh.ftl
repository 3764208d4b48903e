skill-does = 闹钟
skill-example = 每个工作日早上七点半叫我起床。

alarm-title = 闹钟
alarm-when = 几点？
alarm-set = 闹钟，{ $at }。
alarm-set-again = 闹钟，{ $repeat }{ $time }。
alarm-cancelled = { $at }的闹钟取消了。
alarm-cancelled-again = { $repeat }{ $time }的闹钟取消了。
alarm-next = 下一个闹钟是{ $alarm }。
alarm-off = 闹钟关了。
alarms-cancelled = { $count ->
   *[other] { $count }个闹钟都取消了。
}
alarm-restored = { $at }的闹钟恢复了。
alarms-restored = { $count }个闹钟恢复了。
alarm-snoozed = { $duration }后再响。
alarm-part = { $at }
alarm-part-again = { $repeat }{ $time }
alarms-all = { $count ->
   *[other] { $count }个闹钟：{ $alarms }。
}
alarms-many = { $count }个闹钟，最近的是{ $alarms }。
alarm-none = 没有设闹钟。
alarm-none-then = 那个时间没有闹钟，可以问我有哪些闹钟。
alarm-none-ringing = 现在没有在响的。
alarm-past = 这个时间已经过了，请说个晚一点的。
