package dev.shardline.gateway.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The gateway as a process of its own.
 *
 * <p>Exit codes: 0 stopped, 2 configuration, 3 Discord refused for good (token, intents, sharding), 4 anything else.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {
    /** Starts the gateway; returns when it runs, exits when it cannot. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        ExitStatus exit = new ExitStatus();
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("exitStatus", exit));
        // SIGTERM runs the shutdown hook; the JVM would then end with 143, although everything was put away in order.
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(exit.code()));
        try {
            ConfigurableApplicationContext context = application.run(args);
            exit.whenFailed(context::close);
        } catch (RuntimeException e) {
            if (isTrainingRun(e)) {
                throw e;
            }
            // Spring Boot has printed what StartFailure says about it.
            exit.fail(StartFailure.exitCode(e));
            System.exit(exit.code());
        }
    }

    private static boolean isTrainingRun(RuntimeException e) {
        return e instanceof SpringApplication.AbandonedRunException;
    }
}
