// What the page says as a product: first steps, settings, people, installing.

export { de } from "./de.js";
export { en } from "./en.js";
export { zh } from "./zh.js";
