package dev.sluice.credit.ledger;

import dev.sluice.event.value.UserId;

/// One side of a transfer. A balance is kept of users' accounts only.
///
/// @param id as the ledger writes it
record Account(String id) {
    /// Where quota comes from. Its balance is the sum of the transfers.
    static final Account ISSUED = new Account("issued");
    private static final String USER = "user:";

    static Account of(UserId user) {
        return new Account(USER + user);
    }

    boolean isUsers() {
        return id.startsWith(USER);
    }

    /// The user whose account it is.
    UserId user() {
        return new UserId(id.substring(USER.length()));
    }
}
