skill-does = 计时器
skill-example = 设一个五分钟的计时器。
timer-set = 计时{ $duration }。
timer-cancelled = 计时器已取消。
