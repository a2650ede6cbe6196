package dev.sluice.order.access;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.ErrorAnswers;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.Refusal;

/// Who may call: users with a token of the product's, signed with the shared secret or by the issuer. The server keeps no
/// sessions: a browser's session is its token in a cookie.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(TokenSettings.class)
class SecurityConfiguration {
    /// The pages and their files, the same for every reader.
    private static final String[] PAGES = {"/", "/admin/**", "/assets/**", "/sluice-topup.js"};
    /// For what is not a page, and so contains nothing to run or to frame.
    private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http, TokenSettings tokens, ErrorAnswers errors, InstanceRateLimits limits,
            ClientAddress clientAddress) {
        RateLimitFilter count = new RateLimitFilter(limits, clientAddress, errors);
        var callers = new Callers(tokens);
        return http
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .headers(headers -> headers.frameOptions(FrameOptionsSpec::disable)
                        .contentSecurityPolicy(policy -> policy.policyDirectives(NO_PAGE)))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(SecurityConfiguration::routes)
                .addFilterAfter(count, SecurityWebFiltersOrder.SECURITY_CONTEXT_SERVER_WEB_EXCHANGE)
                .exceptionHandling(
                        handling -> handling
                                .authenticationEntryPoint((exchange, _) -> count.refuse(exchange))
                                .accessDeniedHandler((exchange, _) -> errors.write(exchange, Refusal.of(AnswerCode.FORBIDDEN))))
                .oauth2ResourceServer(
                        server -> server
                                .bearerTokenConverter(new TokenSources())
                                .authenticationFailureHandler(refusing(count, errors))
                                .accessDeniedHandler((exchange, _) -> errors.write(exchange, Refusal.of(AnswerCode.FORBIDDEN)))
                                .jwt(jwt -> jwt.jwtAuthenticationConverter(token -> Mono.fromCallable(() -> callers.authenticated(token)))))
                .build();
    }

    /// What each role may do. None implies another; whatever is not named here is denied.
    private static void routes(AuthorizeExchangeSpec exchanges) {
        exchanges
                .pathMatchers(HttpMethod.GET, "/livez", "/readyz", "/metrics", "/v3/api-docs", "/api/link/**")
                .permitAll()
                .pathMatchers(HttpMethod.GET, PAGES)
                .permitAll()
                .pathMatchers(HttpMethod.HEAD, PAGES)
                .permitAll()
                // It accepts no token but the one that is handed over, and checks who sent it.
                .pathMatchers("/session")
                .permitAll()
                .pathMatchers("/api/user/**")
                .authenticated()
                .pathMatchers(HttpMethod.GET, "/api/topup/alerts")
                .hasAnyAuthority(Role.OPERATOR.authority(), Role.AUDITOR.authority(), Role.ADMIN.authority())
                .pathMatchers(HttpMethod.GET, "/api/topup", "/api/topup/**")
                .hasAnyAuthority(Role.OPERATOR.authority(), Role.AUDITOR.authority())
                .pathMatchers("/api/topup", "/api/topup/**")
                .hasAuthority(Role.OPERATOR.authority())
                .pathMatchers("/api/option", "/api/option/**")
                .hasAuthority(Role.ADMIN.authority())
                .anyExchange()
                .denyAll();
    }

    private static ServerAuthenticationFailureHandler refusing(RateLimitFilter count, ErrorAnswers errors) {
        return (exchange, failure) -> failure instanceof AuthenticationServiceException
                // The issuer is away: the token may be a good one.
                ? errors.write(exchange.getExchange(), Refusal.later(AnswerCode.UNAVAILABLE, InputLimits.RETRY_AFTER_OUTAGE))
                : count.refuse(exchange.getExchange());
    }

    @Bean
    ReactiveJwtDecoder jwtDecoder(TokenSettings settings) {
        return new TokenDecoder(settings);
    }
}
