package dev.sluice.reconcile;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.stereotype.Component;

import dev.sluice.edge.access.AppRoutes;
import dev.sluice.edge.access.Role;

/// What each role may do: an auditor reads, an operator decides, and the audit is the auditor's. Whatever is not named here is denied.
@Component
class ReconcilerRoutes implements AppRoutes {
    private static final String[] BOOKS = {"/api/reconcile", "/api/reconcile/**"};
    private static final String[] AUDIT = {"/api/audit", "/api/audit/**"};

    @Override
    public void authorize(AuthorizeExchangeSpec exchanges) {
        exchanges
                .pathMatchers(HttpMethod.GET, BOOKS)
                .hasAnyAuthority(Role.AUDITOR.authority(), Role.OPERATOR.authority())
                .pathMatchers(BOOKS)
                .hasAuthority(Role.OPERATOR.authority())
                .pathMatchers(HttpMethod.GET, AUDIT)
                .hasAuthority(Role.AUDITOR.authority())
                .pathMatchers(AUDIT)
                .hasAuthority(Role.ADMIN.authority());
    }
}
