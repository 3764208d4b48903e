skill-does = 外部工具
skill-example = 你有哪些外部工具？

outside-none = 还没有外部工具。这样添加：lorgnette mcp add。
outside-tools = { $count ->
    [1] 有一个外部工具：{ $names }。
   *[other] 有{ $count }个外部工具，例如{ $names }。
}
outside-answer = { $server }说：{ $text }
outside-done = { $server }做好了。
outside-offer = 让{ $server }执行“{ $tool }”吗？内容是{ $arguments }。
outside-offer-bare = 让{ $server }执行“{ $tool }”吗？
error-outside-off = 这个外部工具关着，可以在设置里打开。
error-outside-changed = { $formal ->
    [true] 这个工具和您批准时不一样了。请先在设置里看一看，我再用它。
   *[other] 这个工具和你批准时不一样了。先在设置里看一看，我再用它。
}
error-outside-unreached = 现在连不上这个外部工具。
error-outside-faulty = 这个外部工具没有给出像样的回答。
error-outside-refused = { $server }做不了这件事。
error-outside-login = { $formal ->
    [true] 您得先在那里登录，方法见设置。
   *[other] 你得先在那里登录，方法见设置。
}
error-outside-unusable = 这个外部工具的说明有问题，我没法用它。
error-arguments = { $formal ->
    [true] 外部工具要的不是这样，请您再说一遍。
   *[other] 外部工具要的不是这样，再说一遍吧。
}
