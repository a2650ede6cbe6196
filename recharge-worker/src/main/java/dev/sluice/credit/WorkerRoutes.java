package dev.sluice.credit;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.stereotype.Component;

import dev.sluice.edge.access.AppRoutes;
import dev.sluice.edge.access.Role;

/// The only route of the worker: its proof, for auditors.
@Component
class WorkerRoutes implements AppRoutes {
    @Override
    public void authorize(AuthorizeExchangeSpec exchanges) {
        exchanges.pathMatchers(HttpMethod.GET, "/api/audit/proof").hasAuthority(Role.AUDITOR.authority());
    }
}
