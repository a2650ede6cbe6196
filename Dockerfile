# syntax=docker/dockerfile:1

# An image per app, out of one build: MODULE is order-api, notify-gateway, recharge-worker, reconciler or provider-sandbox.
FROM node:24-bookworm-slim AS node

FROM maven:3.9-eclipse-temurin-25 AS build
# The pages are built with it.
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q package -Dmaven.test.skip=true -am \
        -pl order-api,notify-gateway,recharge-worker,reconciler,provider-sandbox

FROM eclipse-temurin:25-jre AS layers
ARG MODULE
COPY --from=build /build/${MODULE}/target/${MODULE}-*-exec.jar /app.jar
RUN java -Djarmode=tools -jar /app.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jre
# Half of the container's memory limit for the heap; the rest is for everything else that a JVM needs.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED"
WORKDIR /app
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
# The training run for the AOT cache. There is no Kafka and no PostgreSQL here, so it waits for them a minute and gives up; by then
# most classes are loaded, and the cache is written however a run ends. Without the cache an app would start too, only slower.
# The small heap keeps pointers compressed on a large build machine, as they are in a container with a limit.
RUN echo '{}' > /tmp/settings.json \
    && SLUICE_KAFKA=127.0.0.1:1 SLUICE_POSTGRES=jdbc:postgresql://127.0.0.1:1/none SLUICE_SETTINGS=/tmp/settings.json \
        SLUICE_JWT_SECRET=for-this-training-run-only-and-not-kept \
        timeout 180 java -XX:AOTCacheOutput=app.aot -Xmx256m -jar app.jar --spring.flyway.enabled=false \
        --spring.datasource.hikari.initialization-fail-timeout=-1 --spring.data.jdbc.dialect=postgresql 2>&1 | tail -n 2 \
    && rm /tmp/settings.json \
    && test -s app.aot
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
ENTRYPOINT ["java", "-XX:AOTCache=app.aot", "-jar", "app.jar"]
