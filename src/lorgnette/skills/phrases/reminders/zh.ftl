skill-does = 提醒
skill-example = 我下班离开公司的时候提醒我买牛奶。

reminder-title = 提醒
reminder-what = { $formal ->
    [true] 要提醒您什么？
   *[false] 要提醒你什么？
}
reminder-when = 什么时候？
reminder-set = { $text ->
    [none] 提醒，{ $at }。
   *[other] { $at }提醒{ $formal ->
        [true] 您
       *[false] 你
    }{ $text }。
}
reminder-set-in = { $text ->
    [none] { $duration }后提醒。
   *[other] { $duration }后提醒{ $formal ->
        [true] 您
       *[false] 你
    }{ $text }。
}
reminder-set-again = { $text ->
    [none] { $repeat }{ $time }提醒。
   *[other] { $repeat }{ $time }提醒{ $formal ->
        [true] 您
       *[false] 你
    }{ $text }。
}
reminder-set-quiet = { $text ->
    [none] 提醒，{ $at }。
   *[other] { $at }提醒{ $formal ->
        [true] 您
       *[false] 你
    }{ $text }。
}那时是安静时段，我会在{ $until }说。
reminder-at-place = { $formal ->
    [true] 您
   *[false] 你
}{ $leaving ->
    [yes] 离开
   *[no] 到
}{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}的时候提醒{ $text ->
    [none] 一下。
   *[other] ：{ $text }。
}
reminder-at-place-now = { $formal ->
    [true] 您
   *[false] 你
}现在{ $leaving ->
    [yes] 不在那儿，下次离开
   *[no] 就在那儿，下次到
}{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}的时候提醒{ $text ->
    [none] 一下。
   *[other] ：{ $text }。
}
reminder-at-place-blind = { $formal ->
    [true] 您
   *[false] 你
}{ $leaving ->
    [yes] 离开
   *[no] 到
}{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}的时候提醒{ $text ->
    [none] 一下。
   *[other] ：{ $text }。
}不过现在没有设备告诉我位置，请在一台设备上打开定位。
reminder-no-place = 我不知道{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}在哪儿，到了那里请说：记住这里是{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}。
reminder-no-places = 我还不知道{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}在哪儿，到了那里请说：记住这里是{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}。
reminder-past = 这个时间已经过了，请说个晚一点的。
reminder-full = 已经有{ $limit }个提醒了，请先取消一个。
reminder-part = { $text ->
    [none] { $at }
   *[other] { $at }{ $text }
}
reminder-part-again = { $text ->
    [none] { $repeat }{ $time }
   *[other] { $repeat }{ $time }{ $text }
}
reminder-part-place = { $leaving ->
    [yes] 离开
   *[no] 到
}{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}的时候{ $text ->
    [none] 提醒
   *[other] { $text }
}
reminders-all = { $count ->
   *[other] { $count }个提醒：{ $reminders }。
}
reminders-many = { $count }个提醒，最近的是{ $reminders }。
reminder-none = 没有提醒。
reminder-none-then = 那天没有提醒。
reminder-none-such = 没找到这个提醒，可以问我有哪些提醒。
reminder-cancelled = 取消了：{ $reminder }。
reminder-gone = 那个提醒取消了。
reminder-back = 恢复了：{ $reminder }。

place-home = 家
place-work = 公司
place-part = { $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}
place-saved = 记住了，这里是{ $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}。
place-all = { $count ->
   *[other] 我知道{ $count }个地方：{ $places }。
}
place-none = 我还不知道任何地方，到家时请说：这里是家。
place-none-such = 我不知道{ $place }在哪儿。
place-forgotten = { $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}的位置忘掉了。
place-moved-back = { $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}改回原来的位置了。
place-back = { $place ->
    [home] 家
    [work] 公司
   *[other] { $place }
}的位置又记起来了。
place-unknown-here = 没有设备告诉我位置，请在一台设备上打开定位，再说一次。
place-vague-here = 我只知道大概位置，误差{ $metres }米，请到室外再试一次。
place-name = 这个地方叫什么？
place-full = 已经有{ $limit }个地方了，请先忘掉一个。
reminder-named = { $text }的提醒
