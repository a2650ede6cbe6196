package dev.sluice.provider.alipay.message;

import java.util.Optional;
import java.util.Set;

import tools.jackson.databind.JsonNode;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.wire.ProviderText;

/// The content of a reply that Alipay signed. Its code is still to be looked at.
public record AlipayReply(JsonNode node) {
    /// Of the gateway.
    public String code() {
        return text("code");
    }

    /// Of the business; empty when it is missing.
    public String subCode() {
        return text("sub_code");
    }

    /// Empty when it is missing.
    public String text(String name) {
        return node.path(name).asString("");
    }

    /// One of these fields, when it has any.
    public Optional<String> firstOf(Set<String> names) {
        return names.stream().filter(node::has).sorted().findFirst();
    }

    /// Whether it is about the order, as far as it names one: a refusal may name none.
    public boolean mayBeAbout(TradeNumber asked) {
        return text("out_trade_no").isEmpty() || asked.value().equals(text("out_trade_no"));
    }

    /// Whether the call took effect.
    public boolean isSuccess() {
        return code().equals("10000");
    }

    /// Whether the business failed for the reason.
    public boolean isFailure(String subCode) {
        return code().equals("40004") && subCode().equals(subCode);
    }

    /// The codes and the text of a refusal, for operators.
    public String refusal() {
        return ProviderText.shown(("code " + code() + " " + subCode()).strip() + " " + text("sub_msg"));
    }
}
