package dev.sluice.reconcile.audit.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.reconcile.audit.AuditRow;
import dev.sluice.reconcile.audit.ChainedRow;
import dev.sluice.reconcile.audit.Search;

/// Rows as lines of JSON. `after` of a row is the place to go on behind it; `value`, where it was asked for, is the text of the record's value as
/// the log has it.
final class JsonRows implements RowFormat {
    private static final byte[] NOTHING = {};

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder().rootValueSeparator((String) null).build()).build();
    private final boolean withValues;

    JsonRows(boolean withValues) {
        this.withValues = withValues;
    }

    @Override
    public MediaType mediaType() {
        return MediaType.APPLICATION_NDJSON;
    }

    @Override
    public String extension() {
        return "ndjson";
    }

    @Override
    public byte[] begin() {
        return NOTHING;
    }

    @Override
    public byte[] write(List<ChainedRow> rows) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = mapper.createGenerator(bytes)) {
            for (ChainedRow row : rows) {
                write(json, row);
                json.writeRaw('\n');
            }
        }
        return bytes.toByteArray();
    }

    private void write(JsonGenerator json, ChainedRow chained) {
        AuditRow row = chained.row();
        json.writeStartObject();
        json.writeStringProperty("at", row.at().toString());
        json.writeStringProperty("type", row.type());
        subject(json, row.subject());
        json.writeBooleanProperty("repeated", row.repeated());
        amounts(json, row.amounts());
        json.writeStringProperty("event_id", row.eventId());
        json.writeStringProperty("topic", row.place().topic());
        json.writeNumberProperty("partition", row.place().partition());
        json.writeNumberProperty("offset", row.place().offset());
        json.writeNumberProperty("number", row.place().number());
        json.writeStringProperty("hash", HexFormat.of().formatHex(chained.hash()));
        json.writeStringProperty("after", Search.Cursor.of(row).toString());
        if (withValues) {
            json.writeStringProperty("value", new String(row.value(), StandardCharsets.UTF_8));
        }
        json.writeEndObject();
    }

    private static void subject(JsonGenerator json, AuditRow.Subject subject) {
        text(json, "order", subject.tradeNumber());
        text(json, "user", subject.user());
        text(json, "provider", subject.provider());
        text(json, "refund", subject.refundNumber());
        text(json, "actor", subject.actor());
    }

    private static void amounts(JsonGenerator json, AuditRow.Amounts amounts) {
        number(json, "money_in", amounts.moneyIn());
        number(json, "money_out", amounts.moneyOut());
        text(json, "currency", amounts.currency());
        number(json, "quota", amounts.quota());
        text(json, "debit_account", amounts.debit());
        text(json, "credit_account", amounts.credit());
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) {
        if (text != null) {
            json.writeStringProperty(name, text);
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Long number) {
        if (number != null) {
            json.writeNumberProperty(name, number);
        }
    }
}
