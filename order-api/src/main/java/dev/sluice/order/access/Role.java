package dev.sluice.order.access;

import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// What a token may allow beside the user's own orders. No role implies another.
enum Role {
    /// Acts on orders and held payments.
    OPERATOR,
    /// Reads and changes settings.
    ADMIN,
    /// Reads all orders and their evidence.
    AUDITOR;

    /// The authority that routes require.
    String authority() {
        return "sluice:" + name();
    }

    SimpleGrantedAuthority granted() {
        return new SimpleGrantedAuthority(authority());
    }
}
