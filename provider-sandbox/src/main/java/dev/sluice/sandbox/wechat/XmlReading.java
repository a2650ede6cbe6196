package dev.sluice.sandbox.wechat;

import java.util.Map;

/// What came of reading a body.
sealed interface XmlReading {

    /// Every element's text by its name, exactly as written.
    record Fields(Map<String, String> values) implements XmlReading {}

    /// No flat, well-formed XML without DOCTYPE and without repeated elements.
    record Malformed() implements XmlReading {}

    /// Bytes that are not UTF-8, or that say they are something else.
    record NotUtf8() implements XmlReading {}
}
