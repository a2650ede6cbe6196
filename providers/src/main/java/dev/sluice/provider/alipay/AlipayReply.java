package dev.sluice.provider.alipay;

import tools.jackson.databind.JsonNode;

import dev.sluice.provider.wire.ProviderText;

/// The content of a reply that Alipay signed. Its code is still to be looked at.
record AlipayReply(JsonNode node) {
    String code() {
        return text("code");
    }

    String subCode() {
        return text("sub_code");
    }

    /// Empty when it is missing.
    String text(String name) {
        return node.path(name).asString("");
    }

    boolean isSuccess() {
        return code().equals("10000");
    }

    /// Whether the business failed for the reason.
    boolean isFailure(String subCode) {
        return code().equals("40004") && subCode().equals(subCode);
    }

    /// The codes and the text of a refusal, for operators.
    String refusal() {
        return ProviderText.shown(("code " + code() + " " + subCode()).strip() + " " + text("sub_msg"));
    }
}
