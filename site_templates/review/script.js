// Keeps what a reviewer decides, in this browser until it is taken along; texts are only ever put in as texts.
"use strict";
(() => {
  const words = document.body.dataset;
  const claims = [...document.querySelectorAll("article")];
  const decided = new Map();
  const key = (claim) => `censorkb ${claim.dataset.claimFile} ${claim.dataset.claimId} ${claim.dataset.was}`;
  const lines = (claim) => claim.querySelector(".lines textarea");
  const first = new Map(claims.map((claim) => [claim, lines(claim).value]));
  let taken = "[]";

  const store = (act) => {
    try {
      return act(window.localStorage);
    } catch {
      return null; // a browser may keep nothing; the page then asks before it is left
    }
  };

  const all = () => claims.filter((claim) => decided.has(claim)).map((claim) => ({
    file: claim.dataset.claimFile, id: claim.dataset.claimId, was: claim.dataset.was, ...decided.get(claim),
  }));

  const written = () => JSON.stringify({ censorkb: "decisions", version: 1, decisions: all() }, null, 1) + "\n";

  const sentence = (verdict) => {
    if (verdict.do === "refuse") return `${words.refused}: ${verdict.reason}`;
    const edited = verdict.lines === undefined ? "" : `${words.edited}. `;
    if (verdict.do === "join") return `${edited}${words[verdict.how]}: ${verdict.measure}`;
    return verdict.do === "accept" ? edited + words.accepted : edited;
  };

  const show = (claim) => {
    const verdict = decided.get(claim);
    claim.classList.toggle("decided", Boolean(verdict));
    claim.classList.toggle("refused", verdict?.do === "refuse");
    claim.querySelector(".verdict").textContent = verdict ? sentence(verdict) : "";
    claim.querySelector("[data-do=undo]").disabled = !verdict;
    document.getElementById("decided").textContent = String(decided.size);
    document.getElementById("decisions").value = decided.size ? written() : "";
  };

  const decide = (claim, verdict, onward = true) => {
    const text = lines(claim).value;
    const edit = text === first.get(claim) ? {} : { lines: text };
    if (verdict) {
      decided.set(claim, { ...verdict, ...edit });
      store((kept) => kept.setItem(key(claim), JSON.stringify(decided.get(claim))));
    } else {
      decided.delete(claim);
      lines(claim).value = first.get(claim);
      store((kept) => kept.removeItem(key(claim)));
    }
    claim.querySelector(".why").hidden = true;
    show(claim);
    if (verdict && onward) next(claim);
  };

  const next = (claim) => {
    const after = [...claims.slice(claims.indexOf(claim) + 1), ...claims].find((other) => !decided.has(other));
    (after ?? claim).focus();
  };

  const move = (step) => {
    const at = claims.indexOf(document.activeElement?.closest?.("article"));
    claims[Math.min(claims.length - 1, Math.max(0, at + step))]?.focus();
  };

  const edit = (claim) => {
    claim.querySelector(".lines").open = true;
    lines(claim).readOnly = false;
    lines(claim).focus();
  };

  const ask = (claim) => {
    claim.querySelector(".why").hidden = false;
    claim.querySelector(".why input").focus();
  };

  const refuse = (claim) => {
    const input = claim.querySelector(".why input");
    const reason = input.value.trim();
    if (reason) decide(claim, { do: "refuse", reason });
    else input.focus();
  };

  const acts = {
    accept: (claim) => decide(claim, { do: "accept" }),
    edit,
    refuse: ask,
    refused: refuse,
    undo: (claim) => decide(claim, null),
  };

  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written()], { type: "application/json" }));
    link.download = words.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    taken = JSON.stringify(all());
  };

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const claim = target.closest("article");
    if (!button || !claim) return;
    const measure = button.closest("[data-measure]");
    if (measure) decide(claim, { do: "join", measure: measure.dataset.measure, how: button.dataset.how });
    else acts[button.dataset.do](claim);
  });

  const keys = { a: acts.accept, e: edit, r: ask, u: acts.undo };

  document.addEventListener("keydown", (event) => {
    const claim = event.target.closest("article");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches(".why input, textarea:not([readonly])")) {
      if (event.key === "Enter" && event.target.matches(".why input")) refuse(claim);
      if (event.key === "Escape") claim.focus();
      return;
    }
    if (!document.getElementById("keys-on").checked) return;
    if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.key === "d") download();
    else if (event.key === "?") document.getElementById("keys").open ^= true;
    else if (claim && Object.hasOwn(keys, event.key)) keys[event.key](claim);
    else if (claim && /^[1-9]$/.test(event.key)) claim.querySelectorAll("[data-measure]")[event.key - 1]?.querySelector("[data-how=evidence]").focus();
    else return;
    event.preventDefault();
  });

  for (const claim of claims) {
    lines(claim).addEventListener("input", () => {
      const before = decided.get(claim);
      const changed = lines(claim).value !== first.get(claim);
      if (!changed && (!before || before.do === "edit")) decide(claim, null);
      else decide(claim, { ...(before ?? { do: "edit" }), lines: undefined }, false);
    });
    const kept = store((from) => from.getItem(key(claim)));
    if (kept) {
      try {
        const verdict = JSON.parse(kept);
        if (verdict.lines !== undefined) lines(claim).value = verdict.lines;
        decided.set(claim, verdict);
      } catch {
        store((from) => from.removeItem(key(claim)));
      }
    }
    show(claim);
  }

  document.getElementById("download").addEventListener("click", download);
  document.getElementById("forget").addEventListener("click", () => claims.forEach((claim) => decide(claim, null)));
  addEventListener("beforeunload", (event) => {
    if (decided.size && taken !== JSON.stringify(all())) event.preventDefault();
  });
  for (const part of document.querySelectorAll(".scripted, .unscripted")) part.hidden = !part.hidden;
})();
