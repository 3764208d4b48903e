skill-does = 我记得什么
skill-example = 忘掉我刚才说的话。

memory-held = 我保存着{ $parts }。
memory-conversations = { $formal ->
    [true] 您
   *[false] 你
}说过的{ $count }句话
memory-notes = { $count }条笔记
memory-lists = { $count }个清单条目
memory-schedule = { $count }个计时器和闹钟
memory-gallery = { $count }张照片
memory-memory = 记住的{ $count }件事
memory-summaries = { $count }段对话摘要
memory-nothing = 我没有保存{ $formal ->
    [true] 您
   *[false] 你
}的任何内容。
memory-nothing-said = 没有什么可忘的。
memory-sure-today = { $formal ->
    [true] 您
   *[false] 你
}今天说过{ $count }句话，要彻底忘掉吗？
memory-sure-ever = { $formal ->
    [true] 您
   *[false] 你
}一共说过{ $count }句话，要彻底忘掉吗？
memory-forgotten = 已经忘掉了。
memory-left = 好的，什么都没忘。
memory-not-here = 这台设备是大家共用的，不能在这里忘掉。请对{ $formal ->
    [true] 您
   *[false] 你
}自己的设备说。
