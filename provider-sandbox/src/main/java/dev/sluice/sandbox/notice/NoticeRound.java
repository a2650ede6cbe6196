package dev.sluice.sandbox.notice;

import java.util.List;

/// All that is posted for one delivery.
///
/// @param number the merchant's number, for the log
/// @param truth the true notice, as often as it is told; that it arrives is all that counts
/// @param atOnce whether that is told at the same time, not one after the other
record NoticeRound(String number, List<NoticeBody> before, List<NoticeBody> truth, boolean atOnce, List<NoticeBody> after) {}
