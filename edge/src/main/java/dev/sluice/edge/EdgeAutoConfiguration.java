package dev.sluice.edge;

import java.time.Clock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.xml.JacksonXmlEncoder;
import org.springframework.util.MimeType;
import tools.jackson.dataformat.xml.XmlMapper;

/// Auto-configuration of the rim of every HTTP app.
@AutoConfiguration
class EdgeAutoConfiguration {
    @Bean
    ClientAddress clientAddress(@Value("${sluice.trusted-proxies:}") String proxies, Clock clock) {
        return new ClientAddress(TrustedProxies.of(proxies), clock);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(XmlMapper.class)
    static class NoXmlConfiguration {
        private static final MimeType NEVER_REQUESTED = new MimeType("application", "x-never-requested");

        /// Jackson's XML is on the class path for WeChat Pay, not for callers: its WebFlux encoder answers a browser's `Accept` with
        /// status 500.
        @Bean
        CodecCustomizer noXmlAnswers() {
            return codecs -> codecs.defaultCodecs().jacksonXmlEncoder(new JacksonXmlEncoder(XmlMapper.shared(), NEVER_REQUESTED));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(NettyServerCustomizer.class)
    static class KeptConnectionsConfiguration {
        @Bean
        NettyServerCustomizer keptConnections() {
            return KeptConnections::of;
        }
    }
}
