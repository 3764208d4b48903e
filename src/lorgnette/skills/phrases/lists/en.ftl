skill-does = lists
skill-example = Add milk and eggs to the shopping list.

list-name = { $list ->
    [shopping] shopping list
    [todo] to-do list
    [packing] packing list
    [wish] wish list
   *[other] { $list } list
}
list-what = What shall I put on the { list-name }?
list-added = { $items }, on the { list-name }.
list-added-sound = It's on the { list-name }, as you said it.
list-all = { $count ->
    [one] Only { $items }.
   *[other] { $items }.
}
list-many = { $count } things; the first are { $items }.
list-item = { $text }
list-sound = { $length } of sound
list-yes = Yes, { $item } is on the { list-name }.
list-no = No, { $item } isn't on the { list-name }.
list-done = { $item } is done already.
list-checked = { $item }: done.
list-unchecked = { $item } is open again.
list-removed = { $items } off the { list-name }.
list-restored = { $count ->
    [one] It's back on the { list-name }.
   *[other] { $count } things are back on the { list-name }.
}
list-cleared = The { list-name } is empty now.
list-empty = The { list-name } is empty.
lists-all = { $count ->
    [one] You have the { $lists }.
   *[other] You have the { $lists }.
}
lists-many = { $count } lists; among them the { $lists }.
list-none = There are no lists yet.
error-not-found = That isn't on the list; ask me to read it.
