// The desk: sending with Ctrl+Enter, text that is never lost, and what folds away on a phone.
// Everything works without this file; nothing here decides anything.
(() => {
  "use strict";

  // --- sending ------------------------------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing;
    if (!sends || event.target.id !== "words" || !event.target.form) return;
    event.preventDefault();
    if (event.target.value.trim()) event.target.form.requestSubmit();
  });

  // A draft is kept without anybody asking, and says so where it is written.
  const isSending = ({ ctx }) => ctx?.request.method === "POST" && ctx.sourceElement?.id !== "draft";
  const problem = document.getElementById("problem");
  document.addEventListener("htmx:before:request", ({ detail }) => {
    if (isSending(detail)) problem?.replaceChildren();
  });

  // No answer at all: the text stays, and so does the name it is sent under.
  document.addEventListener("htmx:error", ({ detail }) => {
    if (!problem || !isSending(detail)) return;
    const line = document.createElement("p");
    line.className = "notice";
    line.textContent = problem.dataset.notSent;
    problem.replaceChildren(line);
  });

  document.addEventListener("htmx:after:settle", ({ target }) => {
    if (target.id === "main") fold();
    if (target.id === "talk" || target.id === "main") document.getElementById("words")?.focus();
  });

  // A standard reply goes where the cursor is; one is found by what it says.
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("#replies button");
    const box = document.getElementById("words");
    if (!chosen || !box) return;
    event.preventDefault();
    const text = chosen.closest("li").querySelector("p[lang]").textContent;
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.closest("form").querySelector("#replies").open = false;
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.id === "sought") event.preventDefault();
  });
  document.addEventListener("toggle", ({ target }) => {
    if (target.id === "replies") target.querySelector("#sought").hidden = false;
  }, true);
  document.addEventListener("input", ({ target }) => {
    if (target.id !== "sought") return;
    const sought = target.value.trim().toLowerCase();
    for (const each of document.querySelectorAll("#replies li")) {
      each.hidden = !each.textContent.toLowerCase().includes(sought);
    }
  });

  // How long a reply can still be taken back.
  setInterval(() => {
    for (const left of document.querySelectorAll("progress.leaves")) {
      left.value -= 1;
      if (!left.value) left.closest("form").hidden = true;
    }
  }, 1000);

  // Whoever types is there, though their page asks for nothing.
  const OFTEN = 5 * 60 * 1000;
  let told = 0;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "words" || event.timeStamp - told < OFTEN) return;
    told = event.timeStamp;
    fetch("/staff/me", { method: "HEAD" }).catch(() => {});
  });

  // --- what folds away ------------------------------------------------------------------------------

  const wide = window.matchMedia("(min-width: 64rem)");
  const fold = () => {
    const facts = document.getElementById("facts");
    if (facts) facts.open = wide.matches;
  };
  wide.addEventListener("change", fold);
  fold();

  const menu = document.querySelector(".me");
  document.addEventListener("click", (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu?.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
