package dev.sluice.order.answer;

import java.time.Duration;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The description of the API for programs, as OpenAPI 3.1.
@RestController
class DescriptionController {
    private static final Duration CACHED = Duration.ofHours(1);

    @GetMapping("/v3/api-docs")
    ResponseEntity<Resource> description() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).cacheControl(CacheControl.maxAge(CACHED).cachePublic())
                .body(new ClassPathResource("openapi.json"));
    }
}
