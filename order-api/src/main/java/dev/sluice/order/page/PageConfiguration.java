package dev.sluice.order.page;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

import dev.sluice.edge.ConsoleHosts;
import dev.sluice.edge.Hosts;
import dev.sluice.edge.answer.ErrorAnswers;

/// The routes of the pages, and what pages of hosts may read.
@Configuration(proxyBeanMethods = false)
class PageConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(PageConfiguration.class);
    /// Behind the controllers, which have no such paths.
    private static final int ORDER = 1;

    @Bean
    HostAccess hostAccess(@Value("${sluice.hosts}") String hosts) {
        return new HostAccess(Hosts.of(hosts));
    }

    @Bean
    HandlerMapping pages(ErrorAnswers errors, @Value("${sluice.hosts}") String hosts, @Value("${sluice.console-hosts}") String console,
            @Value("${sluice.demo}") boolean demo, @Value("${sluice.pages}") String folder) {
        PageFiles files = PageFiles.read(folder);
        if (files.at("/index.html").isEmpty()) {
            LOG.error("the pages are missing: the jar of the module web is not on the class path");
        }
        var names = ConsoleHosts.of(console);
        var serving = new PageServing(files, errors);
        var admin = serving.page("/admin.html", new PageHeaders(Hosts.NONE), demo,
                request -> names.admit(request.getHeaders().getFirst(HttpHeaders.HOST)));
        return new SimpleUrlHandlerMapping(Map.of("/", serving.page("/index.html", new PageHeaders(Hosts.of(hosts)), demo, _ -> true),
                "/admin/**", admin, "/assets/**", serving.assets(), "/sluice-topup.js", serving.element()), ORDER);
    }
}
