package dev.sluice.credit.ledger;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.sluice.log.Reading;

/// A fact and the record that it was read from.
public record Entry(ConsumerRecord<String, byte[]> record, Reading.Fact fact) {}
