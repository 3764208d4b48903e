skill-does = Lautstärke
skill-example = Mach etwas lauter.

volume-set = { $level }.
volume-most = Lauter geht es nicht.
volume-muted = Stumm.
volume-now = Die Lautstärke ist bei { $level }.
