skill-does = 笔记
skill-example = 记一下，备用钥匙在花盆下面。

note-what = 要记什么？
note-taken = 记下了：{ $text }。
note-recorded = 第{ $number }条笔记，{ $length }。
note-read = { $note }。
note-words = { $text }
note-sound = 第{ $number }条，{ $length }录音
notes-one = { $notes }。
notes-several = { $count }条笔记，最近的是：{ $notes }。
notes-found = { $count }条笔记：{ $notes }。
note-deleted = 删掉了：{ $note }。
note-restored = 恢复了：{ $note }。
note-none = 还没有笔记。
note-none-with = 没有笔记提到{ $words }。
error-not-found = 没有这条笔记，可以让我读一下{ $formal ->
    [true] 您
   *[false] 你
}的笔记。
note-named = 第{ $number }条笔记
