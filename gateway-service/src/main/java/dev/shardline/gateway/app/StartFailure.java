package dev.shardline.gateway.app;

import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;

/**
 * Turns whatever stops a start into one message a person can act on, and into an exit code.
 *
 * <p>Registered for all exceptions, so that a stack trace is never the user interface; {@code --debug} still shows it.
 */
public final class StartFailure implements FailureAnalyzer {
    @Override
    public FailureAnalysis analyze(Throwable failure) {
        ConfigurationProblem problem = find(failure, ConfigurationProblem.class);
        if (problem != null) {
            return new FailureAnalysis(problem.getMessage(), problem.mend(), failure);
        }
        PortInUseException port = find(failure, PortInUseException.class);
        if (port != null) {
            return new FailureAnalysis(
                    "server.port: " + port.getPort() + " is in use by another process",
                    "Stop that process, or set SERVER_PORT to a free port.",
                    failure);
        }
        org.springframework.boot.context.properties.bind.BindException bind =
                find(failure, org.springframework.boot.context.properties.bind.BindException.class);
        if (bind != null) {
            Object value =
                    bind.getProperty() == null ? null : bind.getProperty().getValue();
            String given = isSecret(bind.getName().toString()) ? "" : " \"" + value + "\"";
            return new FailureAnalysis(
                    bind.getName() + ": the value" + given + " is not a "
                            + bind.getTarget().getType(),
                    "Give a value of that kind; docs/configuration.md lists every property with its range.",
                    failure);
        }
        return new FailureAnalysis(
                deepest(failure).toString(),
                "This is not a known mistake in the configuration. Start again with --debug to see where it comes from.",
                failure);
    }

    static int exitCode(Throwable failure) {
        DiscordRefusal refusal = find(failure, DiscordRefusal.class);
        if (refusal != null) {
            return ExitStatus.REFUSED_BY_DISCORD;
        }
        boolean configuration = find(failure, ConfigurationProblem.class) != null
                || find(failure, org.springframework.boot.context.properties.bind.BindException.class) != null
                || find(failure, BindValidationException.class) != null
                || find(failure, PortInUseException.class) != null
                || find(failure, BindException.class) != null;
        return configuration ? ExitStatus.CONFIGURATION : ExitStatus.OTHER;
    }

    private static boolean isSecret(String name) {
        return name.contains("token") || name.contains("password") || name.contains("secret");
    }

    private static <T> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    private static Throwable deepest(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }
}
