// One key does one thing, outside text fields. What there is for a key stands on the page itself:
// data-step is what j and k lead to, data-key is what that key presses. Loaded for who likes it.
(() => {
  "use strict";

  const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select";
  const ROW = "tr, article";
  const list = document.getElementById("key-list");

  const step = (by) => {
    const steps = [...document.querySelectorAll("[data-step]")];
    const here = document.activeElement.closest(ROW);
    const at = steps.findIndex((each) => here?.contains(each));
    const next = at < 0 && by < 0 ? steps.length - 1 : at + by;
    steps[Math.max(0, Math.min(next, steps.length - 1))]?.focus();
  };

  // A key presses what is in the row that was chosen, and never something of another row.
  const found = (key) => {
    const mark = `[data-key="${CSS.escape(key)}"]`;
    const inRow = document.activeElement.closest(ROW)?.querySelector(mark);
    return inRow ?? [...document.querySelectorAll(mark)].find((each) => !each.closest(ROW));
  };

  const press = (target) => {
    if (target.matches("button, a, summary, [type=radio]")) target.click();
    if (target.matches("[type=radio]")) target.form.querySelector("textarea").focus();
    else if (target.matches(TYPED)) target.focus();
  };

  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (!isPlain || event.repeat || event.target.closest(TYPED) || list.open) return;
    const target = found(event.key);
    if (event.key === "?") list.showModal();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (target) press(target);
    else return;
    event.preventDefault();
  });
})();
