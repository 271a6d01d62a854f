// The chat page: sending with Enter, and where the eye and the keyboard go.
(() => {
  "use strict";

  // --- sending ----------------------------------------------------------------------------------

  // A finger has a button for it, and needs Enter for a new line.
  const byHand = window.matchMedia("(pointer: coarse)");
  document.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!sends || byHand.matches || event.target.id !== "words") return;
    event.preventDefault();
    if (event.target.value.trim()) event.target.form.requestSubmit();
  });

  // One thing at a time: what is typed meanwhile stays in the box until the answer is there.
  const problem = document.getElementById("problem");
  const isSending = (context) => context.request.method === "POST";
  let busy = false;
  let sent = "";

  document.addEventListener("submit", (event) => {
    if (!busy || event.target.id === "exit") return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });

  document.addEventListener("htmx:before:request", ({ detail }) => {
    if (!isSending(detail.ctx)) return;
    busy = true;
    sent = document.getElementById("words")?.value;
    problem.replaceChildren();
  });

  document.addEventListener("htmx:finally:request", ({ detail }) => {
    if (isSending(detail.ctx)) busy = false;
  });

  document.addEventListener("htmx:error", ({ detail }) => {
    if (!detail.ctx || !isSending(detail.ctx)) return;
    const line = document.createElement("p");
    line.className = "notice";
    line.textContent = problem.dataset.notSent;
    problem.replaceChildren(line);
  });

  // --- what is new ------------------------------------------------------------------------------

  const NEAR = 160;
  const scroller = () => document.querySelector("#chat main");
  const newest = () => [...document.querySelectorAll("#log .said")].at(-1)?.id;

  const showScreen = () => {
    const main = scroller();
    const now = document.getElementById("now");
    if (!main || !now) return;
    const length = main.scrollHeight - now.offsetTop + main.offsetTop;
    if (length > main.clientHeight) now.scrollIntoView({ block: "start" });
    else main.scrollTop = main.scrollHeight;
  };

  const goOn = () => {
    const words = document.getElementById("words");
    const choices = document.getElementById("choices");
    if (words && !choices && !byHand.matches) words.focus();
    else (choices ?? document.getElementById("now"))?.focus({ preventScroll: true });
  };

  let before = { newest: newest(), near: true };
  document.addEventListener("htmx:before:swap", () => {
    const main = scroller();
    if (!main) return;
    const below = main.scrollHeight - main.scrollTop - main.clientHeight;
    before = { newest: newest(), near: below < NEAR };
  });

  document.addEventListener("htmx:after:settle", ({ target }) => {
    if (target.id !== "chat") return;
    if (pressed) {
      pressed = false;
      const words = document.getElementById("words");
      if (words && words.value === sent) words.form.reset();
      showScreen();
      goOn();
    } else if (newest() !== before.newest && before.near) {
      document.getElementById(newest())?.scrollIntoView({ block: "nearest" });
    }
  });

  let pressed = false;
  document.addEventListener("htmx:after:request", ({ detail }) => {
    if (isSending(detail.ctx)) pressed = !detail.ctx.hx.retarget;
  });

  showScreen();
})();
