skill-does = what you allowed
skill-example = What did I allow?

consents-title = What you were asked
consents-rules-title = Always allowed
consents-none = I haven't asked you to allow anything yet.
consents-log = { $first } { $second } { $third }
consents-one-yes = You said yes, { $at }: “{ $question }”.
consents-one-no = You said no, { $at }: “{ $question }”.
consents-one-dropped = You didn't answer, { $at }: “{ $question }”.
consents-one-rule = Done without asking, { $at }, by a rule of yours: “{ $question }”.
consents-row-yes = Yes: { $question }
consents-row-no = No: { $question }
consents-row-dropped = No answer: { $question }
consents-row-rule = By rule: { $question }
consents-no-rules = Nothing is always allowed; I ask each time.
consents-rules = { $more ->
    [0] Without asking, I write to { $names }.
   *[other] Without asking, I write to { $names } and { $more } more.
}
consents-always = From now on I won't ask before writing to { $who }.
consents-nobody = { $person ->
    [none] You haven't just allowed anything. Send a message first, then say: always allow that.
   *[other] You haven't written to { $person } through me yet. Do it once, then say: always allow that.
}
consents-no-rule = { $person ->
    [none] Nothing is always allowed; I ask each time.
   *[other] There's no rule for { $person }; I ask each time.
}
consents-revoked = I'll ask again before writing to { $names }.
consents-again = Then I won't ask before writing to { $names }.
consents-not-here = Not at a device that others use, too.
