skill-does = 天气
skill-example = 明天会下雨吗？

weather-now = { $named ->
    [true] { $place }
   *[false] {""}
}现在{ $degrees }，{ $sky }，今天最高{ $high }。
weather-day = { $named ->
    [true] { $place }
   *[false] {""}
}{ $day }{ $sky }，最高{ $high }。
rain-now = { $named ->
    [true] { $place }
   *[false] {""}
}现在正在{ $wet }，大概{ $time }会停。
rain-now-on = { $named ->
    [true] { $place }
   *[false] {""}
}现在正在{ $wet }，今天一直会下。
rain-from = 会，{ $named ->
    [true] { $place }
   *[false] {""}
}{ $day }大概{ $time }开始{ $wet }。
rain-from-chance = 会，{ $named ->
    [true] { $place }
   *[false] {""}
}{ $day }大概{ $time }开始{ $wet }，概率百分之{ $chance }。
rain-likely = 会，{ $named ->
    [true] { $place }
   *[false] {""}
}{ $day }很可能{ $wet }，概率百分之{ $chance }。
rain-maybe = 说不准，{ $named ->
    [true] { $place }
   *[false] {""}
}{ $day }的概率是百分之{ $chance }。
rain-no = 不会，{ $named ->
    [true] { $place }
   *[false] {""}
}{ $day }没有雨。
temperature-now = { $named ->
    [true] { $place }
   *[false] {""}
}现在{ $degrees }。
temperature-felt = { $named ->
    [true] { $place }
   *[false] {""}
}现在{ $degrees }，体感{ $feels }度。
temperature-day = { $named ->
    [true] { $place }
   *[false] {""}
}{ $day }{ $low }到{ $high }度。

degrees = { $below ->
    [true] 零下{ $n }度
   *[false] { $n }度
}
number = { $below ->
    [true] 零下{ $n }
   *[false] { $n }
}
sky = { $sky ->
    [clear] { $dark ->
        [true] 晴
       *[false] 晴天
    }
    [fair] { $dark ->
        [true] 大致晴朗
       *[false] 晴间少云
    }
    [cloudy] { $dark ->
        [true] 少云
       *[false] 多云
    }
    [overcast] 阴天
    [fog] 有雾
    [drizzle] 毛毛雨
    [rain] 有雨
    [downpour] 大雨
    [showers] 阵雨
    [freezing] 冻雨，路上小心
    [snow] 有雪
    [thunder] 雷雨
    [hail] 雷雨加冰雹
   *[unknown] 天空状况不明
}
wet = { $snow ->
    [true] 下雪
   *[false] 下雨
}
shown-title = { $named ->
    [true] { $place }，{ $day }
   *[false] { $day }
}
shown-rain = 降水 { $chance } %

weather-where = { $formal ->
    [true] 您想问哪里的天气？您的设备都没有告诉我您在哪儿。
   *[false] 你想问哪里的天气？你的设备都没有告诉我你在哪儿。
}
weather-off = 我还不能查天气，可以在主机设置的weather里打开。
weather-no-place = 我不知道叫{ $place }的地方，请换个说法。
weather-too-far = 太远了，我大约只能看到两周以内。
weather-past = 已经过去了，我只知道接下来的天气。
error-service = 天气服务没有回应，请稍后再试。
error-service-busy = 天气服务暂时不接受更多查询，请过一会儿再试。
error-service-refused = 天气服务拒绝了我的请求，请检查主机设置里的weather。
