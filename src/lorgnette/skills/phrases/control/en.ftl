skill-does = the conversation
skill-example = Say that again.

control-quiet = It's quiet already.
control-all-right = All right.
control-again = { $said }
control-nothing-said = I haven't said anything yet.
control-slower = I'll speak more slowly.
control-faster = I'll speak faster.
control-normal = I'll speak as usual.
control-rate-back = I'll speak as before.
control-nothing-to-undo = There's nothing to undo.
control-welcome = You're welcome.
