package dev.sluice.order.access;

import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.crypto.spec.SecretKeySpec;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import reactor.core.publisher.Mono;

import dev.sluice.edge.ClientAddress;
import dev.sluice.event.value.UserId;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.ErrorAnswers;
import dev.sluice.order.answer.Refusal;

/// Who may call: users with a token of the product's, signed with the shared secret or by the issuer. No sessions, no cookies.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http, ErrorAnswers errors, InstanceRateLimits limits, ClientAddress clientAddress) {
        RateLimitFilter count = new RateLimitFilter(limits, clientAddress, errors);
        return http
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(
                        exchanges -> exchanges
                                .pathMatchers(HttpMethod.GET, "/livez", "/readyz", "/metrics")
                                .permitAll()
                                .pathMatchers("/api/user/**")
                                .authenticated()
                                .pathMatchers("/api/topup", "/api/topup/**", "/api/option", "/api/option/**")
                                .hasAuthority(Operators.AUTHORITY)
                                .anyExchange()
                                .denyAll())
                .addFilterAfter(count, SecurityWebFiltersOrder.SECURITY_CONTEXT_SERVER_WEB_EXCHANGE)
                .exceptionHandling(
                        handling -> handling
                                .authenticationEntryPoint((exchange, _) -> count.refuse(exchange))
                                .accessDeniedHandler((exchange, _) -> errors.write(exchange, Refusal.of(AnswerCode.FORBIDDEN))))
                .oauth2ResourceServer(
                        server -> server
                                .authenticationEntryPoint((exchange, _) -> count.refuse(exchange))
                                .accessDeniedHandler((exchange, _) -> errors.write(exchange, Refusal.of(AnswerCode.FORBIDDEN)))
                                .jwt(jwt -> jwt.jwtAuthenticationConverter(token -> Mono.just(Operators.authenticated(token)))))
                .build();
    }

    /// @throws IllegalStateException when neither a secret nor an issuer is given
    @Bean
    ReactiveJwtDecoder jwtDecoder(@Value("${sluice.jwt.secret}") String secret, @Value("${sluice.jwt.issuer}") String issuer) {
        if (!secret.isBlank()) {
            var key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
            // The algorithm is ours to choose, not the token's: "none" and all others are refused.
            NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(key).macAlgorithm(MacAlgorithm.HS256).build();
            decoder.setJwtValidator(validator(JwtValidators.createDefault()));
            return decoder;
        }
        if (issuer.isBlank()) {
            throw new IllegalStateException("SLUICE_JWT_SECRET or SLUICE_JWT_ISSUER is needed to know the users");
        }
        return new SupplierReactiveJwtDecoder(() -> {
            NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withIssuerLocation(issuer).build();
            decoder.setJwtValidator(validator(JwtValidators.createDefaultWithIssuer(issuer)));
            return decoder;
        });
    }

    private static OAuth2TokenValidator<Jwt> validator(OAuth2TokenValidator<Jwt> common) {
        return new DelegatingOAuth2TokenValidator<>(List.of(common, SecurityConfiguration::isUsers));
    }

    /// A token that never expires is no token, and its subject has to be a user id.
    private static OAuth2TokenValidatorResult isUsers(Jwt token) {
        String subject = token.getSubject();
        return token.getExpiresAt() != null && UserId.isLegal(subject)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token",
                        "needs exp, and a sub of 1 to " + UserId.MAX_LENGTH + " printable characters", null));
    }
}
