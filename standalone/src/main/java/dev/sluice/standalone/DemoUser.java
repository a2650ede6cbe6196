package dev.sluice.standalone;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The users that the demo signs in without a password.
enum DemoUser {
    PAYER_1("payer-1", "user-1", 1, false, "/"), PAYER_2("payer-2", "user-2", 2, false, "/"),
    /// A person who runs the demo, with all roles.
    OPERATOR("operator", "admin", 1_000_000, true, "/admin");

    private static final List<String> ROLES = List.of("operator", "admin", "auditor");

    private final String code;
    private final String file;
    private final int id;
    private final boolean withRoles;
    private final String page;

    DemoUser(String code, String file, int id, boolean withRoles, String page) {
        this.code = code;
        this.file = file;
        this.id = id;
        this.withRoles = withRoles;
        this.page = page;
    }

    static Optional<DemoUser> of(String code) {
        return Arrays.stream(values()).filter(user -> user.code.equals(code)).findFirst();
    }

    /// The name of the file with the user's token.
    String file() {
        return file + ".token";
    }

    int id() {
        return id;
    }

    List<String> roles() {
        return withRoles ? ROLES : List.of();
    }

    /// Where the user begins.
    String page() {
        return page;
    }
}
