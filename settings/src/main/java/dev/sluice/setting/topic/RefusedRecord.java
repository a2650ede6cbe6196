package dev.sluice.setting.topic;

/// Why a record of the topic does not count.
public enum RefusedRecord {
    /// A key without a value. It takes nothing back: only a signed change does.
    TOMBSTONE,
    /// It has no signature, or one that none of this app's keys has made.
    WRONG_SIGNATURE,
    /// It is signed, and this version cannot read it.
    UNREADABLE,
    /// It is signed, and a later change counts.
    OUTDATED,
    /// It is signed, and another change was made at the same moment. No sign of an intruder.
    OVERTAKEN
}
