package dev.sluice.testing;

import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/// Tokens as the product signs them for its users.
public final class Tokens {
    public static final String SECRET = "a-secret-of-the-product-with-its-users";

    private Tokens() {}

    /// One for ten minutes, with one claim beside the subject.
    public static String of(long user, String claim, @Nullable String value) {
        return sign(new JWTClaimsSet.Builder().subject(Long.toString(user)).claim(claim, value)
                .expirationTime(Date.from(Instant.now().plusSeconds(600))).build(), SECRET);
    }

    public static String sign(JWTClaimsSet claims, String secret) {
        try {
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            jwt.sign(new MACSigner(secret));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
