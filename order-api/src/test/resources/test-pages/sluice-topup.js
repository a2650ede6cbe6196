customElements.define("sluice-topup", class extends HTMLElement {});
