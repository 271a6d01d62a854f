// Leaving at once: nothing here may fail before the page is left.
(() => {
  "use strict";

  const leave = (form) => {
    const address = form.dataset.leadsTo;
    document.title = "…";
    document.body.replaceChildren();
    try {
      navigator.sendBeacon(`${form.getAttribute("action")}?quietly`);
    } catch {
      // The cookie ends with the browser then.
    }
    location.replace(address);
  };

  const exit = document.getElementById("exit");
  exit.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(exit);
  });

  const WITHIN = 5000;
  let shifts = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") shifts = [];
    else if (!event.repeat) {
      shifts = [...shifts.filter((then) => event.timeStamp - then < WITHIN), event.timeStamp];
      if (shifts.length > 2) leave(exit);
    }
  });
})();
