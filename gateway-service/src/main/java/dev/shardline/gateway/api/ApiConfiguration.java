package dev.shardline.gateway.api;

import dev.shardline.gateway.api.access.ApiAccess;
import dev.shardline.gateway.api.access.Credentials;
import dev.shardline.gateway.api.access.DirectLoopback;
import dev.shardline.gateway.api.access.ProblemWriter;
import dev.shardline.gateway.time.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The API as beans. Needs a {@link GatewayView}, {@link Credentials} and {@link Timers}; uses {@link EventFilterSettings} and
 * {@link ReshardSettings} when there are some.
 */
@Configuration(proxyBeanMethods = false)
public class ApiConfiguration {
    /** Every path of the API, of this version and later ones. */
    private static final String PATHS = "/api/*";

    @Bean
    ApiJson apiJson() {
        return new ApiJson();
    }

    @Bean
    Audit apiAudit(MeterRegistry registry, Timers timers) {
        return new Audit(registry, timers::nanos);
    }

    @Bean
    ProblemWriter apiProblems(ApiJson json) {
        return new ProblemWriter(json.mapper());
    }

    @Bean
    FilterRegistrationBean<Filter> apiAccess(
            Credentials credentials, ProblemWriter problems, Audit audit, DispatcherServletPath servlet) {
        FilterRegistrationBean<Filter> registration =
                new FilterRegistrationBean<>(ApiAccess.filter(credentials, problems, audit));
        registration.setName("apiAccess");
        registration.addUrlPatterns(servlet.getRelativePath(PATHS));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        registration.setAsyncSupported(true);
        return registration;
    }

    @Bean
    FirstValve apiDirectLoopback() {
        return new FirstValve();
    }

    @Bean
    ApiErrors apiErrors(ProblemWriter problems) {
        return new ApiErrors(problems);
    }

    @Bean
    WebMvcConfigurer apiMvc(ApiJson json) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
                builder.addCustomConverter(json);
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new OnlyKnownCallers());
            }
        };
    }

    @Bean
    SessionAges apiSessionAges(Timers timers) {
        return new SessionAges(timers::epochMicros);
    }

    @Bean
    CommandDoor apiCommandDoor(GatewayView gateway, Timers timers, Audit audit) {
        return new CommandDoor(gateway, timers.wall(), audit);
    }

    @Bean
    StatusController apiStatus(
            GatewayView gateway, SessionAges sessions, ObjectProvider<BuildProperties> build, Timers timers) {
        String version = Optional.ofNullable(build.getIfAvailable())
                .map(BuildProperties::getVersion)
                .orElse("unknown");
        return new StatusController(new StatusReader(gateway, sessions, version, timers::epochMicros));
    }

    @Bean
    CommandController apiCommands(CommandDoor door) {
        return new CommandController(door);
    }

    @Bean
    ShardsController apiShards(CommandDoor door) {
        return new ShardsController(door);
    }

    @Bean
    RuntimeController apiRuntime(
            CommandDoor door,
            Audit audit,
            ObjectProvider<EventFilterSettings> filters,
            ObjectProvider<ReshardSettings> reshard,
            ApiJson json) {
        return new RuntimeController(
                door,
                audit,
                Optional.ofNullable(filters.getIfAvailable()),
                Optional.ofNullable(reshard.getIfAvailable()),
                json);
    }

    /** First of all customizers, so that its valve comes before the one that believes forwarding headers. */
    static final class FirstValve implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {
        @Override
        public void customize(ConfigurableTomcatWebServerFactory factory) {
            factory.addEngineValves(new DirectLoopback());
        }

        // An annotation at the bean's method would not be looked at.
        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }
}
