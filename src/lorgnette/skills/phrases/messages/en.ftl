skill-does = messages
skill-example = Do I have new messages?

messages-title = Messages
message-part = { $who }: { $text }.
message-part-whole = { $who }: { $text }
message-part-bare = { $who } sent something that I can't read.
messages-new = { $count ->
    [one] One new: { $parts }
   *[other] { $count } new. { $parts }
}
messages-many = { $count } new; the latest: { $parts }
messages-old = Nothing new. The last came { $at }. { $message }
message-last = { $message }
messages-none = No messages.
messages-none-from = Nothing from { $who }.
message-ask = Send { $who }: “{ $text }”?
message-ask-at = Send { $who }, { $place }: “{ $text }”?
message-what = What shall I write to { $who }?
message-sent = Sent to { $who }.
message-later = I can't reach the server now; I'll send it to { $who } as soon as I can.
message-nothing-to-answer = There's no message to answer.
error-message-nobody = I know nobody called { $who } whom I can write to.
error-message-which = Which one do you mean: { $names }?
error-message-unset = No account for messages is set up yet; one goes into the hub's settings, under mail or matrix.
error-message-account = The { $way } account is refused; its password or token needs a look.
error-message-failed = The server didn't take the message to { $who }.
error-message-address = That's no address that I can write to.
error-message-empty = There's nothing in the message.
error-message-long = That message is too long to send.
error-message-many = Too many messages wait to be sent already.
error-message-unsure = I don't know whether the message to { $who } arrived; I won't send it again.
