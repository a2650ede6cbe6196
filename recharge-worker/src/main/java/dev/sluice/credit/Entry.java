package dev.sluice.credit;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.sluice.event.Reading;

/// A fact and the record that it was read from.
record Entry(ConsumerRecord<String, byte[]> record, Reading.Fact fact) {}
