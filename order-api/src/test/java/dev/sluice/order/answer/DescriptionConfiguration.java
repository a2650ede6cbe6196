package dev.sluice.order.answer;

import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import tools.jackson.databind.JsonNode;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.Refused;

/// What the generator cannot know of the API: names are in snake case, a record says itself which of its values may be missing, and every
/// answer may be a refusal.
public class DescriptionConfiguration {
    private static final String JSON = "application/json";
    /// The controller reads its filters out of a map.
    private static final List<String> FILTERS = List.of("status", "payment_method", "user", "from", "until", "least_money", "most_money",
            "text", "page_size", "after");
    private static final String EVENTS = "#/components/schemas/ServerSentEventOrderView";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, JwtAuthenticationToken.class).replaceWithClass(JsonNode.class,
                Object.class);
    }

    @Bean
    ModelResolver modelResolver() {
        ObjectMapper mapper = Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(mapper).openapi31(true);
    }

    @Bean
    RecordConverter recordConverter() {
        return new RecordConverter();
    }

    @Bean
    GlobalOpenApiCustomizer sluice() {
        return api -> {
            api.info(new Info().title("Sluice").version("1")
                    .description("The routes for front ends and operators; docs/api.md explains them."))
                    .servers(List.of())
                    .schemaRequirement("token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT"))
                    .security(List.of(new SecurityRequirement().addList("token")));
            inOrder(api);
            api.getPaths().get("/api/option").getPut().getRequestBody().getContent().get(JSON)
                    .schema(new MapSchema().additionalProperties(new Schema<>()));
            api.getPaths().get("/api/topup").getGet().setParameters(FILTERS.stream()
                    .map(name -> new Parameter().name(name).in("query").required(false).schema(new StringSchema())).toList());
            api.getComponents().getSchemas().remove("MultiValueMapStringString");
            Schema<?> decided = api.getComponents().getSchemas().get("Decided");
            decided.required(List.of("resolution", "reason"));
            api.getPaths().values().forEach(path -> path.readOperations().forEach(DescriptionConfiguration::withRefusal));
            api.getPaths().forEach((path, item) -> item.readOperations().stream().filter(_ -> path.startsWith("/api/link/"))
                    .forEach(operation -> operation.setSecurity(List.of())));
            api.getComponents().getSchemas().remove("ServerSentEventOrderView");
            ModelConverters.getInstance(true).readAll(Refused.class).forEach(api.getComponents()::addSchemas);
        };
    }

    private static void inOrder(OpenAPI api) {
        Paths paths = new Paths();
        api.getPaths().entrySet().stream().sorted(Comparator.comparing(entry -> entry.getKey()))
                .forEach(entry -> paths.addPathItem(entry.getKey(), entry.getValue()));
        api.paths(paths);
    }

    /// Business refusals are HTTP 200.
    private static void withRefusal(Operation operation) {
        operation.setTags(null);
        Content content = operation.getResponses().get("200").getContent();
        MediaType any = content.remove("*/*");
        if (any != null && EVENTS.equals(items(any.getSchema()))) {
            content.addMediaType("text/event-stream", new MediaType().schema(reference("OrderView")));
        } else if (any != null) {
            content.addMediaType(JSON, new MediaType().schema(new Schema<>().oneOf(List.of(any.getSchema(), reference("Refused")))));
        }
        operation.getResponses().addApiResponse("default", new ApiResponse().description("refused")
                .content(new Content().addMediaType(JSON, new MediaType().schema(reference("Refused")))));
    }

    private static @Nullable String items(Schema<?> schema) {
        return schema.getItems() == null ? null : schema.getItems().get$ref();
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
