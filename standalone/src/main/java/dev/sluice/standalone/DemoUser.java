package dev.sluice.standalone;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The users that the demo signs in without a password.
enum DemoUser {
    PAYER_1("payer-1", "user-1", 1, List.of(), "/"), PAYER_2("payer-2", "user-2", 2, List.of(), "/"),
    /// A person who runs the demo, with all roles.
    OPERATOR("operator", "admin", 1_000_000, List.of("operator", "admin", "auditor"), "/admin");

    private final String code;
    private final String file;
    private final int id;
    private final List<String> roles;
    private final String page;

    DemoUser(String code, String file, int id, List<String> roles, String page) {
        this.code = code;
        this.file = file;
        this.id = id;
        this.roles = roles;
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
        return roles;
    }

    /// Where the user begins.
    String page() {
        return page;
    }
}
