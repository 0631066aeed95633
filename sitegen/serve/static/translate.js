/* Translating in place, in the preview alone: marks on every text, and a panel that saves into the catalogue. */
(() => {
  "use strict";

  const TOKEN = document.currentScript.dataset.token;
  const STATES = {
    translated: { sign: "✓", text: "translated" },
    stale: { sign: "!", text: "source changed" },
    untranslated: { sign: "∅", text: "not translated" },
  };
  const QUIET = new Set(["A", "IMG", "INPUT", "OPTION", "BUTTON", "SUMMARY", "TR", "DL", "UL", "OL"]);
  const CHECK_DELAY = 400;
  const KEY_ON = "sitegen-translate";
  const KEY_FOCUS = "sitegen-translate-focus";
  const KEY_DRAFT = "sitegen-translate-draft";

  const store = {
    get(key) {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, value);
      } catch {
        /* nothing is kept then */
      }
    },
  };

  /** An element with attributes and children; texts are always texts, never markup. */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) {
        element.setAttribute(key, "");
      } else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(key, value);
      }
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  const ask = async (action, request) => {
    const answer = await fetch(`/.sitegen/api/${action}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Sitegen-Token": TOKEN },
      body: JSON.stringify(request),
    });
    const value = await answer.json();
    if (!answer.ok) {
      throw new Error(value.error || String(answer.status));
    }
    return value;
  };

  const blocks = [...document.body.querySelectorAll("[data-i18n][data-i18n-id]")].filter(
    (block) => block.dataset.i18n in STATES,
  );
  const identity = (block) => `${block.dataset.i18nDomain} ${block.dataset.i18nId}`;
  const marks = new Map();
  const live = make("p", { class: "sitegen-live", role: "status" });
  const say = (text) => {
    live.textContent = text;
  };

  // --- the toolbar ----------------------------------------------------------------------------------------

  const toggle = make("button", { type: "button", class: "sitegen-button", "aria-pressed": "false" }, "Translate");
  const next = make("button", { type: "button", class: "sitegen-button", hidden: true }, "Next to do");
  const count = make("span", { class: "sitegen-count" });
  const bar = make(
    "section",
    { class: "sitegen-bar", "aria-label": "Translation preview", lang: "en", dir: "ltr" },
    toggle,
    next,
    count,
    live,
  );

  const excerptOf = (block) => {
    const text = (block.alt ?? block.textContent).trim().replace(/\s+/g, " ");
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
  };

  const markFor = (block) => {
    const state = STATES[block.dataset.i18n];
    const button = make(
      "button",
      {
        type: "button",
        class: `sitegen-mark sitegen-mark--${block.dataset.i18n}`,
        lang: "en",
        dir: "ltr",
        translate: "no",
        "aria-label": `Translate, ${state.text}: ${excerptOf(block)}`,
        "aria-haspopup": "dialog",
      },
      make("span", { "aria-hidden": "true" }, state.sign),
      block.dataset.i18n === "translated" ? null : make("span", { class: "sitegen-mark__text" }, state.text),
    );
    button.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      open(block);
    });
    return button;
  };

  const visible = (block) => block.getClientRects().length > 0;

  const show = (on) => {
    toggle.setAttribute("aria-pressed", String(on));
    document.documentElement.classList.toggle("sitegen-translating", on);
    store.set(KEY_ON, on ? "1" : null);
    for (const button of marks.values()) {
      button.remove();
    }
    marks.clear();
    const seen = new Map();
    for (const block of blocks) {
      seen.set(identity(block), block.dataset.i18n);
      if (on && visible(block)) {
        const button = markFor(block);
        const holder = block.closest("a, button, summary, option") || block;
        if (holder !== block || QUIET.has(block.tagName)) {
          holder.after(button);
        } else {
          block.append(button);
        }
        marks.set(block, button);
      }
    }
    const states = [...seen.values()];
    const done = states.filter((state) => state === "translated").length;
    count.textContent = on ? `${done} of ${states.length} texts of this page are translated` : "";
    next.hidden = !on || done === states.length;
  };

  const todo = () => [...marks].filter(([block]) => block.dataset.i18n !== "translated").map(([, button]) => button);

  toggle.addEventListener("click", () => show(toggle.getAttribute("aria-pressed") !== "true"));
  next.addEventListener("click", () => {
    const buttons = todo();
    const after = buttons.find(
      (button) => lastFocus && lastFocus.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    (after || buttons[0])?.focus();
  });
  let lastFocus = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.classList?.contains("sitegen-mark")) {
      lastFocus = event.target;
    }
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!marks.size || event.target.closest(".sitegen-mark, .sitegen-bar, .sitegen-panel")) {
        return;
      }
      const block = event.target.closest("[data-i18n]");
      const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (block && marks.has(block) && plain) {
        event.preventDefault();
        event.stopPropagation();
        open(block);
      }
    },
    true,
  );

  // --- the panel ------------------------------------------------------------------------------------------

  const list = (items, item) => (items.length ? make("ul", {}, ...items.map(item)) : null);
  const part = (title, ...content) =>
    content.some(Boolean)
      ? make("section", { class: "sitegen-part" }, make("h3", {}, title), ...content)
      : null;

  const difference = (pieces, language, dir) =>
    make(
      "p",
      { class: "sitegen-text", lang: language, dir },
      ...pieces.map(([kind, text]) => {
        if (kind === "same") {
          return text;
        }
        const spoken = make("span", { class: "sitegen-spoken", lang: "en" }, ` [${kind}: `);
        const end = make("span", { class: "sitegen-spoken" }, "] ");
        return make(kind === "deleted" ? "del" : "ins", {}, spoken, text, end);
      }),
    );

  const terms = (found, language) =>
    list(found, (term) =>
      make(
        "li",
        {},
        make("b", {}, term.term),
        term.translations.length ? " → " : "",
        ...term.translations.flatMap((text, number) => [number ? " / " : "", make("span", { lang: language }, text)]),
        term.note ? ` (${term.note})` : "",
      ),
    );

  const open = async (block) => {
    const from = marks.get(block);
    const key = { language: document.documentElement.lang, domain: block.dataset.i18nDomain, id: block.dataset.i18nId };
    let message;
    try {
      message = await ask("message", key);
    } catch (error) {
      say(`This text cannot be opened: ${error.message}`);
      return;
    }
    new Panel(key, message, from);
  };

  class Panel {
    constructor(key, message, from) {
      this.key = key;
      this.message = message;
      this.from = from;
      this.status = make("p", { class: "sitegen-status", role: "status" });
      this.findings = make("ul", { class: "sitegen-findings", "aria-live": "polite" });
      this.fields = message.strings.map((text, number) => this.field(text, number));
      this.save = make("button", { type: "submit", class: "sitegen-button sitegen-button--main" }, "Save");
      this.dialog = this.build();
      this.restore();
      document.body.append(this.dialog);
      this.dialog.showModal();
      this.fields[0].focus();
      this.report(message.findings);
    }

    field(text, number) {
      const area = make("textarea", {
        id: `sitegen-field-${number}`,
        lang: this.message.language,
        dir: this.message.dir,
        rows: String(Math.min(12, Math.max(3, Math.ceil(this.message.source.length / 50)))),
        spellcheck: "true",
        "aria-describedby": "sitegen-keys",
      });
      area.value = text;
      area.addEventListener("input", () => this.changed());
      return area;
    }

    build() {
      const { message } = this;
      const close = make("button", { type: "button", class: "sitegen-button" }, "Close");
      const form = make(
        "form",
        { method: "dialog", class: "sitegen-form" },
        ...this.fields.flatMap((area, number) => [
          make("label", { for: area.id }, this.label(number)),
          area,
        ]),
        this.findings,
        make("p", { id: "sitegen-keys", class: "sitegen-hint" }, "Ctrl+Enter saves, Esc closes."),
        make("div", { class: "sitegen-buttons" }, this.save, close),
        this.status,
      );
      const dialog = make(
        "dialog",
        { class: "sitegen-panel", "aria-labelledby": "sitegen-title", lang: "en", dir: "ltr" },
        make(
          "h2",
          { id: "sitegen-title" },
          `Translate into ${message.languageName}`,
          make("span", { class: `sitegen-state sitegen-mark--${message.state}` },
            `${STATES[message.state].sign} ${STATES[message.state].text}`),
        ),
        message.derived
          ? make("p", { class: "sitegen-hint" }, `The page in ${message.derived} follows from this text.`)
          : null,
        part(
          `Source (${message.sourceName})`,
          make("p", { class: "sitegen-text", lang: message.sourceLanguage, dir: message.sourceDir }, message.source),
          message.plural
            ? make("p", { class: "sitegen-text", lang: message.sourceLanguage, dir: message.sourceDir }, message.plural)
            : null,
        ),
        message.difference
          ? part(
              "What changed since it was translated",
              difference(message.difference, message.sourceLanguage, message.sourceDir),
            )
          : null,
        form,
        part("Glossary", terms(message.glossary, message.language)),
        part("Place and notes", list(message.notes, (text) => make("li", {}, text))),
        part("Comments of translators", list(message.comments, (text) => make("li", {}, text))),
        part(
          "Files",
          list([message.path, ...message.places], (text) => make("li", {}, make("code", {}, text))),
        ),
      );
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.submit();
      });
      close.addEventListener("click", () => this.leave());
      dialog.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          this.submit();
        }
      });
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        this.leave();
      });
      dialog.addEventListener("close", () => this.closed());
      return dialog;
    }

    label(number) {
      const name = `Translation (${this.message.languageName})`;
      return this.fields.length > 1 || this.message.plural ? `${name}, plural form ${number + 1}` : name;
    }

    get strings() {
      return this.fields.map((area) => area.value);
    }

    get dirty() {
      return this.strings.some((text, number) => text !== this.message.strings[number]);
    }

    /** What was being typed when the page was loaded again (somebody saved another file). */
    restore() {
      const draft = JSON.parse(store.get(KEY_DRAFT) || "null");
      if (draft && draft.id === this.key.id && draft.strings.length === this.fields.length) {
        this.fields.forEach((area, number) => {
          area.value = draft.strings[number];
        });
      }
    }

    changed() {
      this.warned = false;
      store.set(KEY_DRAFT, JSON.stringify({ ...this.key, strings: this.strings }));
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.check(), CHECK_DELAY);
    }

    async check() {
      const asked = this.strings.join("\0");
      try {
        const answer = await ask("check", { ...this.key, strings: this.strings });
        if (asked === this.strings.join("\0")) {
          this.report(answer.findings);
        }
        return answer;
      } catch (error) {
        this.tell(error.message, true);
        return { blocked: true };
      }
    }

    report(findings) {
      const items = findings.map((finding) =>
        make(
          "li",
          { class: `sitegen-finding sitegen-finding--${finding.severity}` },
          make("b", {}, finding.severity === "error" ? "Error: " : "Warning: "),
          finding.message,
          " ",
          make("code", {}, finding.code),
        ),
      );
      this.findings.replaceChildren(...items);
      const blocked = findings.some((finding) => finding.severity === "error");
      for (const area of this.fields) {
        area.setAttribute("aria-invalid", String(blocked));
      }
    }

    tell(text, bad = false) {
      this.status.textContent = text;
      this.status.classList.toggle("sitegen-status--bad", bad);
    }

    async submit() {
      if (this.saving) {
        return;
      }
      this.saving = true;
      clearTimeout(this.timer);
      this.tell("Saving…");
      try {
        const answer = await ask("save", { ...this.key, strings: this.strings, digest: this.message.digest });
        this.report(answer.findings);
        if (answer.saved) {
          this.saved(answer);
        } else {
          this.tell(`Not saved: ${answer.refused}`, true);
          this.fields[0].focus();
        }
      } catch (error) {
        this.tell(`Not saved: ${error.message}`, true);
      }
      this.saving = false;
    }

    saved(answer) {
      store.set(KEY_DRAFT, null);
      store.set(KEY_FOCUS, `${this.key.domain} ${this.key.id}`);
      this.message.strings = this.strings;
      this.dialog.close();
      say(answer.changed ? "Saved. The page is being built again." : "Nothing has changed.");
      if (!answer.changed || !this.strings.some(Boolean)) {
        store.set(KEY_FOCUS, null);
      }
    }

    leave() {
      if (this.dirty && !this.warned) {
        this.warned = true;
        this.tell("Not saved yet. Close once more to throw your changes away.", true);
        return;
      }
      store.set(KEY_DRAFT, null);
      this.dialog.close();
    }

    closed() {
      clearTimeout(this.timer);
      this.dialog.remove();
      (this.from?.isConnected ? this.from : toggle).focus();
    }
  }

  // --- start ----------------------------------------------------------------------------------------------

  const start = () => {
    if (!blocks.length) {
      return;
    }
    document.body.append(bar);
    const draft = JSON.parse(store.get(KEY_DRAFT) || "null");
    const focus = store.get(KEY_FOCUS);
    show(store.get(KEY_ON) === "1" || draft !== null);
    if (focus) {
      const block = blocks.find((found) => identity(found) === focus && marks.has(found));
      marks.get(block)?.focus();
      if (!block || block.dataset.i18n === "translated") {
        store.set(KEY_FOCUS, null);
        say("Saved, and shown on this page.");
      } else {
        say("Saved. The page is being built again."); // it was loaded again for another reason
      }
    }
    if (draft) {
      const block = blocks.find((found) => identity(found) === `${draft.domain} ${draft.id}`);
      block ? open(block) : store.set(KEY_DRAFT, null);
    }
  };
  start();
})();
