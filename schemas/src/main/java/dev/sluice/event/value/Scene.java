package dev.sluice.event.value;

/// How the payer is shown the order. `NATIVE`: a QR code on the page, scanned by the provider's app.
public enum Scene {
    NATIVE
}
