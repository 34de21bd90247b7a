// The widget's sentences, in the language of the page.

// The server puts every catalogue of texts/ here when it serves the script.
const CATALOGUES = __TEXTS__;
const DEFAULT_LOCALE = "it";

/** @typedef {(key: string, values?: Object<string, string|number>) => string} Translate */

/**
 * The best language we speak for the ones asked for, in order of preference.
 * @param {...(string|null|undefined)} wanted such as "en-GB"
 */
export function pickLocale(...wanted) {
  const spoken = wanted.filter(Boolean).map((tag) => tag.toLowerCase().split("-")[0]);
  return spoken.find((tag) => tag in CATALOGUES) ?? DEFAULT_LOCALE;
}

/**
 * A function that gives the sentence of a key, with `{name}` placeholders filled in.
 * @param {string} locale one that `pickLocale` gave
 * @param {Object<string, string>} constants values known everywhere, such as the brand
 * @returns {Translate}
 */
export function translator(locale, constants) {
  const sentences = CATALOGUES[locale];
  return (key, values = {}) => {
    const known = { ...constants, ...values };
    return (sentences[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => known[name] ?? "");
  };
}

/** The suggestions of the empty conversation: `suggestion_1`, `suggestion_2`, ... */
export function suggestions(locale) {
  const sentences = CATALOGUES[locale];
  return Object.keys(sentences).filter((key) => key.startsWith("suggestion_")).map((key) => sentences[key]);
}
