skill-does = 对话
skill-example = 再说一遍。

control-quiet = 现在没有声音。
control-all-right = 好的。
control-again = { $said }
control-nothing-said = 我还没说过什么。
control-slower = 我说慢一点。
control-faster = 我说快一点。
control-normal = 我按平常的速度说。
control-rate-back = 我照原来的速度说。
control-nothing-to-undo = 没有可以撤销的。
control-welcome = 不客气。
