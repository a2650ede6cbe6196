package dev.sluice.sandbox.mischief;

import java.util.Arrays;
import java.util.Optional;

/// A way in which a provider, or somebody who plays one, gives a merchant trouble. Several can be on at once.
public enum Mischief {
    /// No notice is sent, nor is a retry once this is on.
    NEVER_TOLD,
    /// Every delivery comes twice, the second right after the answer to the first.
    TOLD_TWICE,
    /// Every delivery comes twenty times at once, each signed anew; outweighs [#TOLD_TWICE].
    TOLD_TWENTY_TIMES,
    /// The first delivery comes five scaled minutes late.
    TOLD_LATE,
    /// Before each true notice comes one about another transaction, with a signature of the right form that is wrong.
    FORGED_NOTICE,
    /// Notices and answers to queries say, rightly signed, one fen less than was ordered and paid.
    WRONG_AMOUNT,
    /// Before each true notice comes one about another merchant's transaction under the same number, rightly signed.
    WRONG_MERCHANT,
    /// After each true notice comes an older one, rightly signed: of a failed try to pay (WeChat Pay), of the wait for the payer (Alipay).
    REORDERED,
    /// Before and after each true notice come several about another transaction, with signatures that are wrong in as many ways.
    SIGNATURE_PROBES,
    /// The payer pays the order a second time, in another transaction, of which the merchant is told as well.
    PAID_TWICE,
    /// Calls about the order are answered only after 12 seconds, unscaled; what they ask for is done at once.
    SLOW_ANSWERS,
    /// Calls about the order are answered with HTTP 503; what they ask for is done.
    SERVER_ERRORS,
    /// Calls about the order are answered with HTTP 200 and a page of HTML; what they ask for is done.
    GARBAGE,
    /// Answers that are signed are signed wrongly.
    WRONGLY_SIGNED_ANSWERS,
    /// A close succeeds and queries say closed, but a wallet that had the code open before can still pay.
    CLOSES_IN_WORDS_ONLY;

    static Optional<Mischief> named(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
    }
}
