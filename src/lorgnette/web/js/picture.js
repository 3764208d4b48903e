// A data URI drawn on a canvas: the page's policy lets in no images but its own.

/** Fills `canvas` with the image; does nothing when the data are none. */
export async function drawData(canvas, source) {
  const match = /^data:(image\/(?:png|jpeg|webp));base64,([A-Za-z0-9+/=]+)$/.exec(source);
  if (!match) return;
  try {
    const bytes = Uint8Array.from(atob(match[2]), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: match[1] }));
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
    image.close();
  } catch {
    // not an image after all; its label still says what it is
  }
}
