package dev.sluice.edge.access;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Verifies tokens, by the shared secret or by the issuer's keys. The algorithms are ours to choose, not the token's.
final class TokenDecoder implements ReactiveJwtDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(TokenDecoder.class);
    private static final Executor THREADS = task -> Thread.ofVirtual().name("token").start(task);

    private final NimbusJwtDecoder decoder;
    private final Scheduler where;

    /// @throws IllegalStateException when neither a secret nor an issuer with an audience is given
    TokenDecoder(TokenSettings settings) {
        if (!settings.secret().isBlank()) {
            byte[] secret = settings.secret().getBytes(StandardCharsets.UTF_8);
            this.decoder = decoder(settings, Set.of(JWSAlgorithm.HS256), new ImmutableSecret<>(secret));
            this.where = Schedulers.immediate();
        } else if (!settings.issuer().isBlank() && !settings.audience().isBlank()) {
            Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
            algorithms.addAll(JWSAlgorithm.Family.EC);
            this.decoder = decoder(settings, algorithms, new IssuerKeys(settings.issuer()));
            // The keys may have to be fetched.
            this.where = Schedulers.fromExecutor(THREADS);
        } else {
            throw new IllegalStateException(
                    "SLUICE_JWT_SECRET, or SLUICE_JWT_ISSUER with SLUICE_JWT_AUDIENCE, is needed to know the users");
        }
    }

    private static NimbusJwtDecoder decoder(TokenSettings settings, Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        // Types and claims are checked afterwards, by TokenChecks.
        processor.setJWSTypeVerifier((JOSEObjectType _, SecurityContext _) -> {});
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(TokenChecks.of(settings));
        return decoder;
    }

    /// Fails with a [BadJwtException] when the token is rejected, with another [JwtException] when it cannot be verified now.
    @Override
    public Mono<Jwt> decode(String token) {
        return Mono.fromCallable(() -> decoder.decode(token)).subscribeOn(where)
                .doOnError(JwtException.class, e -> {
                    if (!(e instanceof BadJwtException)) {
                        LOG.atError().addKeyValue("why", e.getMessage()).log("tokens cannot be verified");
                    }
                });
    }
}
