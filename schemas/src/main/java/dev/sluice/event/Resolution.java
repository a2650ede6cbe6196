package dev.sluice.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;

/// An operator's decision about held money.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Resolution.Credit.class, name = "CREDIT"),
        @JsonSubTypes.Type(value = Resolution.Refund.class, name = "REFUND")})
public sealed interface Resolution {
    /// It becomes quota. User and amount are always part of the fact, so the log alone is enough to book it.
    ///
    /// @param userId whose quota grows
    /// @param quota  by how much, at least 1
    record Credit(UserId userId, Quota quota) implements Resolution {
        /// @throws IllegalArgumentException when `quota` is 0
        public Credit {
            if (quota.units() == 0) {
                throw new IllegalArgumentException("a credit needs a quota above 0");
            }
        }
    }

    /// It is to be refunded.
    record Refund() implements Resolution {}
}
