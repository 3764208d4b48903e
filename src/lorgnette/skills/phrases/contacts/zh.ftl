skill-does = 通讯录
skill-example = 安娜的电话是多少？

contact-who = 谁的？
contact-which = { $names }，{ $formal ->
    [true] 您
   *[false] 你
}说的是哪一位？
contact-nobody = 通讯录里没有找到{ $name }。
contact-phone = { $name }{ $kind ->
    [home] 家里
    [work] 公司
    [mobile] 手机
   *[none] {""}
}：{ $value }。
contact-mail = { $name }{ $kind ->
    [home] 个人
    [work] 工作
   *[none] {""}
}邮箱：{ $value }。
contact-address = { $name }{ $kind ->
    [work] 公司
   *[none] {""}
}地址：{ $value }。
contact-no-phone = 通讯录里没有{ $name }的电话。
contact-no-mail = 通讯录里没有{ $name }的邮箱。
contact-no-address = 通讯录里没有{ $name }的地址。
contact-no-birthday = 我不知道{ $name }的生日。
contact-full = 通讯录最多只能放{ $limit }个联系人。
birthday = { $name }的生日是{ $day }{ $age ->
    [none] {""}
   *[other] ，满{ $age }岁
}，{ $days ->
   *[other] 还有{ $days }天
}。
birthday-today = 今天是{ $name }的生日{ $age ->
    [none] {""}
   *[other] ，满{ $age }岁
}！
birthdays = 接下来：{ $birthdays }。
birthday-part = { $name }{ $day }
birthday-none = 我不知道谁的生日。
