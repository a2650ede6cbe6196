package dev.sluice.log.copy;

import java.util.Map;

/// What a copy has done.
///
/// @param topics by name
public record CopyReport(Map<String, TopicReport> topics) {
    /// What was copied of a topic.
    ///
    /// @param copied   records that this run has written
    /// @param source   count and hash of what the source has
    /// @param target   the same of what the target has of it
    /// @param verified whether both are the same
    public record TopicReport(long copied, String source, String target, boolean verified) {}

    /// Whether the target has all that the source had when the copy began.
    public boolean isVerified() {
        return topics.values().stream().allMatch(TopicReport::verified);
    }
}
