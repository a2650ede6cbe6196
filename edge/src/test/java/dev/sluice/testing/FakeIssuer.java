package dev.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An OIDC issuer: a discovery document, a key set with a key for RS256 and one for ES384, and tokens. It counts how often its keys are
/// fetched, and can be away.
public final class FakeIssuer implements AutoCloseable {
    public final AtomicInteger fetched = new AtomicInteger();
    public volatile boolean away;
    private final RSAKey rsa;
    private final ECKey ec;
    private final HttpServer server;

    public FakeIssuer() {
        try {
            rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
            ec = new ECKeyGenerator(Curve.P_384).keyID("ec").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException | IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/.well-known/openid-configuration",
                exchange -> answer(exchange,
                        Map.of("issuer", url(), "jwks_uri", url() + "/keys", "response_types_supported", List.of("code"),
                                "subject_types_supported", List.of("public"))));
        server.createContext("/keys", exchange -> {
            fetched.incrementAndGet();
            answer(exchange, new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toJSONObject());
        });
        server.start();
    }

    private void answer(HttpExchange exchange, Map<String, ?> document) throws IOException {
        byte[] body = JsonMapper.shared().writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(away ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The claims that each token has, for ten minutes.
    public JWTClaimsSet.Builder claims(String audience) {
        return new JWTClaimsSet.Builder().issuer(url()).subject("6f1d9c58-6d0c-4c3e-9d1b-3f6f0f6a7c01").audience(audience)
                .issueTime(Date.from(Instant.now())).expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    /// A token signed by this issuer with RS256.
    ///
    /// @param type the header's `typ`, or none
    public String token(@Nullable String type, JWTClaimsSet claims) {
        return sign(JWSAlgorithm.RS256, type, rsa, claims);
    }

    /// A token signed by this issuer with ES384.
    public String ellipticToken(String type, JWTClaimsSet claims) {
        return sign(JWSAlgorithm.ES384, type, ec, claims);
    }

    /// A token that another key has signed, under a key id that this issuer does not have.
    public static String foreignToken(String keyId, JWTClaimsSet claims) {
        return sign(JWSAlgorithm.RS256, "JWT", Foreign.KEY, keyId, claims);
    }

    private static final class Foreign {
        private static final RSAKey KEY = generated();

        private static RSAKey generated() {
            try {
                return new RSAKeyGenerator(2048).generate();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String sign(JWSAlgorithm algorithm, @Nullable String type, JWK key, JWTClaimsSet claims) {
        return sign(algorithm, type, key, key.getKeyID(), claims);
    }

    private static String sign(JWSAlgorithm algorithm, @Nullable String type, JWK key, String keyId, JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(keyId).type(type == null ? null : new JOSEObjectType(type)).build(),
                    claims);
            JWSSigner signer = key instanceof ECKey elliptic ? new ECDSASigner(elliptic) : new RSASSASigner(key.toRSAKey());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
