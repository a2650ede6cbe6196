package dev.sluice.credit;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Takes a poll's worth of records at once. The offset is committed when the listener returns: acknowledge last.
@Component
class EventsListener {
    private final Crediting crediting;

    EventsListener(Crediting crediting) {
        this.crediting = crediting;
    }

    @KafkaListener(topics = "sluice.events")
    void onRecords(List<ConsumerRecord<String, byte[]>> records) {
        crediting.credit(records);
    }
}
