skill-does = Ruhezeiten
skill-example = Ruhezeit von zehn bis sieben.

quiet-title = Ruhezeit
quiet-set = Ruhezeit { $hours }.
quiet-over = Keine Ruhezeit mehr.
quiet-none = { $formal ->
    [true] Sie haben keine Ruhezeit.
   *[false] Du hast keine Ruhezeit.
}
quiet-now = Ja, bis { $time }. Timer und Wecker klingeln trotzdem.
quiet-not-now = Gerade nicht. Sie ist { $hours }.
quiet-hours = von { $begin } bis { $end }
quiet-hours-on = von { $begin } bis { $end }, { $repeat }
