/* Translating in the browser: the catalogue comes as pieces of its file, changed pieces are written anew, and all of
   them together are the file to download. Nothing leaves this browser by itself. */
(() => {
  "use strict";

  const FORMAT = 1;
  const STEP = 40;
  const SAVE_DELAY = 300;
  const STORE = "sitegen-workbench";
  const root = document.querySelector("[data-workbench]");
  const find = (selector, within = root) => within.querySelector(selector);
  const status = document.querySelector("[data-status]");
  const texts = Object.fromEntries(
    [...root.querySelectorAll("[data-text]")].map((item) => [item.dataset.text, item.textContent]),
  );
  const show = find("#workbench-show");
  for (const option of show.options) {
    texts[option.value] = option.textContent;
  }
  const fill = (pattern, values) => pattern.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);

  // --- PO text --------------------------------------------------------------------------------------------

  const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r" };
  const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{3fffd}]/gu;
  const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]/g;
  const escape = (text) => text.replace(/[\\"\n\t\r]/g, (character) => ESCAPES[character]);

  const columns = (text) => {
    if (/^[\x20-\x7e]*$/.test(text)) {
      return text.length;
    }
    return [...text.replace(/(?![\ufe00-\ufe0f])\p{M}/gu, "")].length + (text.match(WIDE) || []).length;
  };

  const wrap = (line, width) => {
    const lines = [];
    let current = "";
    let used = 0;
    for (const piece of line.match(/\S*\s+|\S+/g) || [""]) {
      if (current && used + columns(piece.trimEnd()) > width) {
        lines.push(current);
        current = "";
        used = 0;
      }
      current += piece;
      used += columns(piece);
    }
    return [...lines, current];
  };

  /** A text as the lines of a PO file, the first behind its keyword. */
  const literal = (keyword, text, width) => {
    const parts = text.split("\n");
    const last = parts.pop();
    const lines = parts.map((part) => escape(`${part}\n`));
    if (last || !lines.length) {
      lines.push(escape(last));
    }
    const whole = lines.join("");
    if (lines.length === 1 && (!width || keyword.length + 3 + columns(whole) <= width)) {
      return [`${keyword} "${whole}"`];
    }
    if (!width && lines.length === 1) {
      return [`${keyword} "${whole}"`];
    }
    const pieces = width ? lines.flatMap((line) => wrap(line, width - 2)) : lines;
    return [`${keyword} ""`, ...pieces.map((piece) => `"${piece}"`)];
  };

  /** What a translator typed, as it may stand in a file: gettext wants both texts to begin and end alike. */
  const tidy = (text, source) => {
    if (!text.trim()) {
      return "";
    }
    const clean = text.replace(/\r\n?/g, "\n").replace(FORBIDDEN, "").normalize("NFC");
    const inner = clean.replace(/^\n+|\n+$/g, "");
    return (source.startsWith("\n") ? "\n" : "") + inner + (source.endsWith("\n") ? "\n" : "");
  };

  const entryText = (catalogue, piece, strings) => {
    const source = (number) => (number && piece.plural ? piece.plural : piece.msgid);
    const tidied = strings.map((text, number) => tidy(text, source(number)));
    const lines = tidied.flatMap((text, number) =>
      literal(piece.plural ? `msgstr[${number}]` : "msgstr", text, catalogue.width),
    );
    let head = piece.head;
    if (tidied.some(Boolean) && breaksFormat(piece, tidied)) {
      head = head.replace(/^#, /m, "#, fuzzy, "); // unfinished: no tool will stumble over it
    }
    return piece.above + head + lines.map((line) => line + catalogue.newline).join("");
  };

  const two = (number) => String(number).padStart(2, "0");
  const now = () => {
    const date = new Date();
    const minutes = -date.getTimezoneOffset();
    const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`;
    const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    return `${day} ${two(date.getHours())}:${two(date.getMinutes())}${offset}`;
  };

  /** The header with a field set; its other lines stay as they are. */
  const withField = (raw, name, value, newline) => {
    const line = `"${escape(`${name}: ${value}\n`)}"`;
    const known = new RegExp(`^"${name}: (?:[^"\\\\]|\\\\.)*"(?:\\r?\\n"(?![A-Za-z-]+: )(?:[^"\\\\]|\\\\.)*")*`, "m");
    if (known.test(raw)) {
      return raw.replace(known, () => line);
    }
    return raw.replace(/((?:\r?\n)?)$/, () => newline + line + newline);
  };

  const fileText = (catalogue, edits, name) => {
    const header = (piece) => {
      const dated = withField(piece.raw, "PO-Revision-Date", now(), catalogue.newline);
      return name ? withField(dated, "Last-Translator", name, catalogue.newline) : dated;
    };
    const pieces = catalogue.pieces.map((piece) => {
      if (piece.fields) {
        return edits.size ? header(piece) : piece.raw;
      }
      return piece.id && edits.has(piece.id) ? entryText(catalogue, piece, edits.get(piece.id)) : piece.raw;
    });
    return pieces.join("") + catalogue.trailing;
  };

  // --- checks ---------------------------------------------------------------------------------------------

  const MARKS = /\]\(([^)\s]*)|<\/?[a-z][^>]*>|`[^`]+`|\[\^[^\]]+\]|%\(\w+\)[sd]/gi;
  const isFormat = (piece) => /^#, .*python-format/m.test(piece.head);

  const counted = (text, pattern) => {
    const found = new Map();
    for (const match of text.matchAll(pattern)) {
      const mark = match[1] ?? match[0];
      found.set(mark, (found.get(mark) || 0) + 1);
    }
    return found;
  };

  /** Links, tags, code and placeholders that only one of two texts has. */
  const differences = (source, text) => {
    const here = counted(source, MARKS);
    const there = counted(text, MARKS);
    return [...new Set([...here.keys(), ...there.keys()])].filter((mark) => here.get(mark) !== there.get(mark));
  };

  const breaksFormat = (piece, strings) => {
    const names = (text) => [...new Set(text.match(/%\(\w+\)[a-z]/g) || [])].sort().join(" ");
    const stray = (text) => /%(?!\(\w+\)[sd]|%)/.test(text.replaceAll("%%", ""));
    const known = [piece.msgid, piece.plural || piece.msgid].map(names);
    return isFormat(piece) && strings.some((text) => stray(text) || !known.includes(names(text)));
  };

  // --- what is kept ---------------------------------------------------------------------------------------

  let kept = true;
  const storage = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key) || "null");
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        kept = true;
      } catch {
        kept = false;
      }
      find("[data-unkept]").hidden = kept;
    },
    keys() {
      try {
        return Object.keys(localStorage);
      } catch {
        return [];
      }
    },
  };

  const storeKey = (catalogue) => `${STORE} ${location.pathname} ${catalogue.path} ${catalogue.digest}`;

  /** The edits of this catalogue, and those of an earlier one whose messages say the same as then. */
  const load = (catalogue) => {
    const own = storeKey(catalogue);
    const prefix = own.slice(0, own.length - catalogue.digest.length);
    const edits = new Map();
    const pieces = new Map(catalogue.pieces.filter((piece) => piece.id).map((piece) => [piece.id, piece]));
    const keys = storage.keys().filter((key) => key.startsWith(prefix) && key !== own);
    for (const key of [...keys, own]) {
      for (const [id, edit] of Object.entries(storage.read(key)?.edits || {})) {
        const piece = pieces.get(id);
        const sameForms = piece && Array.isArray(edit.strings) && edit.strings.length === piece.strings.length;
        if (sameForms && (key === own || JSON.stringify(edit.base) === JSON.stringify(piece.strings))) {
          edits.set(id, edit.strings.map(String));
        }
      }
    }
    return edits;
  };

  const keep = (bench) => {
    const edits = {};
    for (const piece of bench.catalogue.pieces) {
      if (piece.id && bench.edits.has(piece.id)) {
        edits[piece.id] = { strings: bench.edits.get(piece.id), base: piece.strings };
      }
    }
    storage.write(storeKey(bench.catalogue), { edits });
  };

  // --- the list -------------------------------------------------------------------------------------------

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };

  let serial = 0;

  class Task {
    constructor(bench, piece) {
      this.bench = bench;
      this.piece = piece;
      this.element = find("[data-item]").content.firstElementChild.cloneNode(true);
      serial += 1;
      this.build(`workbench-text-${serial}`);
      this.update();
    }

    part(name) {
      return find(`[data-${name}]`, this.element);
    }

    build(id) {
      const { piece, bench } = this;
      const { catalogue, data } = bench;
      const language = { lang: catalogue.source, dir: catalogue.sourceDir };
      const source = this.part("source");
      for (const element of [source, this.part("difference")]) {
        Object.entries(language).forEach(([name, value]) => element.setAttribute(name, value));
      }
      source.id = id;
      source.textContent = piece.msgid;
      if (piece.plural) {
        source.after(make("p", { class: "task__text", ...language }, piece.plural));
      }
      this.part("note").textContent = piece.notes[0] || piece.context || "";
      this.part("note").lang = "en"; // what extraction says of a text
      if (piece.difference) {
        const kinds = { deleted: "del", inserted: "ins" };
        const pieces = piece.difference.map(([kind, text]) => (kind in kinds ? make(kinds[kind], {}, text) : text));
        this.part("difference").append(...pieces);
        this.part("changed").hidden = false;
      }
      this.fields = this.strings.map((text, number) => this.field(text, number, id, data));
      this.notes();
      this.part("done").addEventListener("click", () => this.finish());
      this.part("undo").addEventListener("click", () => this.undo());
      this.element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          this.finish();
        }
      });
    }

    field(text, number, id, data) {
      const { piece } = this;
      const label = piece.plural ? `${texts.translation}: ${fill(texts.form, { number: number + 1 })}` : texts.translation;
      const area = make("textarea", { id: `${id}-${number}`, lang: data.language, dir: data.dir, spellcheck: "true" });
      area.rows = Math.min(12, Math.max(2, Math.ceil(piece.msgid.length / 60)));
      area.value = text;
      area.setAttribute("aria-describedby", id);
      area.addEventListener("input", () => this.edited());
      this.part("fields").append(make("label", { for: area.id }, label), area);
      return area;
    }

    notes() {
      const { piece } = this;
      const terms = (piece.terms || []).map(
        (term) => `${term.term} → ${term.translations.join(" / ")}${term.note ? ` (${term.note})` : ""}`,
      );
      const lines = [...terms, ...(piece.comments || []), ...piece.notes, ...piece.places];
      find("ul", this.part("notes")).append(...lines.map((line) => make("li", { lang: "en" }, line)));
      this.part("notes").hidden = !lines.length;
      this.part("notes").open = terms.length > 0 || (piece.comments || []).length > 0;
    }

    get strings() {
      return this.bench.edits.get(this.piece.id) || this.piece.strings;
    }

    get typed() {
      return this.fields.map((area) => area.value);
    }

    edited(confirmed = false) {
      const same = this.typed.every((text, number) => text === this.piece.strings[number]);
      if (same && !(confirmed && this.piece.state === "stale")) {
        this.bench.edits.delete(this.piece.id);
      } else {
        this.bench.edits.set(this.piece.id, this.typed);
      }
      this.bench.changed();
      this.update();
    }

    finish() {
      this.edited(true);
      this.bench.next(this);
    }

    undo() {
      this.bench.edits.delete(this.piece.id);
      this.fields.forEach((area, number) => {
        area.value = this.piece.strings[number];
      });
      this.bench.changed();
      this.update();
      this.fields[0].focus();
    }

    update() {
      const state = this.bench.stateOf(this.piece);
      this.element.dataset.is = state;
      this.part("state").textContent = texts[state];
      this.part("undo").hidden = state !== "edited";
      const sources = (number) => (number && this.piece.plural ? this.piece.plural : this.piece.msgid);
      const found = new Set(
        this.typed.flatMap((text, number) => (text.trim() ? differences(sources(number), text) : [])),
      );
      this.part("missing").hidden = !found.size;
      this.part("missing").textContent = found.size ? `${texts.missing} ${[...found].join(" ")}` : "";
    }
  }

  class Bench {
    constructor(data) {
      this.data = data;
      this.tasks = [];
      this.search = find("#workbench-find");
      this.choose(0);
      const choice = find("#workbench-catalogue");
      choice.append(...data.catalogues.map((found, number) => new Option(found.path, number)));
      find("[data-choice]").hidden = data.catalogues.length < 2;
      choice.addEventListener("change", () => this.choose(Number(choice.value)));
      show.addEventListener("change", () => this.list());
      this.search.addEventListener("input", () => this.list());
      find("[data-tools]").addEventListener("submit", (event) => event.preventDefault());
      find("[data-more]").addEventListener("click", () => this.more(true));
      find("[data-finish]").addEventListener("submit", (event) => {
        event.preventDefault();
        this.download();
      });
      addEventListener("beforeunload", (event) => {
        clearTimeout(this.timer);
        keep(this);
        if (!kept && this.edits.size && !this.downloaded) {
          event.preventDefault();
        }
      });
    }

    choose(number) {
      if (this.catalogue) {
        keep(this);
      }
      this.catalogue = this.data.catalogues[number];
      this.edits = load(this.catalogue);
      this.downloaded = false;
      keep(this);
      this.ways();
      this.list();
    }

    get messages() {
      return this.catalogue.pieces.filter((piece) => piece.id);
    }

    stateOf(piece) {
      const edit = this.edits.get(piece.id);
      if (!edit) {
        return piece.state;
      }
      return edit.every((text) => text.trim()) ? "edited" : "untranslated";
    }

    isDone(piece) {
      return ["edited", "translated"].includes(this.stateOf(piece));
    }

    wanted(piece) {
      const state = this.stateOf(piece);
      const chosen = show.value === "all" || (show.value === "todo" ? !this.isDone(piece) : state === show.value);
      const words = this.search.value.trim().toLocaleLowerCase();
      const all = [piece.msgid, piece.plural || "", ...piece.strings, ...(this.edits.get(piece.id) || []), ...piece.places];
      return chosen && (!words || all.join("\n").toLocaleLowerCase().includes(words));
    }

    /** Show from the beginning what the filter wants; what is on the page then stays until the filter changes. */
    list() {
      this.waiting = this.messages.filter((piece) => this.wanted(piece));
      this.tasks = [];
      this.group = null;
      find("[data-list]").replaceChildren();
      find("[data-empty]").hidden = this.waiting.length > 0;
      this.more(false);
      this.count();
    }

    more(focus) {
      const next = this.waiting.splice(0, STEP);
      const tasks = next.map((piece) => this.add(piece));
      find("[data-more]").hidden = !this.waiting.length;
      if (focus) {
        tasks[0]?.fields[0].focus();
      }
    }

    add(piece) {
      const place = piece.places[0] || "";
      if (!this.group || this.group.place !== place) {
        const page = place.endsWith(".md") ? /·\s*([^›]+)/.exec(piece.notes[0] || "")?.[1].trim() : "";
        const { source, sourceDir } = this.catalogue;
        const title = page ? [make("span", { lang: source, dir: sourceDir }, page), make("small", {}, place)] : [place];
        const heading = make("h2", { class: "workbench__group" }, ...title);
        this.group = { place, list: make("ol", { class: "tasks" }) };
        find("[data-list]").append(heading, this.group.list);
      }
      const task = new Task(this, piece);
      this.tasks.push(task);
      this.group.list.append(task.element);
      return task;
    }

    next(task) {
      const after = this.tasks.slice(this.tasks.indexOf(task) + 1).find((other) => !this.isDone(other.piece));
      if (after) {
        after.fields[0].focus();
      } else if (this.waiting.length) {
        this.more(true);
      } else {
        find("#workbench-name").focus();
      }
    }

    changed() {
      this.downloaded = false;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => keep(this), SAVE_DELAY);
      this.count();
    }

    count() {
      const total = this.messages.length;
      const done = this.messages.filter((piece) => this.isDone(piece)).length;
      const progress = find("#workbench-progress");
      progress.max = Math.max(1, total);
      progress.value = done;
      const number = new Intl.NumberFormat(document.documentElement.lang);
      find("#workbench-count").textContent = fill(texts.count, {
        done: number.format(done),
        total: number.format(total),
      });
    }

    ways() {
      const { email, repository, language } = this.data;
      const name = this.catalogue.path;
      if (email) {
        const link = find("[data-email] a");
        const subject = encodeURIComponent(`${language}: ${name}`);
        link.textContent = email;
        link.href = `mailto:${email}?subject=${subject}&body=${encodeURIComponent(texts.attached)}`;
        find("[data-email]").hidden = false;
      }
      if (repository && /^https?:/.test(repository)) {
        find("[data-repository] code").textContent = name;
        find("[data-repository] a").textContent = repository;
        find("[data-repository] a").href = repository;
        find("[data-repository]").hidden = false;
      }
    }

    download() {
      const name = find("#workbench-name").value.replace(FORBIDDEN, "").trim();
      const blob = new Blob([fileText(this.catalogue, this.edits, name)], { type: "text/x-gettext-translation" });
      const address = URL.createObjectURL(blob);
      const link = make("a", { href: address, download: `${this.catalogue.domain}.${this.data.language}.po` });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      this.downloaded = true;
      status.textContent = texts.downloaded;
    }
  }

  const start = async () => {
    try {
      const answer = await fetch(root.dataset.workbench);
      const data = await answer.json();
      if (data.format !== FORMAT || !data.catalogues.length) {
        throw new Error("this catalogue is of another version");
      }
      root.hidden = false;
      new Bench(data);
    } catch (error) {
      document.querySelector("[data-failed]").hidden = false;
      throw error;
    }
  };
  start();
})();
