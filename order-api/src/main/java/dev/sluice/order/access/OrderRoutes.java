package dev.sluice.order.access;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.stereotype.Component;

import dev.sluice.edge.access.AppRoutes;
import dev.sluice.edge.access.Role;

/// What each role may do. None implies another; whatever is not named here is denied.
@Component
class OrderRoutes implements AppRoutes {
    /// The pages and their files, the same for every reader.
    private static final String[] PAGES = {"/", "/admin/**", "/assets/**", "/sluice-topup.js"};
    private static final String LINKS = "/api/link/";

    @Override
    public void authorize(AuthorizeExchangeSpec exchanges) {
        exchanges
                .pathMatchers(HttpMethod.GET, "/v3/api-docs", LINKS + "**")
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
                .hasAuthority(Role.ADMIN.authority());
    }

    @Override
    public boolean countWithoutToken(String path) {
        return path.startsWith(LINKS);
    }
}
