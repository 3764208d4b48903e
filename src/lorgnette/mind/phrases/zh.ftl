# 主机自己说的话。
no-model = 这不在我的指令里；想聊别的，请在设置里添加一个语言模型。
not-understood = 我没听懂。
no-answer = 我没找到答案，请换个说法。
did-you-mean = 是不是要：{ $what }？
say-again = 我没听懂。
all-right = 好的。
undone = 已撤销。
nothing-to-undo = 没有可以撤销的。

error-unexpected = 出了点问题，请再试一次。
error-config = 有一项设置不对，请到设置里看看。
error-device = 眼镜发来的数据我看不懂，请重启眼镜。
error-media = 这段声音或图片我读不了，请换一个试试。
error-engine = 我有一部分没有响应，请稍后再试。
error-busy = 我现在忙不过来，请稍后再试。
error-denied = 这需要{ $formal ->
    [true] 您
   *[false] 你
}先在设置里允许。
error-not-found = 我找不到，请再说一次它的名字。
error-store = 现在存不了，请检查主机的磁盘。
error-skill = 现在做不了这个。
error-arguments = 我没听全，请再说一遍。
error-not-installed = 这里还没有这个功能，可以在设置里添加。

error-service = 这个服务没有回应，请稍后再试。
error-service-busy = 这个服务暂时不接受更多请求，请过一会儿再试。
error-service-refused = 这个服务拒绝了我的请求，请检查主机里的设置。
error-address-forbidden = 我只能打开互联网上的网页，这个不是。

error-schedule-full = { $formal ->
    [true] 您
   *[false] 你
}已经有{ $limit }个计时器和闹钟了，请先结束一个。
error-schedule-past = 这个时间已经过了。
error-schedule-duration = 时长要在一秒到一年之间。
error-schedule-rule = 闹钟不能这样重复。
error-schedule-not-a-timer = 只有计时器能这样做。
error-note-empty = 没有要记的内容，请再说一遍。
error-note-long = 这条笔记太长了。
error-list-name = { $formal ->
    [true] 您
   *[false] 你
}说的是哪个清单？
error-list-full = 这个清单已满{ $limit }项，请先清掉一些。

error-camera-absent = { $formal ->
    [true] 您
   *[false] 你
}开着的设备都没有摄像头。
error-camera-denied = 摄像头没有授权，请先在设备上允许，再说一次。
error-camera-failed = 摄像头没有响应，请再试一次。
error-camera-busy = 正在拍照。
error-camera-filming = 正在录像，请先结束。
error-camera-no-film = 现在没有在录像。
error-camera-large = 这张照片太大，存不下。
error-gallery-disk = 主机的磁盘快满了，请先腾出空间。
error-gallery-unreadable = 这张照片读不出来，没有保存。

consent-suggested = 这是{ $source }引起的。我要做的是：“{ $what }”。可以吗？
consent-behind = 这是{ $source }引起的。
consent-no = 好，那就不做了。
consent-given-up = 那就算了。
consent-by-hand = 这需要长按，或者{ $formal ->
    [true] 您
   *[false] 你
}的密码。
consent-pin-wrong = 密码不对，请再试一次。
consent-pin-busy = 密码错得太多了，还可以长按。
consent-only-once = 只做这一次，这件事不能设成以后都允许。
consent-always = 以后给{ $who }就不再问{ $formal ->
    [true] 您
   *[false] 你
}了。
source-picture = 图片里的文字
source-page = { $name ->
    [none] 一个网页
   *[other] 网页{ $name }
}
source-message = { $name ->
    [none] 一条消息
   *[other] 一条消息（{ $name }）
}
source-notification = { $name ->
    [none] 一条通知
   *[other] 一条通知（{ $name }）
}
source-meeting = 会议里说的话
source-call = 通话里说的话
source-calendar = { $name ->
    [none] 一条日程
   *[other] 日程{ $name }
}
source-contact = { $name ->
    [none] 一个联系人
   *[other] 联系人{ $name }
}
source-memory = 从别人那里记下的内容
source-tool = { $name ->
    [none] 一项服务
   *[other] { $name }的回答
}
source-others = 还有别的
error-consent-guest = 访客和共用设备在这里不能发送，也不能付款。
error-consent-hand = 这需要能触摸的设备，或者密码；密码可以在设置里设。
error-consent-alone = 没先问过{ $formal ->
    [true] 您
   *[false] 你
}，我不会这样做。

error-model-limit = 这个月语言模型的钱用完了；命令照常能用，也可以请主人提高上限。
error-model-window = 这一次内容太多，语言模型装不下；请少问一点。
