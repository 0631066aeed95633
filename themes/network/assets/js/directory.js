/* The directory: words are searched as they are typed, choices narrow the list, and the address says both, so that it
   can be shared. Names are compared in a plain form (lower case, no diacritics, Latin letters for Cyrillic ones), made
   with the tables of the directory's file. Without this script the page is the whole list, with links instead. */
(() => {
  "use strict";
  const root = document.querySelector("[data-directory]");
  const form = root?.querySelector("form");
  if (!form) {
    return;
  }
  const address = new URL(root.dataset.directory, location.href);
  const choices = [...form.querySelectorAll("select")];
  const words = form.elements.q;

  const FIRST = 48; // entries that are shown
  const SOON = innerWidth < 700 ? 5 : 12; // entries that are shown while somebody types: a screen of them
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language);

  form.hidden = false;

  const query = () => {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value.trim()) {
        found.set(name, value.trim());
      }
    }
    return found.toString();
  };

  const list = root.querySelector("[data-directory-list]");
  const place = root.querySelector("[data-directory-results]");
  const status = root.querySelector("[data-directory-status]");
  const clear = form.querySelector("[type=reset]");
  const said = place.dataset;
  root.querySelector(".facets")?.setAttribute("hidden", "");

  let loading;
  let index;

  const replaced = (text) => Array.from(text, (letter) => index.letters[letter] ?? letter).join("");

  /** The plain form of a text; the same as sitegen/locales/folding.py does it. */
  const fold = (text) => {
    let plain = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(plain)) {
      plain = replaced(replaced(plain.normalize("NFC")).normalize("NFD").replace(/\p{M}/gu, ""));
    }
    for (const [pair, single] of index.pairs) {
      plain = plain.replaceAll(pair, single);
    }
    return plain;
  };

  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  /** Every entry with its words in plain form, a space before each; the name's own words apart. */
  const prepare = (data) => {
    index = data;
    index.plain = index.fields.map(([, values]) => values.map(([, label]) => ` ${wordsOf(label).join(" ")}`));
    index.entries = index.rows.map(([title, url, values, others, lang, summary]) => {
      const name = ` ${wordsOf(title).join(" ")}`;
      const labels = values.map((chosen, field) => chosen.map((value) => index.plain[field][value]).join("")).join("");
      return { title, url, values, lang: lang || "", summary, name, text: `${name}${others ? ` ${others}` : ""}${labels}` };
    });
  };

  const load = () => {
    loading ??= fetch(address).then(async (answer) => {
      if (!answer.ok) {
        throw new Error(`${answer.status}`);
      }
      prepare(await answer.json());
    });
    return loading;
  };

  /* --- what fits --- */

  const chosenNow = () => {
    const chosen = new Map();
    for (const choice of choices) {
      const field = index.fields.findIndex(([name]) => name === choice.name);
      const value = choice.value && index.fields[field]?.[1].findIndex(([slug]) => slug === choice.value);
      chosen.set(choice, { field, value: choice.value ? value : -1 });
    }
    return chosen;
  };

  const has = (text, word) => text.includes(` ${word}`) || (word.length > 2 && text.includes(word));

  /** The entries that fit, those first whose names have the first word. */
  const find = () => {
    const wanted = wordsOf(words.value);
    const chosen = [...chosenNow().values()].filter(({ value }) => value !== -1);
    const first = [];
    const rest = [];
    for (const entry of index.entries) {
      if (
        wanted.every((word) => has(entry.text, word)) &&
        chosen.every(({ field, value }) => entry.values[field]?.includes(value))
      ) {
        (wanted.length && entry.name.includes(` ${wanted[0]}`) ? first : rest).push(entry);
      }
    }
    return first.concat(rest);
  };

  /** For every choice: value → how many entries it would find beside the words and the other choices. */
  const count = () => {
    const wanted = wordsOf(words.value);
    const chosen = chosenNow();
    const counts = new Map(choices.map((choice) => [choice, new Map()]));
    for (const entry of index.entries) {
      if (!wanted.every((word) => has(entry.text, word))) {
        continue;
      }
      const misses = choices.filter((choice) => {
        const { field, value } = chosen.get(choice);
        return value !== -1 && !entry.values[field]?.includes(value);
      });
      for (const choice of misses.length ? misses : choices) {
        if (misses.length < 2) {
          const table = counts.get(choice);
          for (const value of entry.values[chosen.get(choice).field] || []) {
            table.set(value, (table.get(value) || 0) + 1);
          }
        }
      }
    }
    return { counts, chosen };
  };

  const tellCounts = () => {
    const { counts, chosen } = count();
    for (const choice of choices) {
      const slugs = index.fields[chosen.get(choice).field]?.[1] || [];
      const numbers = new Map(slugs.map(([slug], value) => [slug, counts.get(choice).get(value) || 0]));
      for (const option of choice.options) {
        if (option.value) {
          const found = numbers.get(option.value) || 0;
          const text = `${option.dataset.name} (${number.format(found)})`;
          if (option.textContent !== text) {
            option.textContent = text;
            option.disabled = !found && !option.selected;
          }
        }
      }
    }
  };

  /* --- what is shown --- */

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    made.append(...content);
    return made;
  };

  const speak = (made, tag) => {
    if (tag) {
      made.lang = tag;
      made.dir = "auto";
    }
    return made;
  };

  const labelsOf = (entry, name) => {
    const field = index.fields.findIndex(([one]) => one === name);
    return field < 0 ? [] : (entry.values[field] || []).map((value) => index.fields[field][1][value]);
  };

  const spans = (labels, gap) =>
    labels.flatMap(([, label, tag], at) => [at ? gap : "", speak(element("span", "", label), tag)]);

  const linkOf = (entry, className) => {
    const link = speak(element(entry.url ? "a" : "span", className, entry.title), entry.lang);
    if (entry.url) {
      link.href = new URL(entry.url, address).href;
    }
    return link;
  };

  const TONES = { accredited: "green", potential: "wheat", former: "plain" };

  const badges = (entry) =>
    labelsOf(entry, "status").map(([slug, label]) => element("span", `badge badge--${TONES[slug] || "plain"}`, label));

  const card = (entry) => {
    const where = [...labelsOf(entry, "region"), ...labelsOf(entry, "country")];
    const meta = element("p", "card__meta", element("span", "", ...spans(where, " · ")), ...badges(entry));
    const body = element("div", "card__body", element("h2", "card__title", linkOf(entry, "card__link")), meta);
    if (entry.summary) {
      body.append(speak(element("p", "card__text", entry.summary), entry.lang));
    }
    return element("li", "", element("article", "card card--lags", body));
  };

  const columns = () =>
    ["region", "country", "theme", "status"].filter((name) =>
      index.fields.some(([field, values]) => field === name && values.length),
    );

  const row = (entry) => {
    const name = element("th", "", linkOf(entry, ""));
    name.scope = "row";
    const cells = columns().map((column) =>
      element("td", "", ...(column === "status" ? badges(entry) : spans(labelsOf(entry, column), ", "))),
    );
    return element("tr", "", name, ...cells);
  };

  const frame = (table) => {
    if (!table) {
      const cards = element("ul", "cards cards--lags");
      return { frame: cards, holder: cards, make: card };
    }
    const heads = ["name", ...columns()].map((name) => {
      const head = element("th", "", said[name]);
      head.scope = "col";
      return head;
    });
    const body = element("tbody", "");
    const caption = element("caption", "visually-hidden", form.getAttribute("aria-label"));
    const made = element("table", "directory__table", caption, element("thead", "", element("tr", "", ...heads)), body);
    const scroller = element("div", "directory__scroll", made);
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", form.getAttribute("aria-label"));
    return { frame: scroller, holder: body, make: row };
  };

  const show = (entries, table) => {
    const parts = frame(table);
    const shown = () => parts.holder.children.length;
    const add = (upTo) => parts.holder.append(...entries.slice(shown(), upTo).map(parts.make));
    add(SOON);
    place.replaceChildren(...(entries.length ? [parts.frame] : []));
    return () => {
      add(FIRST);
      if (entries.length > shown()) {
        const more = element("button", "button button--quiet directory__more", said.more);
        more.type = "button";
        more.addEventListener("click", () => {
          const next = shown();
          add(next + FIRST * 2);
          parts.holder.children[next].querySelector("a")?.focus();
          if (shown() >= entries.length) {
            more.remove();
          }
        });
        place.append(more);
      }
    };
  };

  let timer;
  let turn = 0;

  /** What is not urgent waits until the typing has come to rest: the rest of the list, the number that is read out. */
  const atRest = (task, typing) => {
    clearTimeout(timer);
    if (typing) {
      timer = setTimeout(task, 300);
    } else {
      task();
    }
  };

  const run = async (typing = false) => {
    const current = (turn += 1);
    const asked = Boolean(query());
    clear.hidden = !asked;
    if (!asked && !index) {
      return;
    }
    if (!index) {
      try {
        await load();
      } catch {
        loading = undefined;
        status.textContent = said.failed;
        return;
      }
    }
    if (current !== turn) {
      return;
    }
    const found = asked ? find() : [];
    const complete = show(found, form.elements.view.value === "table");
    list.hidden = asked;
    place.hidden = !asked;
    atRest(() => {
      complete();
      tellCounts();
      const told = found.length ? said.count.replace("{n}", number.format(found.length)) : said.none;
      status.textContent = asked ? told : "";
    }, typing);
  };

  /* --- the address says what is shown --- */

  const take = () => {
    const wanted = new URL(location.href).searchParams;
    words.value = (wanted.get("q") || "").slice(0, words.maxLength);
    for (const choice of choices) {
      choice.value = [...choice.options].some((option) => option.value === wanted.get(choice.name))
        ? wanted.get(choice.name)
        : "";
    }
    for (const view of form.elements.view) {
      view.checked = view.value === (wanted.get("view") || "");
    }
    return run();
  };

  const remember = (keep) => {
    const url = new URL(location.href);
    url.search = query();
    url.hash = "";
    if (url.href !== location.href) {
      history[keep ? "pushState" : "replaceState"](null, "", url);
    }
  };

  let writing;
  words.addEventListener("input", () => {
    run(true);
    clearTimeout(writing);
    // The first word is a step to which Back returns, the letters after it are not.
    writing = setTimeout(() => remember(!new URL(location.href).searchParams.has("q")), 300);
  });
  form.addEventListener("change", (event) => {
    if (event.target !== words) {
      remember(true);
      run();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(writing);
    remember(true);
    run();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    words.value = "";
    for (const choice of choices) {
      choice.value = "";
    }
    form.elements.view[0].checked = true;
    remember(true);
    run();
    words.focus();
  });
  addEventListener("popstate", take);

  /* Arrow keys walk from the box through the results; Escape leads back. */
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || place.hidden) {
      return;
    }
    const results = [...place.querySelectorAll("a")];
    const at = results.indexOf(document.activeElement);
    let next;
    if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === words)) {
      next = results[at + 1];
    } else if (event.key === "ArrowUp" && at >= 0) {
      next = results[at - 1] || words;
    } else if (event.key === "Escape" && at >= 0) {
      next = words;
    }
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  take();
  if (!index && !navigator.connection?.saveData) {
    const early = () => load().catch(() => (loading = undefined));
    (self.requestIdleCallback || setTimeout)(early);
  }
})();
