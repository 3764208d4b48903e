skill-does = Kontakte
skill-example = Wie ist die Nummer von Anna?

contact-who = Von wem?
contact-which = { $names }: { $formal ->
    [true] wen meinen Sie
   *[false] wen meinst du
}?
contact-nobody = { $formal ->
    [true] In Ihren Kontakten
   *[false] In deinen Kontakten
} finde ich niemanden namens { $name }.
contact-phone = { $name }{ $kind ->
    [home] , privat
    [work] , bei der Arbeit
    [mobile] , mobil
   *[none] {""}
}: { $value }.
contact-mail = { $name }{ $kind ->
    [home] , privat
    [work] , bei der Arbeit
   *[none] {""}
}: { $value }.
contact-address = { $name }{ $kind ->
    [work] , bei der Arbeit
   *[none] {""}
}: { $value }.
contact-no-phone = Von { $name } ist keine Nummer gespeichert.
contact-no-mail = Von { $name } ist keine Mailadresse gespeichert.
contact-no-address = Von { $name } ist keine Adresse gespeichert.
contact-no-birthday = Wann { $name } Geburtstag hat, weiß ich nicht.
contact-full = Es ist nur Platz für { $limit } Kontakte.
birthday = { $name } hat am { $day } Geburtstag{ $age ->
    [none] {""}
   *[other] {" "}und wird { $age }
}, { $days ->
    [one] morgen
   *[other] in { $days } Tagen
}.
birthday-today = { $name } hat heute Geburtstag{ $age ->
    [none] {""}
   *[other] {" "}und wird { $age }
}!
birthdays = Als Nächstes: { $birthdays }.
birthday-part = { $name } { $day }
birthday-none = Ich kenne von niemandem den Geburtstag.
