package dev.sluice.order.answer;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.EdgeCode;

import static org.assertj.core.api.Assertions.assertThat;

/// A record's values are always there, unless they are left out when they are null; those that are `@Nullable` may be null. A sealed
/// interface is one of its records.
// The library's lists are of raw schemas.
@SuppressWarnings("rawtypes")
final class RecordConverter implements ModelConverter {
    /// Every code that an answer of this app may have.
    private static final List<Object> CODES = Stream.<AnswerCode>concat(Arrays.stream(OrderCode.values()), Arrays.stream(EdgeCode.values()))
            .<Object>map(AnswerCode::name).toList();

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

    @Override
    public @Nullable Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType java = Json31.mapper().constructType(type.getType());
        Class<?> raw = java.getRawClass();
        if (raw == AnswerCode.class) {
            JsonSchema code = new JsonSchema();
            code.setTypes(Set.of("string"));
            code.setEnum(CODES);
            return code;
        }
        if (raw.isSealed() && raw.isInterface()) {
            JsonSubTypes named = raw.getAnnotation(JsonSubTypes.class);
            List<Schema> kinds = Arrays.stream(raw.getPermittedSubclasses())
                    .<Schema>map(kind -> context.resolve(new AnnotatedType(kind).resolveAsRef(true))).toList();
            if (named != null) {
                String property = raw.getAnnotation(JsonTypeInfo.class).property();
                Arrays.stream(named.value()).forEach(kind -> name(model(context, kind.value().getSimpleName()), property, kind.name()));
            }
            return new JsonSchema().oneOf(kinds);
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (raw.isRecord() && raw.getTypeParameters().length == 0) {
            Class<?> same = named.putIfAbsent(raw.getSimpleName(), raw);
            assertThat(same == null || same == raw).as("two types are named %s in the description: %s, %s", raw.getSimpleName(), same, raw)
                    .isTrue();
        }
        if (schema != null && raw.isRecord()) {
            Schema<?> model = schema.get$ref() == null
                    ? schema
                    : model(context, schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1));
            if (model != null && model.getProperties() != null) {
                complete(model, raw);
            }
        }
        return schema;
    }

    private static @Nullable Schema<?> model(ModelConverterContext context, String name) {
        return context.getDefinedModels().get(name);
    }

    private static void name(@Nullable Schema<?> model, String property, String kind) {
        if (model != null && !model.getProperties().containsKey(property)) {
            Schema<Object> constant = new JsonSchema();
            constant.setConst(kind);
            model.addProperty(property, constant);
            model.addRequiredItem(property);
        }
    }

    private static void complete(Schema<?> model, Class<?> raw) {
        boolean leavesOut = leavesOut(raw.getAnnotation(JsonInclude.class));
        Set<String> required = new LinkedHashSet<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            String name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
            Schema<?> property = (Schema<?>) model.getProperties().get(name);
            if (property == null) {
                continue;
            }
            if (component.getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
                model.getProperties().remove(name);
                model.setAdditionalProperties(true);
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || component.getType() == Optional.class;
            boolean leftOut = leavesOut(component.getAccessor().getAnnotation(JsonInclude.class));
            if (!leftOut && !(nullable && leavesOut)) {
                required.add(name);
                if (nullable) {
                    model.getProperties().put(name, orNull(property));
                }
            }
        }
        required.forEach(name -> {
            if (model.getRequired() == null || !model.getRequired().contains(name)) {
                model.addRequiredItem(name);
            }
        });
    }

    private static boolean leavesOut(@Nullable JsonInclude include) {
        return include != null && include.value() != JsonInclude.Include.ALWAYS;
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.getTypes() != null && !property.getTypes().contains("null")) {
            property.addType("null");
            if (property.getEnum() != null) {
                property.addEnumItemObject(null);
            }
            return property;
        }
        return new JsonSchema().anyOf(List.of(property, new JsonSchema().types(Set.of("null"))));
    }
}
