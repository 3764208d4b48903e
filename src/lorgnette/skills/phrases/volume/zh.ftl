skill-does = 音量
skill-example = 声音大一点。

volume-set = 音量{ $level }。
volume-most = 已经是最大声了。
volume-muted = 静音了。
volume-now = 现在音量{ $level }。
