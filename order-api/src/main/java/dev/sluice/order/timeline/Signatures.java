package dev.sluice.order.timeline;

import java.util.regex.Pattern;

/// The signatures in messages of providers, and what WeChat Pay encrypts instead of signing it (`req_info`). With one, a message could be
/// sent again, or tried in another cut, by a reader of a timeline; the log keeps them as evidence.
final class Signatures {
    private static final String LEFT_OUT = "•••";
    /// As an element, as a parameter and as a member of JSON, also where the message is cut off.
    private static final Pattern ELEMENT = Pattern.compile("(<(sign|req_info)>).*?(?=</\\2>|\\z)", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("((?:^|&)(?i:s|%73)(?i:i|%69)(?i:g|%67)(?i:n|%6e)=|(?:^|&)req_info=)[^&]*");
    private static final Pattern MEMBER = Pattern.compile("(\"(?:sign|req_info)\"\\s*:\\s*\")[^\"]*");

    private Signatures() {}

    /// The text without them.
    static String leftOutOf(String text) {
        String shown = text;
        for (Pattern signature : new Pattern[]{ELEMENT, PARAMETER, MEMBER}) {
            shown = signature.matcher(shown).replaceAll("$1" + LEFT_OUT);
        }
        return shown;
    }

    /// Whether a header of this name carries one.
    static boolean isHeader(String name) {
        return name.contains("sign");
    }
}
