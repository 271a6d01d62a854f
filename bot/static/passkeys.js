// Lets a device answer for a colleague. A form that needs one is hidden until it is sure that this
// browser has what it takes; its question is fetched when it is sent, so that none gets old.
(() => {
  "use strict";

  const can =
    window.PublicKeyCredential?.parseCreationOptionsFromJSON &&
    window.PublicKeyCredential.parseRequestOptionsFromJSON;
  if (!can) return;

  const read = {
    create: (asked) => PublicKeyCredential.parseCreationOptionsFromJSON(asked),
    get: (asked) => PublicKeyCredential.parseRequestOptionsFromJSON(asked),
  };

  const answer = async (form) => {
    const { passkey, question } = form.dataset;
    const asked = await fetch(question, { headers: { Accept: "application/json" } });
    const publicKey = read[passkey](await asked.json());
    const credential = await navigator.credentials[passkey]({ publicKey });
    form.querySelector("[data-answer]").value = JSON.stringify(credential);
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    document.getElementById(form.dataset.instead)?.setAttribute("hidden", "");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Whoever closes the window of their device has changed their mind; the page says nothing.
      answer(form).catch(() => {});
    });
  }
})();
