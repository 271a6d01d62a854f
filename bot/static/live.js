// Keeps an open page up to date: a socket names what changed, and the page asks for it again.
// It carries no words, so nothing is lost when it misses something: on every return it names all.
//
// <… data-live="/the/socket" data-live-names="queue referral">   somewhere on the page, also later
// <p class="connection" role="status" data-lost="…"></p>         filled while the connection is away
(() => {
  "use strict";

  // htmx turns answers of this server into elements. Nothing else may, and nothing makes scripts.
  const trusted = window.trustedTypes?.createPolicy("htmx", { createHTML: (text) => text });
  htmx.registerExtension("live", {
    init: (inside) => {
      if (!trusted) return;
      const createHTML = (text) => trusted.createHTML(text);
      inside.initSecurity({ createHTML, createScript: () => "" });
    },
    // What has left the page while it waited for its turn has nothing to ask any more.
    htmx_before_request: (element) => element.isConnected,
  });

  const FIRST_WAIT = 500;
  const LONGEST_WAIT = 5000;
  const PATIENCE = 1200;
  const SIGNED_OUT = 4401;

  let socket = null;
  let wait = FIRST_WAIT;
  let worry = 0;

  const found = () => document.querySelector("[data-live]");
  const tell = (names) => names.forEach((name) => document.body.dispatchEvent(new Event(name)));

  const show = (lost) => {
    const line = document.querySelector(".connection");
    if (line) line.textContent = lost ? line.dataset.lost : "";
  };

  const opened = () => {
    wait = FIRST_WAIT;
    clearTimeout(worry);
    worry = 0;
    show(false);
    tell((found()?.dataset.liveNames ?? "").split(" ").filter(Boolean));
  };

  const closed = ({ code }) => {
    socket = null;
    if (code === SIGNED_OUT) {
      location.reload();
      return;
    }
    if (!found()) return;
    // A moment without a connection is nothing to worry anybody with.
    worry ||= setTimeout(show, PATIENCE, true);
    setTimeout(connect, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  // A page may come to be live only later, or end being so.
  const connect = () => {
    const live = found();
    if (!live) {
      socket?.close();
      return;
    }
    if (socket) return;
    const address = new URL(live.dataset.live, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    socket.addEventListener("open", opened);
    socket.addEventListener("message", (message) => tell(JSON.parse(message.data).changed));
    socket.addEventListener("close", closed);
  };

  connect();
  document.addEventListener("htmx:after:settle", connect);

  // A page that comes back from the browser's memory shows what was, not what is.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
