/* A passkey is asked of the browser; where it knows none, nothing of this shows. */
"use strict";

const button = document.getElementById("llave");
const notice = document.getElementById("llave-aviso");

if (window.PublicKeyCredential) {
  button.hidden = false;
  document.getElementById("llave-sin")?.remove();
  window.allauth.webauthn.forms[button.dataset.way]({
    ids: { add: "llave", authenticate: "llave", credential: "id_credential", data: "llave-opciones" },
  });
}

/* The person said no, waited too long, or the address is not the portal's: said, not thrown. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  notice.textContent = button.dataset.failed;
  notice.hidden = false;
});
