skill-does = contacts
skill-example = What's Anna's phone number?

contact-who = Whose?
contact-which = { $names }: who do you mean?
contact-nobody = I find nobody called { $name } in your contacts.
contact-phone = { $name }{ $kind ->
    [home] , at home
    [work] , at work
    [mobile] , mobile
   *[none] {""}
}: { $value }.
contact-mail = { $name }{ $kind ->
    [home] , private
    [work] , at work
   *[none] {""}
}: { $value }.
contact-address = { $name }{ $kind ->
    [work] , at work
   *[none] {""}
}: { $value }.
contact-no-phone = { $name } has no phone number in your contacts.
contact-no-mail = { $name } has no mail address in your contacts.
contact-no-address = { $name } has no address in your contacts.
contact-no-birthday = I don't know { $name }’s birthday.
contact-full = There's room for { $limit } contacts only.
birthday = { $name }’s birthday is { $day }{ $age ->
    [none] {""}
   *[other] , turning { $age }
}, { $days ->
    [one] tomorrow
   *[other] in { $days } days
}.
birthday-today = { $name }’s birthday is today{ $age ->
    [none] {""}
   *[other] : { $age }
}!
birthdays = Next: { $birthdays }.
birthday-part = { $name } { $day }
birthday-none = I know nobody's birthday.
