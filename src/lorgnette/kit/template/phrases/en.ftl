skill-does = @words@
skill-example = Say hello from @words@ two times.
hello = { $count ->
    [one] Hello from @words@!
   *[other] { $count } hellos from @words@!
}
shown = Hello × { $count }
