package dev.sluice.order;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.relational.core.dialect.Dialect;

import dev.sluice.event.value.Provider;

/// How values stand in the columns of a row.
@Configuration(proxyBeanMethods = false)
public class StoredValues {
    @Bean
    JdbcCustomConversions jdbcCustomConversions(Dialect dialect) {
        return JdbcCustomConversions.of(dialect, List.of(new ProviderWriting(), new ProviderReading()));
    }

    @WritingConverter
    private static final class ProviderWriting implements Converter<Provider, String> {
        @Override
        public String convert(Provider provider) {
            return provider.code();
        }
    }

    @ReadingConverter
    private static final class ProviderReading implements Converter<String, Provider> {
        @Override
        public Provider convert(String code) {
            return new Provider(code);
        }
    }
}
