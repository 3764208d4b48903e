skill-does = les minuteurs
skill-example = Mets un minuteur de cinq minutes.
timer-set = { $named ->
    [yes] Minuteur { $label }, { $duration }.
   *[no] Minuteur, { $duration }.
}
timer-left = Il reste { $left }.
timer-cancelled = Minuteur annulé.
