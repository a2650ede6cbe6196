package dev.sluice.order.timeline;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Follows the notices and the providers' answers, for the orders' timelines.
@Component
class TimelineListener {
    private static final Logger LOG = LoggerFactory.getLogger(TimelineListener.class);

    private final Timeline timeline;

    TimelineListener(Timeline timeline) {
        this.timeline = timeline;
    }

    @KafkaListener(topics = "sluice.notifications", groupId = "sluice-order-api-timeline")
    void onRecords(List<ConsumerRecord<String, byte[]>> records) {
        for (var record : records) {
            try {
                timeline.keep(record);
            } catch (DataIntegrityViolationException e) {
                LOG.atWarn().addKeyValue("key", record.key()).addKeyValue("why", e.getMostSpecificCause().getMessage())
                        .log("left out of the timelines");
            }
        }
    }
}
