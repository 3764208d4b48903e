skill-does = 免打扰时段
skill-example = 晚上十点到早上七点免打扰。

quiet-title = 免打扰
quiet-set = 免打扰，{ $hours }。
quiet-over = 免打扰已取消。
quiet-none = { $formal ->
    [true] 您
   *[false] 你
}没有设免打扰时段。
quiet-now = 是的，到{ $time }。闹钟和计时器照常响。
quiet-not-now = 现在不是，免打扰是{ $hours }。
quiet-hours = { $begin }到{ $end }
quiet-hours-on = { $repeat }{ $begin }到{ $end }
