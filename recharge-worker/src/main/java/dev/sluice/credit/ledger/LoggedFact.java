package dev.sluice.credit.ledger;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.sluice.log.DecodedRecord;

/// A fact and the record that it was read from.
public record LoggedFact(ConsumerRecord<String, byte[]> record, DecodedRecord.Fact fact) {}
