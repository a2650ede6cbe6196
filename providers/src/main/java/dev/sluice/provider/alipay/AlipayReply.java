package dev.sluice.provider.alipay;

import java.util.Optional;
import java.util.Set;

import tools.jackson.databind.JsonNode;

import dev.sluice.event.value.TradeNumber;
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

    /// One of these fields, when it has any.
    Optional<String> firstOf(Set<String> names) {
        return names.stream().filter(node::has).sorted().findFirst();
    }

    /// Whether it is about the order, as far as it names one: a refusal may name none.
    boolean mayBeAbout(TradeNumber asked) {
        return text("out_trade_no").isEmpty() || asked.value().equals(text("out_trade_no"));
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
