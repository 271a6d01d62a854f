// Tells who looks elsewhere that somebody waits: a number in the title and a dot on the tab always, a
// tone and a notice for who likes them. It is told when more wait, and every minute until none does.
// Nothing that is told says who waits, or what for.
(() => {
  "use strict";

  const AGAIN = 60 * 1000;
  const TOLD = "told";
  const { tells, waits, icon } = document.body.dataset;
  const likes = (what) => tells.split(" ").includes(what);

  // --- the tab ------------------------------------------------------------------------------------

  const title = document.title.replace(/^\(\d+\) /, "");
  const tab = document.querySelector("link[rel=icon]");
  const plainIcon = tab.href;
  const waiting = () =>
    Number(document.querySelector("#bar-waiting .count")?.firstChild?.textContent ?? 0);
  const mark = (count) => {
    document.title = count ? `(${count}) ${title}` : title;
    tab.href = count ? icon : plainIcon;
  };

  // --- the tone -----------------------------------------------------------------------------------

  // A browser lets a page be heard only after somebody pressed something in it.
  const test = document.getElementById("test-sound");
  let sound = null;
  const wake = () => {
    sound ??= new AudioContext();
    if (sound.state === "suspended") sound.resume();
  };
  if (test || likes("sound")) {
    document.addEventListener("click", wake);
    document.addEventListener("keydown", wake);
  }
  const ring = () => {
    if (sound?.state !== "running") return;
    const softly = new GainNode(sound, { gain: 0.1 });
    softly.connect(sound.destination);
    for (const [index, frequency] of [660, 880].entries()) {
      const tone = new OscillatorNode(sound, { frequency });
      tone.connect(softly);
      tone.start(sound.currentTime + index * 0.2);
      tone.stop(sound.currentTime + index * 0.2 + 0.15);
    }
  };

  if (test) test.hidden = false;
  test?.addEventListener("click", async () => {
    wake();
    await sound.resume();
    ring();
  });

  // --- the notice ---------------------------------------------------------------------------------

  const show = () => {
    if (document.hasFocus() || window.Notification?.permission !== "granted") return;
    const notice = new Notification(title, { body: waits, tag: TOLD, renotify: true });
    notice.addEventListener("click", () => window.focus());
  };
  document.querySelector("[name=popups]")?.addEventListener("change", async ({ target }) => {
    if (!target.checked) return;
    target.checked = (await window.Notification?.requestPermission()) === "granted";
  });

  // --- when ---------------------------------------------------------------------------------------

  // One tab of all that are open tells; when it is closed, another one does.
  let tellsHere = !navigator.locks;
  navigator.locks?.request(TOLD, () => {
    tellsHere = true;
    return new Promise(() => {});
  });

  const look = () => {
    const count = waiting();
    mark(count);
    if (!tellsHere) return;
    // Who has just come sees it before them.
    const told = JSON.parse(localStorage.getItem(TOLD)) ?? { count, at: Date.now() };
    const isNew = count > told.count;
    const isLong = count > 0 && Date.now() - told.at >= AGAIN;
    if (isNew || isLong) {
      if (likes("sound")) ring();
      if (likes("popups")) show();
    }
    const at = isNew || isLong || count === 0 ? Date.now() : told.at;
    localStorage.setItem(TOLD, JSON.stringify({ count, at }));
  };

  document.addEventListener("htmx:after:settle", ({ target }) => target.id === "bar" && look());
  look();
})();
