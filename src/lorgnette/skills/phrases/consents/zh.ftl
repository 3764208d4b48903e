skill-does = 允许过的事
skill-example = 我允许过什么？

consents-title = 问过的事
consents-rules-title = 总是允许
consents-none = 我还没有请求过{ $formal ->
    [true] 您
   *[false] 你
}允许什么。
consents-log = { $first } { $second } { $third }
consents-one-yes = { $at }同意了：“{ $question }”。
consents-one-no = { $at }拒绝了：“{ $question }”。
consents-one-dropped = { $at }没有回答：“{ $question }”。
consents-one-rule = { $at }按规则直接做了：“{ $question }”。
consents-row-yes = 同意：{ $question }
consents-row-no = 拒绝：{ $question }
consents-row-dropped = 没回答：{ $question }
consents-row-rule = 按规则：{ $question }
consents-no-rules = 没有总是允许的事，我每次都会问。
consents-rules = { $more ->
    [0] 给{ $names }发消息我不再问。
   *[other] 给{ $names }等人发消息我不再问，另外还有{ $more }个。
}
consents-always = 以后给{ $who }发消息我就不再问了。
consents-nobody = { $person ->
    [none] 刚才没有允许过什么。先发一条消息，再说：总是允许。
   *[other] 还没有通过我给{ $person }发过消息。先发一条，再说：总是允许。
}
consents-no-rule = { $person ->
    [none] 没有总是允许的事，我每次都会问。
   *[other] 没有给{ $person }的规则，我每次都会问。
}
consents-revoked = 给{ $names }发消息之前，我会再问。
consents-again = 那给{ $names }发消息我就不问了。
consents-not-here = 在大家共用的设备上不行。
