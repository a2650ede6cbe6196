package dev.sluice.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;

/// What a person decided about money that is held.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Resolution.Credit.class, name = "CREDIT"),
        @JsonSubTypes.Type(value = Resolution.Refund.class, name = "REFUND")})
public sealed interface Resolution {
    /// It becomes quota. Whose and how much always stands here, so that the log alone is enough to book it.
    ///
    /// @param userId whose quota grows
    /// @param quota  by how much, at least 1
    record Credit(UserId userId, Quota quota) implements Resolution {
        /// @throws IllegalArgumentException when `quota` is 0
        public Credit {
            if (quota.units() == 0) {
                throw new IllegalArgumentException("a credit of nothing");
            }
        }
    }

    /// It is to be given back.
    record Refund() implements Resolution {}
}
