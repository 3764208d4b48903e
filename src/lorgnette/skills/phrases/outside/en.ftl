skill-does = outside tools
skill-example = Which outside tools do you have?

outside-none = There are no outside tools yet. Add one with: lorgnette mcp add.
outside-tools = { $count ->
    [1] One outside tool: { $names }.
   *[other] { $count } outside tools, for example { $names }.
}
outside-answer = { $server } says: { $text }
outside-done = { $server } has done it.
outside-offer = Let { $server } do “{ $tool }”, with { $arguments }?
outside-offer-bare = Let { $server } do “{ $tool }”?
error-outside-off = That outside tool is switched off; you turn it on in the settings.
error-outside-changed = That tool isn't what you approved any more. Look at it in the settings before I use it.
error-outside-unreached = I can't reach that outside tool right now.
error-outside-faulty = The outside tool gave me no proper answer.
error-outside-refused = { $server } couldn't do that.
error-outside-login = You have to log in there first; the settings show how.
error-outside-unusable = That outside tool can't be used as it is described.
error-arguments = The outside tool wants to know it differently; say it once more.
