skill-does = 清单
skill-example = 把牛奶和鸡蛋加到购物清单。

list-name = { $list ->
    [shopping] 购物清单
    [todo] 待办清单
    [packing] 行李清单
    [wish] 心愿清单
   *[other] { $list }清单
}
list-what = 要往{ list-name }里加什么？
list-added = { $items }，加到{ list-name }了。
list-added-sound = 已照{ $formal ->
    [true] 您
   *[false] 你
}说的加到{ list-name }了。
list-all = { $count ->
   *[other] { $count }样：{ $items }。
}
list-many = 一共{ $count }样，前面是{ $items }。
list-item = { $text }
list-sound = { $length }录音
list-yes = 有，{ list-name }里有{ $item }。
list-no = 没有，{ list-name }里没有{ $item }。
list-done = { $item }已经完成了。
list-checked = { $item }，完成了。
list-unchecked = { $item }又算没完成了。
list-removed = { $items }从{ list-name }里去掉了。
list-restored = { $count ->
    [1] 又回到{ list-name }了。
   *[other] { $count }样又回到{ list-name }了。
}
list-cleared = { list-name }清空了。
list-empty = { list-name }是空的。
lists-all = { $count ->
   *[other] { $count }个清单：{ $lists }。
}
lists-many = { $count }个清单，其中有{ $lists }。
list-none = 还没有清单。
error-not-found = 清单里没有这个，可以让我读一下清单。
