package dev.sluice.edge.access;

import java.time.Clock;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec.FrameOptionsSpec;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import reactor.core.publisher.Mono;

import dev.sluice.edge.ClientAddress;
import dev.sluice.edge.answer.AnswerAutoConfiguration;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.ErrorAnswers;
import dev.sluice.edge.answer.Refusal;

/// Who may call an app: users with a token of the product's, signed with the shared secret or by the issuer. The server keeps no
/// sessions: a browser's session is its token in a cookie.
@AutoConfiguration(after = AnswerAutoConfiguration.class, beforeName = {
        "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
        "org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration"})
@ConditionalOnClass({ServerHttpSecurity.class, ReactiveJwtDecoder.class})
@ConditionalOnBean(AppRoutes.class)
@EnableWebFluxSecurity
@EnableConfigurationProperties(TokenSettings.class)
class AccessAutoConfiguration {
    /// For what is not a page, and so contains nothing to run or to frame.
    private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

    @Bean
    InstanceRateLimits instanceRateLimits(Clock clock) {
        return new InstanceRateLimits(clock);
    }

    @Bean
    Callers callers(TokenSettings tokens) {
        return new Callers(tokens);
    }

    @Bean
    ReactiveJwtDecoder jwtDecoder(TokenSettings settings) {
        return new TokenDecoder(settings);
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http, AppRoutes routes, Callers callers, ErrorAnswers errors,
            InstanceRateLimits limits, ClientAddress clientAddress) {
        RateLimitFilter count = new RateLimitFilter(limits, clientAddress, errors, routes);
        return http
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .headers(headers -> headers.frameOptions(FrameOptionsSpec::disable)
                        .contentSecurityPolicy(policy -> policy.policyDirectives(NO_PAGE)))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(exchanges -> denyWhatIsNotNamed(exchanges, routes))
                .addFilterAfter(count, SecurityWebFiltersOrder.SECURITY_CONTEXT_SERVER_WEB_EXCHANGE)
                .exceptionHandling(
                        handling -> handling
                                .authenticationEntryPoint((exchange, _) -> count.refuse(exchange))
                                .accessDeniedHandler((exchange, _) -> errors.write(exchange, Refusal.of(EdgeCode.FORBIDDEN))))
                .oauth2ResourceServer(
                        server -> server
                                .bearerTokenConverter(new TokenSources())
                                .authenticationFailureHandler(refusing(count, errors))
                                .accessDeniedHandler((exchange, _) -> errors.write(exchange, Refusal.of(EdgeCode.FORBIDDEN)))
                                .jwt(jwt -> jwt.jwtAuthenticationConverter(token -> Mono.fromCallable(() -> callers.authenticated(token)))))
                .build();
    }

    private static void denyWhatIsNotNamed(AuthorizeExchangeSpec exchanges, AppRoutes routes) {
        exchanges.pathMatchers(HttpMethod.GET, "/livez", "/readyz", "/metrics").permitAll();
        routes.authorize(exchanges);
        exchanges.anyExchange().denyAll();
    }

    private static ServerAuthenticationFailureHandler refusing(RateLimitFilter count, ErrorAnswers errors) {
        return (exchange, failure) -> failure instanceof AuthenticationServiceException
                // The issuer is away: the token may be a good one.
                ? errors.write(exchange.getExchange(), Refusal.outage())
                : count.refuse(exchange.getExchange());
    }
}
