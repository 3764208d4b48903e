timer-rings = Votre minuteur est terminé.
wear-hello = Bonjour { $name }.
