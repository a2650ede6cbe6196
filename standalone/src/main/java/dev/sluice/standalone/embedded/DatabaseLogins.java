package dev.sluice.standalone.embedded;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// How the roles of an embedded PostgreSQL log in.
///
/// @param url       without a user
/// @param passwords of its roles
public record DatabaseLogins(String url, Passwords passwords) {
    static final String SUPERUSER = "postgres";

    /// May see and do everything.
    public DataSource superuser() {
        return of(SUPERUSER);
    }

    /// As an app does.
    public DataSource of(String role) {
        return new DriverManagerDataSource(url, role, passwords.of(role));
    }
}
