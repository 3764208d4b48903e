skill-does = @words@
skill-example = 让@words@问好两次。
hello = { $count ->
    [1] @words@向你问好！
   *[other] @words@向你问好{ $count }次！
}
shown = 你好 × { $count }
