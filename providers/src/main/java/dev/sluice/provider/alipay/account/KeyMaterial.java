package dev.sluice.provider.alipay.account;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an operator pasted as a key: its bytes, their kind by their structure (DER), and whether PEM's lines stood around them. The
/// kind is found by parsing, because people cut header lines off and keep what is under them.
///
/// @param kind  what the bytes are
/// @param isPem whether there were header lines
/// @param der   the bytes; empty when it was not Base64
// Never compared, and the bytes are plain bytes.
@SuppressWarnings("ArrayRecordComponent")
record KeyMaterial(Kind kind, boolean isPem, byte[] der) {
    enum Kind {
        /// PKCS#8, of whatever algorithm.
        PRIVATE,
        /// PKCS#1, RSA by definition.
        PRIVATE_PKCS1,
        PRIVATE_ENCRYPTED,
        /// SEC1, an elliptic curve by definition.
        PRIVATE_EC,
        /// X.509 SubjectPublicKeyInfo, of whatever algorithm.
        PUBLIC,
        /// PKCS#1, RSA by definition.
        PUBLIC_PKCS1, CERTIFICATE, UNREADABLE
    }

    /// With two dashes or more at each end, of any kind: some are lost, or become others, when a text is copied.
    private static final Pattern HEADER_LINE = Pattern.compile("\\p{Pd}{2,}[A-Z0-9 ]+\\p{Pd}{2,}");
    /// Blanks of every kind, what is invisible, quotes, and line ends that a JSON text or a program wrote with a backslash.
    private static final Pattern NOT_OF_THE_KEY = Pattern.compile("(?:[\\s\\p{Z}\\p{Cf}\"'`“”‘’]|\\\\[nrt])+");
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9+/=]");
    /// How OpenSSL marks a password-protected PKCS#1 key: the rest is not DER.
    private static final String ENCRYPTED_PEM = "Proc-Type: 4,ENCRYPTED";

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    /// `rsaEncryption`, 1.2.840.113549.1.1.1, and how far from the beginning it can stand.
    private static final String RSA = "06092a864886f70d010101";
    private static final int HEAD = 64;
    /// Version, modulus, two exponents, two primes and what is computed from them.
    private static final int INTEGERS_OF_PKCS1 = 9;

    /// Without header lines, and without what is not of the key beyond doubt.
    private static String base64(String text) {
        return NOT_OF_THE_KEY.matcher(HEADER_LINE.matcher(text).replaceAll("")).replaceAll("");
    }

    /// The first character that no Base64 has, as `U+2026`; nothing when each could be of a key.
    static Optional<String> foreign(String text) {
        return FOREIGN.matcher(base64(text)).results().findFirst().map(found -> "U+%04X".formatted(found.group().codePointAt(0)));
    }

    /// Line breaks and blanks inside the Base64 are ignored.
    static KeyMaterial of(String text) {
        boolean pem = HEADER_LINE.matcher(text).find();
        if (text.contains(ENCRYPTED_PEM)) {
            return new KeyMaterial(Kind.PRIVATE_ENCRYPTED, pem, new byte[0]);
        }
        try {
            byte[] der = Base64.getDecoder().decode(base64(text));
            return new KeyMaterial(kindOf(der), pem, der);
        } catch (IllegalArgumentException e) {
            return new KeyMaterial(Kind.UNREADABLE, pem, new byte[0]);
        }
    }

    /// Whether it claims to be an RSA key, complete or not.
    boolean saysRsa() {
        return HexFormat.of().formatHex(der, 0, Math.min(HEAD, der.length)).contains(RSA);
    }

    private static Kind kindOf(byte[] der) {
        List<Integer> tags = tagsInOneSequence(der);
        if (tags.equals(List.of(SEQUENCE, BIT_STRING))) {
            return Kind.PUBLIC;
        }
        if (tags.equals(List.of(INTEGER, INTEGER))) {
            return Kind.PUBLIC_PKCS1;
        }
        if (tags.equals(List.of(SEQUENCE, SEQUENCE, BIT_STRING))) {
            return Kind.CERTIFICATE;
        }
        if (tags.equals(List.of(SEQUENCE, OCTET_STRING))) {
            return Kind.PRIVATE_ENCRYPTED;
        }
        if (tags.size() >= INTEGERS_OF_PKCS1 && tags.subList(0, INTEGERS_OF_PKCS1).stream().allMatch(tag -> tag == INTEGER)) {
            return Kind.PRIVATE_PKCS1;
        }
        if (tags.size() >= 3 && tags.subList(0, 3).equals(List.of(INTEGER, SEQUENCE, OCTET_STRING))) {
            return Kind.PRIVATE;
        }
        return tags.size() >= 2 && tags.subList(0, 2).equals(List.of(INTEGER, OCTET_STRING)) ? Kind.PRIVATE_EC : Kind.UNREADABLE;
    }

    /// The tags of the elements in the one sequence that all of `der` is; empty when it is not, as when part of it is missing.
    private static List<Integer> tagsInOneSequence(byte[] der) {
        List<Integer> tags = new ArrayList<>();
        if (der.length < 2 || (der[0] & 0xFF) != SEQUENCE || afterElement(der, 0) != der.length) {
            return List.of();
        }
        int position = der.length - lengthAt(der, 0);
        while (position < der.length) {
            tags.add(der[position] & 0xFF);
            position = afterElement(der, position);
        }
        return position == der.length ? tags : List.of();
    }

    /// Where the next element begins; beyond the end when this one is broken.
    private static int afterElement(byte[] der, int position) {
        int length = lengthAt(der, position);
        return length < 0 ? Integer.MAX_VALUE : position + 2 + lengthBytesAt(der, position) + length;
    }

    private static int lengthBytesAt(byte[] der, int position) {
        int first = position + 1 < der.length ? der[position + 1] & 0xFF : 0;
        return first < 0x80 ? 0 : first & 0x7F;
    }

    /// -1 when it is a length that no key could have.
    private static int lengthAt(byte[] der, int position) {
        int bytes = lengthBytesAt(der, position);
        if (position + 1 + bytes >= der.length || bytes > 2) {
            return -1;
        }
        if (bytes == 0) {
            return der[position + 1] & 0xFF;
        }
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (der[position + 2 + i] & 0xFF);
        }
        return length;
    }
}
