package dev.sluice.edge.access;

import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/// The keys of an OIDC issuer, at the address that its discovery document names. They are cached, and used on while the issuer is away. A
/// token whose key is unknown has them fetched again, but however many such tokens come, no more often than twice in
/// [Limits#KEYS_FETCHED_TWICE_IN].
final class IssuerKeys implements JWKSource<SecurityContext> {
    private final JWKSource<SecurityContext> cached;
    private final Fetch fetch;

    IssuerKeys(String issuer) {
        this.fetch = new Fetch(issuer);
        this.cached = JWKSourceBuilder.create(fetch)
                .cache(Limits.KEYS_CACHED.toMillis(), Limits.KEY_FETCH_WITHIN.toMillis())
                .refreshAheadCache(false)
                .rateLimited(Limits.KEYS_FETCHED_TWICE_IN.toMillis())
                .outageTolerant(Limits.KEYS_USED_IN_OUTAGE.toMillis())
                .build();
    }

    /// The keys that may have signed a token, none for a key that the issuer does not have.
    ///
    /// @throws KeySourceException when the issuer could not be reached yet
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return cached.get(selector, context);
        } catch (RateLimitReachedException e) {
            if (fetch.reached) {
                return List.of();
            }
            throw e;
        }
    }

    /// Fetches the keys, without cache and limit.
    private static final class Fetch implements JWKSetSource<SecurityContext> {
        private static final String DISCOVERY = "/.well-known/openid-configuration";

        private final String issuer;
        private final DefaultResourceRetriever http = new DefaultResourceRetriever((int) Limits.KEY_CONNECT_WITHIN.toMillis(),
                (int) Limits.KEY_READ_WITHIN.toMillis(), Limits.KEY_SET_BYTES);
        private volatile boolean reached;

        Fetch(String issuer) {
            this.issuer = issuer;
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
                throws KeySourceException {
            try {
                JWKSet keys = JWKSet.parse(read(keysOf(JSONObjectUtils.parse(read(URI.create(withoutSlash() + DISCOVERY))))));
                reached = true;
                return keys;
            } catch (IOException | ParseException | IllegalArgumentException e) {
                throw new JWKSetUnavailableException("the keys of " + issuer + " cannot be read: " + e.getMessage(), e);
            }
        }

        private String read(URI address) throws IOException {
            return http.retrieveResource(address.toURL()).getContent();
        }

        private String withoutSlash() {
            return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        }

        private URI keysOf(Map<String, Object> document) throws ParseException {
            String named = JSONObjectUtils.getString(document, "issuer");
            URI keys = URI.create(JSONObjectUtils.getString(document, "jwks_uri"));
            if (!issuer.equals(named)) {
                throw new IllegalArgumentException("SLUICE_JWT_ISSUER must be \"" + named + "\", as the issuer calls itself");
            }
            if (issuer.startsWith("https:") && !"https".equals(keys.getScheme())) {
                throw new IllegalArgumentException("jwks_uri is not an https address");
            }
            return keys;
        }

        @Override
        public void close() {
            // Nothing is open between two fetches.
        }
    }
}
