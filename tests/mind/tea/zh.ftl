water-on = 水开了。
how-many = 几杯？
with-milk = { $cups }杯加奶吗？
brewing = { $milk ->
    [true] { $cups }杯加奶。
   *[false] { $cups }杯。
}
no-tea = 那就不泡了。
taken-down = 记下了：{ $words }。
steeping = { $amount ->
    [none] 泡{ $duration }。
   *[other] { $amount }泡{ $duration }。
}
sorts-are = 有{ $sorts }。
poured = 一杯{ $sort }。
shops-in = { $place }的店。
shelf-has = { $place }层是空的。
ordered = 点了：{ $order }。
smashed = 打碎了{ $count }个。
emptied = 倒掉了。
error-skill = 不行。
