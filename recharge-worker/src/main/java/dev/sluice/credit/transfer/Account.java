package dev.sluice.credit.transfer;

import dev.sluice.event.value.UserId;

/// One side of a transfer. A balance is kept of users' accounts only.
///
/// @param id as the ledger writes it
public record Account(String id) {
    /// Where quota comes from. Its balance is the sum of the transfers.
    public static final Account ISSUED = new Account("issued");
    private static final String USER = "user:";
    private static final String HELD = "held:";

    /// What a user can spend.
    public static Account of(UserId user) {
        return new Account(USER + user);
    }

    /// What waits for refunds of a user's payments to end. It cannot be spent.
    public static Account heldOf(UserId user) {
        return new Account(HELD + user);
    }

    boolean isUsers() {
        return id.startsWith(USER);
    }

    /// The user whose quota it is.
    ///
    /// @throws IllegalStateException when it is not a user's
    public UserId user() {
        Account account = spendable();
        if (!account.isUsers()) {
            throw new IllegalStateException("not a user's account: " + id);
        }
        return new UserId(account.id.substring(USER.length()));
    }

    /// The account whose balance a movement of this one leaves: a user's own, or that of the user whose quota is held.
    Account spendable() {
        return id.startsWith(HELD) ? new Account(USER + id.substring(HELD.length())) : this;
    }
}
