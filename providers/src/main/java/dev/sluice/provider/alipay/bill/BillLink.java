package dev.sluice.provider.alipay.bill;

/// Alipay's answer to the question where a bill is.
public sealed interface BillLink {
    /// Signed by Alipay.
    ///
    /// @param code     of the answer
    /// @param subCode  of a refusal; empty without one
    /// @param words    of a refusal, for operators
    /// @param url      where the bill is, for half a minute; empty in a refusal
    /// @param fileCode what the file is; empty for an ordinary one
    record Signed(String code, String subCode, String words, String url, String fileCode) implements BillLink {}

    /// No answer that can be believed.
    ///
    /// @param why for operators
    record Unknown(String why) implements BillLink {}
}
