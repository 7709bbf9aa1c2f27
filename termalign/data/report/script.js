"use strict";
// Filters and orders the concepts; everything on the page is there without it. Text is only ever read from the page, never
// made into markup.
(() => {
  const byId = (id) => document.getElementById(id);
  const list = byId("concept-list");
  const controls = byId("controls");
  if (!list || !controls) return;
  const find = byId("find"), status = byId("status"), kind = byId("kind"), languages = byId("languages");
  const order = byId("order"), flagged = byId("flagged"), open = byId("open"), shown = byId("shown");
  const cards = Array.from(list.children);
  const texts = new Map();

  // Width and case do not matter; hyphens and dots are written as authors like.
  const key = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u00b7\u2010-\u2015\u30fb-]/g, "");

  const text = (card) => {
    if (!texts.has(card)) {
      const terms = Array.from(card.querySelectorAll(".term"), (term) => term.textContent);
      texts.set(card, key(terms.concat(card.id).join("\n")));
    }
    return texts.get(card);
  };

  const hasLanguages = (card, wanted) => {
    const has = card.dataset.languages.split(" ");
    return wanted.split(" ").every((one) => one === "" || (one[0] === "-" ? !has.includes(one.slice(1)) : has.includes(one)));
  };

  const filter = () => {
    const words = find.value.split(/\s+/u).map(key).filter(Boolean);
    let n = 0;
    for (const card of cards) {
      const fits = (!status.value || card.dataset.status === status.value)
        && (!kind.value || card.dataset.kind === kind.value)
        && (!flagged.checked || card.dataset.flagged)
        && hasLanguages(card, languages.value)
        && words.every((word) => text(card).includes(word));
      card.hidden = !fits;
      n += fits ? 1 : 0;
    }
    shown.textContent = `${n.toLocaleString("en")} of ${cards.length.toLocaleString("en")} shown`;
  };

  const sort = () => {
    const rank = new Map(cards.map((card, index) => [card, index]));
    const wanted = order.value;
    let compare = () => 0;
    if (wanted.endsWith("score")) {
      const sign = wanted[0] === "-" ? 1 : -1;
      const none = (card) => card.dataset.score === "";
      compare = (a, b) => none(a) - none(b) || sign * (Number(a.dataset.score) - Number(b.dataset.score));
    } else if (wanted) {
      const column = wanted.slice("term-".length);
      const name = new Map(cards.map((card) => {
        const term = card.querySelector(`[data-column="${column}"] .term`);
        return [card, term ? term.textContent : ""];
      }));
      const collator = new Intl.Collator(column);
      compare = (a, b) => (name.get(a) === "") - (name.get(b) === "") || collator.compare(name.get(a), name.get(b));
    }
    list.append(...cards.slice().sort((a, b) => compare(a, b) || rank.get(a) - rank.get(b)));
  };

  const reset = () => {
    for (const field of [find, status, kind, languages, order]) field.value = "";
    flagged.checked = false;
    sort();
    filter();
  };

  const toTarget = () => {
    const card = location.hash ? byId(decodeURIComponent(location.hash.slice(1))) : null;
    if (!card || card.parentNode !== list) return;
    if (card.hidden) reset();
    for (const details of card.querySelectorAll("details")) details.open = true;
    card.scrollIntoView();
  };

  for (const field of [status, kind, languages, flagged]) field.addEventListener("change", filter);
  find.addEventListener("input", filter);
  order.addEventListener("change", sort);
  byId("reset").addEventListener("click", reset);
  open.addEventListener("click", () => {
    const details = cards.filter((card) => !card.hidden).flatMap((card) => Array.from(card.querySelectorAll("details")));
    const opening = details.some((one) => !one.open);
    for (const one of details) one.open = opening;
    open.textContent = opening ? "Close all evidence" : "Open all evidence";
  });
  window.addEventListener("hashchange", toTarget);

  controls.hidden = false;
  sort(); // a browser that goes back keeps what was chosen
  filter();
  toTarget();
})();
