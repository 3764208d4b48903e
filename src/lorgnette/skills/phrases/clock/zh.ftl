skill-does = 时间和日期
skill-example = 现在几点？
time-now = 现在{ $time }。
date-today = 今天是{ $date }。
