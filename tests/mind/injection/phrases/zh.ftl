skill-does = 街上
told = { $text }
pay = 付给{ $who } { $amount }吗？
