package dev.sluice.credit;

import dev.sluice.event.Merchant;
import dev.sluice.event.Money;
import dev.sluice.event.Provider;
import dev.sluice.event.Quota;
import dev.sluice.event.UserId;

/// What an order promised: who will get how much quota for exactly which money, received by whom.
record Expected(UserId userId, Provider provider, Merchant merchant, Money money, Quota quota, boolean closed) {}
