/* The search page. Words are compared in a plain form (lower case, no diacritics, Latin letters for Cyrillic ones), made
   with the tables of the index; what readers see is always the spelling of the page. Only the few files of the index
   that a query needs are loaded. Without this script the page offers other ways. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-index]");
  const place = document.querySelector("[data-search-results]");
  if (!form || !place) {
    return;
  }
  const input = form.querySelector("input[type=search]");
  const status = document.querySelector("[data-search-status]");
  const said = place.dataset;
  const language = document.documentElement.lang;

  const MAXIMUM_WORDS = 10;
  const LONGEST_WORD = 40;
  const PAGE = 10;
  const BEFORE = 12; // words of an excerpt before the first hit
  const LENGTH = 36; // words of an excerpt
  const EXACT = 1;
  const FORM = 0.7; // another form of the word
  const BEGINNING = 0.4; // a longer word that begins so

  /* --- the index --- */

  const address = new URL(form.dataset.index, location.href);
  let index;
  let files = new Map();

  const load = async (name, options) => {
    const answer = await fetch(new URL(name, address), options);
    if (!answer.ok) {
      throw new Error(`${name}: ${answer.status}`);
    }
    return answer.json();
  };

  /** A file of the index; its name changes with its content, so it may come from any cache. */
  const file = (name) => {
    if (!files.has(name)) {
      files.set(name, load(name));
    }
    return files.get(name);
  };

  const open = async () => {
    const found = await load("index.json", { cache: "no-cache" });
    files = new Map();
    found.endings = found.endings && new Set(["", ...found.endings]);
    found.changes = new Set(found.changes.flatMap(([one, other]) => [one + other, other + one]));
    index = found;
  };

  /* --- words --- */

  const replaced = (text) => Array.from(text, (letter) => index.letters[letter] ?? letter).join("");

  /** The plain form of a text; the same as sitegen/locales/folding.py does it. */
  const fold = (text) => {
    let plain = replaced(text.toLowerCase().normalize("NFC"));
    plain = replaced(plain.normalize("NFD").replace(/\p{M}/gu, ""));
    for (const [pair, single] of index.pairs) {
      plain = plain.replaceAll(pair, single);
    }
    return plain;
  };

  const wordsOf = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) || []).map((word) => word.slice(0, LONGEST_WORD));

  const common = (one, other) => {
    let length = 0;
    while (length < one.length && one[length] === other[length]) {
      length += 1;
    }
    return length;
  };

  /** Whether two words are forms of one: they share a beginning, and what is left of both are endings. */
  const related = (one, other) => {
    const shared = common(one, other);
    const longest = Math.max(one.length, other.length);
    if (!index.endings) {
      return shared >= 4 && longest - shared <= 2;
    }
    for (let length = shared; length >= Math.max(3, Math.ceil(longest * 0.4)); length -= 1) {
      const [first, second] = [one.slice(length), other.slice(length)];
      if (index.endings.has(first) && index.endings.has(second)) {
        return true;
      }
      const changed = first && second && index.changes.has(first[0] + second[0]);
      if (changed && index.endings.has(first.slice(1)) && index.endings.has(second.slice(1))) {
        return true;
      }
    }
    return false;
  };

  /** All words of the index that begin with `beginning`, with their pages. */
  const beginningWith = async (beginning) => {
    const names = index.words
      .filter(([first], number) => {
        const next = index.words[number + 1]?.[0];
        return (first < beginning || first.startsWith(beginning)) && (next === undefined || next >= beginning);
      })
      .map(([, name]) => name);
    const tables = await Promise.all(names.map(file));
    return tables.flatMap((table) => Object.entries(table).filter(([word]) => word.startsWith(beginning)));
  };

  const kindOf = (word, wanted) => {
    if (word === wanted) {
      return EXACT;
    }
    if (wanted.length >= 3 && related(wanted, word)) {
      return FORM;
    }
    return word.startsWith(wanted) ? BEGINNING : 0;
  };

  /** What one word of the query finds: pages with scores, and the words that were meant. */
  const look = async (wanted) => {
    const candidates = await beginningWith(wanted.slice(0, 3));
    const meant = new Set();
    const pages = new Map();
    for (const [word, places] of candidates) {
      const factor = kindOf(word, wanted);
      if (factor) {
        meant.add(word);
        let page = 0;
        for (let at = 0; at < places.length; at += 2) {
          page += places[at];
          pages.set(page, Math.max(pages.get(page) || 0, factor * places[at + 1]));
        }
      }
    }
    const rarity = Math.log(1 + (index.pages - pages.size + 0.5) / (pages.size + 0.5));
    return { meant, pages: new Map([...pages].map(([page, weight]) => [page, weight * rarity])) };
  };

  /** Pages with all words of the query, the best first; where there are none, those with any of them. */
  const search = async (query) => {
    const words = [...new Set(wordsOf(query))].slice(0, MAXIMUM_WORDS);
    const looks = await Promise.all(words.map(look));
    const scores = new Map();
    for (const { pages } of looks) {
      for (const [page, score] of pages) {
        const known = scores.get(page) || { words: 0, score: 0 };
        scores.set(page, { words: known.words + 1, score: known.score + score });
      }
    }
    const all = [...scores].filter(([, found]) => found.words === words.length);
    const found = all.length ? all : [...scores];
    found.sort(([a, one], [b, other]) => other.words - one.words || other.score - one.score || a - b);
    return {
      words,
      pages: found.map(([page]) => page),
      whole: all.length > 0,
      meant: looks.map((one) => one.meant),
    };
  };

  /** [address, title, its language, part of the site, its language, [language, text, …]] of a page. */
  const textOf = async (page) => {
    const [first, name] = index.texts.findLast(([start]) => start <= page);
    return (await file(name))[page - first];
  };

  /* --- excerpts --- */

  /** A text in pieces: words with what stands between them. `hit`: which word of the query this is, or -1. */
  const piecesOf = (text, meant) =>
    Array.from(text.matchAll(/([\p{L}\p{N}\p{M}]*)([^\p{L}\p{N}\p{M}]*)/gu), ([, word, rest]) => {
      const plain = word && fold(word).slice(0, LONGEST_WORD);
      return { word, rest, hit: plain ? meant.findIndex((words) => words.has(plain)) : -1 };
    }).filter((piece) => piece.word || piece.rest);

  /** Where the best excerpt begins: with the most words of the query in its reach. */
  const bestStart = (pieces) => {
    let best = { start: 0, score: 0 };
    pieces.forEach((piece, number) => {
      if (piece.hit >= 0) {
        const reach = pieces.slice(number, number + LENGTH - BEFORE);
        const score = new Set(reach.map((one) => one.hit).filter((hit) => hit >= 0)).size;
        if (score > best.score) {
          best = { start: Math.max(0, number - BEFORE), score };
        }
      }
    });
    return best;
  };

  /** Lines of a text are blocks of the page: a dot stands between those that do not end a sentence. */
  const between = (rest) => rest.replace(/\s*\n\s*/g, (gap, at) => (at === 0 ? " · " : " "));

  const marked = (pieces, element) => {
    for (const { word, rest, hit } of pieces) {
      if (hit >= 0) {
        const mark = document.createElement("mark");
        mark.textContent = word;
        element.append(mark, between(rest));
      } else {
        element.append(word + between(rest));
      }
    }
    return element;
  };

  /** A text says which language it is in where that is not the page's. */
  const speak = (element, tag) => {
    if (tag) {
      element.lang = tag;
      element.dir = "auto";
    }
  };

  const excerpt = (runs, meant) => {
    let best;
    for (let at = 0; at < runs.length; at += 2) {
      const pieces = piecesOf(runs[at + 1], meant);
      const { start, score } = bestStart(pieces);
      if (!best || score > best.score) {
        best = { lang: runs[at], pieces, start, score };
      }
    }
    if (!best) {
      return null;
    }
    const paragraph = document.createElement("p");
    paragraph.className = "result__excerpt";
    speak(paragraph, best.lang);
    const end = best.start + LENGTH;
    paragraph.append(best.start > 0 ? "… " : "");
    const last = best.pieces[end - 1];
    marked([...best.pieces.slice(best.start, end - 1), ...(last ? [{ ...last, rest: "" }] : [])], paragraph);
    paragraph.append(end < best.pieces.length ? " …" : (last?.rest ?? ""));
    return paragraph;
  };

  const item = async (page, meant) => {
    const [path, title, titleLanguage, part, partLanguage, runs] = await textOf(page);
    const link = document.createElement("a");
    link.className = "result__link";
    link.href = new URL(`../${path}`, address).href;
    speak(link, titleLanguage);
    marked(piecesOf(title, meant), link);
    const heading = document.createElement("h2");
    heading.className = "result__title";
    heading.append(link);
    const element = document.createElement("li");
    element.className = "result";
    element.append(heading);
    if (part) {
      const where = document.createElement("p");
      where.className = "result__part";
      where.textContent = part;
      speak(where, partLanguage);
      element.append(where);
    }
    element.append(excerpt(runs, meant) || "");
    return element;
  };

  /* --- the page --- */

  let turn = 0; // answers to an older query come too late
  let timer;

  const tell = (text) => {
    status.textContent = text;
  };

  const show = async (found, from, current) => {
    const items = await Promise.all(found.pages.slice(from, from + PAGE).map((page) => item(page, found.meant)));
    if (current !== turn) {
      return;
    }
    let list = place.querySelector("ol");
    if (!from) {
      list = document.createElement("ol");
      list.className = "results";
      place.replaceChildren(list);
    }
    list.append(...items);
    place.querySelector("button")?.remove();
    if (found.pages.length > from + PAGE) {
      const more = document.createElement("button");
      more.type = "button";
      more.className = "button button--quiet";
      more.textContent = said.more;
      more.addEventListener("click", async () => {
        await show(found, from + PAGE, current);
        list.children[from + PAGE]?.querySelector("a").focus();
      });
      place.append(more);
    }
  };

  const answer = async (query, current) => {
    if (!index) {
      await open();
    }
    const found = await search(query);
    if (current !== turn) {
      return;
    }
    if (!found.pages.length) {
      place.replaceChildren();
      tell(found.words.length ? said.none : "");
      return;
    }
    await show(found, 0, current);
    if (current === turn) {
      const count = said.count.replace("{n}", new Intl.NumberFormat(language).format(found.pages.length));
      tell(found.whole ? count : `${said.some} ${count}`);
    }
  };

  const run = async () => {
    turn += 1;
    const current = turn;
    const query = input.value;
    if (!query.trim()) {
      place.replaceChildren();
      tell("");
      return;
    }
    try {
      try {
        await answer(query, current);
      } catch {
        index = undefined; // the site was published anew: its files have other names now
        await answer(query, current);
      }
    } catch {
      if (current === turn) {
        place.replaceChildren();
        tell(said.failed);
      }
    }
  };

  const addressOf = (query) => {
    const url = new URL(location.href);
    if (query.trim()) {
      url.searchParams.set("q", query);
    } else {
      url.searchParams.delete("q");
    }
    url.hash = "";
    return url;
  };

  const take = () => {
    input.value = (new URL(location.href).searchParams.get("q") || "").slice(0, input.maxLength);
    return run();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      history.replaceState(null, "", addressOf(input.value));
      run();
    }, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (addressOf(input.value).href !== location.href) {
      history.pushState(null, "", addressOf(input.value));
    }
    run();
  });
  addEventListener("popstate", take);

  /* Arrow keys walk from the box through the results; Escape leads back. */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const links = [...place.querySelectorAll(".result__link")];
    const at = links.indexOf(document.activeElement);
    let next;
    if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === input)) {
      next = links[at + 1];
    } else if (event.key === "ArrowUp" && at >= 0) {
      next = links[at - 1] || input;
    } else if (event.key === "Escape" && at >= 0) {
      next = input;
    }
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  take();
})();
