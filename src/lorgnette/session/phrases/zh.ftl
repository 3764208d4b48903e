# 主机自己说的话。
did-you-say = { $formal ->
    [true] 您
   *[false] 你
}是说“{ $text }”吗？
not-heard = 我没听清。
no-recogniser = 我还听不懂中文语音。请打字，或者添加一个语音模型。
no-wake-word = 这里还没有设置唤醒词，请先按住说话。
all-right = 好的。
failed = 没有成功，请再试一次。
timer-title = 计时器
alarm-title = 闹钟
reminder-title = 提醒
timer-rings = { $label ->
    [none] 计时结束了。
   *[other] { $label }计时结束了。
}
alarm-rings = { $label ->
    [none] 现在是{ $time }。
   *[other] 现在是{ $time }，{ $label }。
}
reminder-rings = { $label ->
    [none] { $formal ->
        [true] 您
       *[false] 你
    }有一个提醒。
   *[other] 记得{ $label }。
}
alarm-missed = { $formal ->
    [true] 您
   *[false] 你
}错过了{ $time }的闹钟。
timer-missed = 有一个计时器在{ $time }结束了。
reminder-missed = { $label ->
    [none] { $formal ->
        [true] 您
       *[false] 你
    }错过了{ $time }的提醒。
   *[other] { $formal ->
        [true] 您
       *[false] 你
    }{ $time }有个提醒错过了：{ $label }。
}
calendar-back = { $title }在这里删掉后又在别处改过，所以回到日历了。
fell-back = 刚才有个部件出了问题，我先不用它。
skill-broken = 技能{ $name }现在无法加载：{ $why }
ears-failed = 我刚才没能听到，请再说一遍。
model-found = 我在这台电脑的 { $host } 里找到了 { $model }。想让我用它，就说：使用本地模型。
wear-hello = { $name }，{ $formal ->
    [true] 您
   *[false] 你
}好。
wear-unknown = 这里还不能用这个名字，需要本人先在设置里允许。
wear-pin = { $name }设了PIN码，请在屏幕上输入。
wear-wrong = PIN码不对。
wear-busy = PIN码错了太多次，五分钟后再试。
wear-failed = 没有成功，请再试一次。
exported = 有人在主机上复制了我保存的{ $formal ->
    [true] 您
   *[false] 你
}的数据。
pin-late = 密码说得太晚了，请重新说一次要做什么。
notice = { $who }：{ $text }
notice-bare = { $who }有新动静。
message-lost = 发给{ $who }的消息没有发出去。
message-unsure = 给{ $who }发消息时中断了，不知道对方收到没有，我不会再发一次。
agent-says = { $agent }说：{ $text }
agent-asks = { $agent }问：{ $text }
agent-listens = { $agent }正在听。
agent-asking = { $agent }在提问
agent-senses = { $formal ->
    [true] { $agent }在看或听您
   *[other] { $agent }在看或听你
}
agent-told = 已经告诉{ $agent }了。
agent-wants-see = { $formal ->
    [true] { $agent }想通过您的摄像头看一看，可以吗？
   *[other] { $agent }想通过你的摄像头看一看，可以吗？
}
agent-wants-listen = { $formal ->
    [true] { $agent }想听您说话，可以吗？
   *[other] { $agent }想听你说话，可以吗？
}
errand-so = 你让我在{ $what }时告诉你。{ $text }
errand-over = “{ $what }”我看了一周都没有，就不再看了。
errand-failed = 这件事没能帮你办成：{ $what }。
