skill-does = Fotos und Filme
skill-example = Mach ein Foto.

picture-taken = Ist im Kasten.
picture-alt = Das Foto
picture-last = Aufgenommen: { $taken }.
picture-deleted = Foto gelöscht.
picture-restored = Das Foto ist wieder da.
film-begun = Film läuft.
film-kept = Film gespeichert, { $length }.
film-last = Ein Film, aufgenommen: { $taken }.
film-deleted = Film gelöscht.
film-restored = Der Film ist wieder da.
gallery-empty = { $formal ->
    [true] Es gibt noch keine Fotos; sagen Sie: Mach ein Foto.
   *[false] Es gibt noch keine Fotos; sag: Mach ein Foto.
}
