package dev.sluice.event.value;

import java.net.URI;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What the payer does to pay an order, as the provider has given it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = PayAction.QrCode.class, name = "QR_CODE"),
        @JsonSubTypes.Type(value = PayAction.Redirect.class, name = "REDIRECT"),
        @JsonSubTypes.Type(value = PayAction.InvokeBridge.class, name = "INVOKE_BRIDGE")})
public sealed interface PayAction {
    /// Scans a code with the provider's app.
    ///
    /// @param text the exact text of the code
    record QrCode(String text) implements PayAction {
        /// @throws IllegalArgumentException when there is no text
        public QrCode {
            if (text.isBlank()) {
                throw new IllegalArgumentException("a QR code of nothing");
            }
        }
    }

    /// Follows a link to the provider's page or app.
    record Redirect(URI url) implements PayAction {}

    /// Pays inside the provider's app, whose bridge is called with these parameters.
    ///
    /// @param parameters by name, signed by us or by the provider
    record InvokeBridge(Map<String, String> parameters) implements PayAction {
        /// Keeps a copy.
        public InvokeBridge {
            parameters = Map.copyOf(parameters);
        }
    }
}
