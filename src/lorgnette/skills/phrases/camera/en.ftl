skill-does = pictures and films
skill-example = Take a picture.

picture-taken = Got it.
picture-alt = The picture
picture-last = Taken: { $taken }.
picture-deleted = Picture deleted.
picture-restored = The picture is back.
film-begun = Filming.
film-kept = Film kept, { $length }.
film-last = A film, taken: { $taken }.
film-deleted = Film deleted.
film-restored = The film is back.
gallery-empty = There are no pictures yet; say: take a picture.
