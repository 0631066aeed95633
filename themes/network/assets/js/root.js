/* The root page: send readers to their language, once. Without this script its links do the same. */
(() => {
  "use strict";
  const links = [...document.querySelectorAll("[data-languages] a[hreflang]")];
  const cameFromHere = document.referrer.startsWith(location.origin + "/") && document.referrer !== location.href;
  if (!links.length || cameFromHere || location.hash) {
    return;
  }

  /** The parts of a tag that decide what a reader can read: language and script. */
  const maximized = (tag) => {
    try {
      const locale = new Intl.Locale(tag).maximize();
      return { language: locale.language, script: locale.script };
    } catch {
      return { language: tag.split("-")[0].toLowerCase(), script: undefined };
    }
  };

  const find = (wanted) => {
    const exact = links.find((link) => link.hreflang.toLowerCase() === wanted.toLowerCase());
    if (exact) {
      return exact;
    }
    const reader = maximized(wanted);
    const readable = links.filter((link) => maximized(link.hreflang).language === reader.language);
    return readable.find((link) => maximized(link.hreflang).script === reader.script) || readable[0];
  };

  for (const wanted of navigator.languages || [navigator.language]) {
    const link = wanted && find(wanted);
    if (link) {
      location.replace(link.href);
      return;
    }
  }
})();
