skill-does = 记住事情
skill-example = 记住钥匙在蓝色的碗里。

fact-words = { $text }
fact-kept = 记住了：{ $fact }。
fact-replaced = 现在是：{ $fact }。之前是：{ $former }。
fact-known = 这个我已经知道了：{ $fact }。
fact-told = { $formal ->
    [true] 您
   *[false] 你
}跟我说过：{ $said }。
facts-told = { $formal ->
    [true] 您
   *[false] 你
}跟我说过：{ $said }。
fact-near = 不完全是这个，但{ $formal ->
    [true] 您
   *[false] 你
}跟我说过：{ $said }。
fact-from = { $who }说：{ $said }。
somebody = 别人
fact-forgotten = 忘掉了：{ $fact }。
fact-restored = 又记起来了：{ $fact }。
fact-taken-back = 这个我又忘掉了。
memory-what = 要我记住什么？
memory-unknown = { $formal ->
    [true] 您
   *[false] 你
}没跟我说过{ $about }。可以说“记住……”。
memory-forget-none = 我没有记住关于{ $about }的事。
memory-forget-which = 是哪一个：{ $said }？
memory-correct-what = 请把整句话再说一遍，比如“记住……”。
memory-correct-whole = 我不知道要改哪里，请把整句话再说一遍。
memory-off = 记忆功能已关闭，可以在“记忆”页面打开。
memory-full = 我已经记住了{ $limit }件事，请先在“记忆”页面删掉一些。
memory-long = 太长了，最多记{ $limit }个字。可以记成笔记。
park-where = 车停在哪里？我不知道{ $formal ->
    [true] 您
   *[false] 你
}现在的位置。
parked-mark = 车停在这里
parked-here = 车停在这里，记住了。
parked-at = 停车位置记住了：{ $spot }。
parked-spot = { $ago }前{ $formal ->
    [true] 您
   *[false] 你
}说过：{ $spot }。
parked-ago = { $formal ->
    [true] 您
   *[false] 你
}是{ $ago }前停的车，但我不知道有多远。
parked-close = { $has ->
    [yes] 就在附近：{ $spot }。
   *[no] 就在附近了。
}
parked-way = 直线距离大约{ $metres }米，往{ $towards }。
parked-way-spot = { $spot }，直线距离大约{ $metres }米，往{ $towards }。
parked-way-shown = { $metres }米 { $towards }
parked-nowhere = { $formal ->
    [true] 您
   *[false] 你
}没跟我说过车停在哪里。下次可以说“我把车停在这里了”。
wind-north = 北
wind-north-east = 东北
wind-east = 东
wind-south-east = 东南
wind-south = 南
wind-south-west = 西南
wind-west = 西
wind-north-west = 西北
