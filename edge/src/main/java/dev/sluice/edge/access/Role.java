package dev.sluice.edge.access;

import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// What a token may allow beside the user's own orders. No role implies another.
public enum Role {
    /// Acts on orders and held payments.
    OPERATOR,
    /// Reads and changes settings.
    ADMIN,
    /// Reads all orders and their evidence.
    AUDITOR;

    /// The authority that routes require.
    public String authority() {
        return "sluice:" + name();
    }

    public SimpleGrantedAuthority granted() {
        return new SimpleGrantedAuthority(authority());
    }
}
