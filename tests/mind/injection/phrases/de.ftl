skill-does = die Straße
told = { $text }
pay = { $who } { $amount } zahlen?
