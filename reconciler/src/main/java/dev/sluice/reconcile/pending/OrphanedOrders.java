package dev.sluice.reconcile.pending;

/// How many orders there are whose account is not set up.
///
/// @param alive those whose code may live, and take money
/// @param dead  those that nobody can pay any more. Whether somebody has is not known, so they stay open
public record OrphanedOrders(long alive, long dead) {}
