skill-does = the street
told = { $text }
pay = Pay { $who } { $amount }?
