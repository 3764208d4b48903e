skill-does = 日历
skill-example = 明天有什么安排？

agenda-none = { $span ->
    [week] 这周没有别的安排了。
    [next_week] 下周没有安排。
    [weekend] 周末没有安排。
   *[other] { $day }没有安排。
}{ $late ->
    [none] {""}
   *[other] 不过现在连不上{ $late }，可能不是最新的。
}
agenda-all = { $span ->
    [week] 这周
    [next_week] 下周
    [weekend] 周末
   *[other] { $day }
}有{ $count }个安排：{ $events }。{ $late ->
    [none] {""}
   *[other] 不过现在连不上{ $late }，可能不是最新的。
}
agenda-many = { $span ->
    [week] 这周
    [next_week] 下周
    [weekend] 周末
   *[other] { $day }
}有{ $count }个安排，最早的是{ $events }。{ $late ->
    [none] {""}
   *[other] 不过现在连不上{ $late }，可能不是最新的。
}
event-part = { $time }{ $title ->
    [none] 有事
   *[other] { $title }
}
event-part-dated = { $at }{ $title ->
    [none] 有事
   *[other] { $title }
}
event-part-day = { $day }{ $title ->
    [none] 有事
   *[other] { $title }
}
event-part-whole = 全天{ $title ->
    [none] 有事
   *[other] { $title }
}
event-next = 接下来是{ $event }。
event-none-ahead = 接下来两个月没有安排。
event-what = 要在日历里加什么？
event-when = 哪一天？
event-added = { $at }{ $title }{ $place ->
    [none] {""}
   *[other] ，{ $place }
}，加到日历了。
event-added-day = { $day }{ $title }{ $place ->
    [none] {""}
   *[other] ，{ $place }
}，全天，加到日历了。
event-added-clash = { $at }{ $title }{ $place ->
    [none] {""}
   *[other] ，{ $place }
}，加到日历了。不过那时还有{ $clash }。
event-delete-what = 要从日历里删掉什么？
event-which = 是哪一个：{ $events }？
event-deleted = 删掉了：{ $event }。
event-none-such = 日历里没找到。
event-gone = { $title }又从日历里删掉了。
event-back = { $title }又回到日历了。
free-day = { $day }没有安排。{ $late ->
    [none] {""}
   *[other] 不过现在连不上{ $late }，可能不是最新的。
}
free-at = { $at }有空。{ $late ->
    [none] {""}
   *[other] 不过现在连不上{ $late }，可能不是最新的。
}
busy-day = { $day }有{ $events }。{ $late ->
    [none] {""}
   *[other] 不过现在连不上{ $late }，可能不是最新的。
}
busy-at = 那时有{ $event }。{ $late ->
    [none] {""}
   *[other] 不过现在连不上{ $late }，可能不是最新的。
}
calendar-span = 最多只能看一年。
calendar-too-much = 一次看不了这么多，请问短一点的时间。
calendar-read-only = { $calendar }只能看，请到它来的地方去改。
calendar-invited = { $title }还邀请了别人，他们会收到通知，请在日历程序里改。
event-named = { $title }的日程
