// What is half typed and how far the conversation was scrolled, over a reload of this window; nothing longer.

const KEY = "lorgnette-draft";

/** Keeps `input`'s text as it is typed and gives it back on a page that was loaded again. */
export function draft(input) {
  const read = () => {
    try {
      return sessionStorage.getItem(KEY) ?? "";
    } catch {
      return "";
    }
  };
  const keep = () => {
    try {
      if (input.value) sessionStorage.setItem(KEY, input.value);
      else sessionStorage.removeItem(KEY);
    } catch {
      // refused: a reload loses it
    }
  };
  if (!input.value) input.value = read();
  input.addEventListener("input", keep);
  input.form?.addEventListener("submit", () => setTimeout(keep));
  return { keep };
}
