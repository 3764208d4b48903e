skill-does = 语言模型
skill-example = 使用本地模型。

model-used = 从现在起我用这台电脑上的{ $model }来思考。
model-already = 我已经在用{ $model }了。
model-not-found = 这台电脑上没找到语言模型。
model-now = 我在用{ $model }。
model-none = 我没有语言模型，只会我的那些指令。
model-dropped = 我又不用语言模型了。
