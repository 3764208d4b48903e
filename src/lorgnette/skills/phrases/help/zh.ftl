skill-does = 帮助
skill-example = 你会做什么？

help-examples = 比如可以说：{ $examples }。
help-part = “{ $example }”
help-nothing = 我还什么都不会，请在设置里添加一个技能。
