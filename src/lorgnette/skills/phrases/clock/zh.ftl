skill-does = 时间和日期
skill-example = 东京现在几点？

time-now = 现在{ $time }。
time-there = { $city }现在{ $time }。
time-there-tomorrow = { $city }现在是明天{ $time }。
time-there-yesterday = { $city }现在是昨天{ $time }。
date-today = 今天是{ $date }。
date-shown = { $date }
date-that = { $date }。
days-until = { $days ->
    [0] 就是今天。
   *[other] 离{ $date }还有{ $days }天。
}
