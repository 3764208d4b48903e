skill-does = @words@
skill-example = Sag Hallo von @words@ zwei Mal.
hello = { $count ->
    [one] Hallo von @words@!
   *[other] { $count } Mal Hallo von @words@!
}
shown = Hallo × { $count }
