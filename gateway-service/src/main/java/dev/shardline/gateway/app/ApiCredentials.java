package dev.shardline.gateway.app;

import dev.shardline.gateway.api.access.Credentials;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** The API's credentials from the configuration. */
final class ApiCredentials {
    private ApiCredentials() {}

    static Credentials of(ShardlineProperties.Api api, ServerProperties server) {
        Credentials.Builder credentials = Credentials.builder();
        for (Map.Entry<String, ShardlineProperties.ApiToken> entry :
                api.tokens().entrySet()) {
            String secret = entry.getValue().token().strip();
            // Empty is how a compose file writes "not set".
            if (!secret.isEmpty()) {
                try {
                    credentials.token(entry.getKey(), secret, entry.getValue().role());
                } catch (IllegalArgumentException e) {
                    throw new ConfigurationProblem(
                            "shardline.api.tokens." + entry.getKey() + ".token",
                            String.valueOf(e.getMessage()),
                            "Make one with `openssl rand -hex 32`, or write sha256: and the token's SHA-256 in hexadecimal "
                                    + "digits.",
                            e);
                }
            }
        }
        for (Map.Entry<String, ShardlineProperties.ApiCertificate> entry :
                api.certificates().entrySet()) {
            String property = "shardline.api.certificates." + entry.getKey() + ".subject";
            try {
                credentials.certificate(
                        entry.getKey(),
                        entry.getValue().subject(),
                        entry.getValue().role());
            } catch (IllegalArgumentException e) {
                throw new ConfigurationProblem(
                        property,
                        String.valueOf(e.getMessage()),
                        "Write the certificate's subject, for example CN=ops,O=Example; `openssl x509 -noout -subject"
                                + " -nameopt RFC2253 -in FILE` shows it.",
                        e);
            }
        }
        if (!api.certificates().isEmpty() && !asksForCertificates(server.getSsl())) {
            throw new ConfigurationProblem(
                    "shardline.api.certificates",
                    "is set, but the server does not ask for certificates",
                    "Set SERVER_SSL_BUNDLE and SERVER_SSL_CLIENT_AUTH=want (or need, for health checks too).");
        }
        return credentials.build();
    }

    private static boolean asksForCertificates(@Nullable Ssl ssl) {
        return ssl != null
                && ssl.isEnabled()
                && (ssl.getClientAuth() == Ssl.ClientAuth.WANT || ssl.getClientAuth() == Ssl.ClientAuth.NEED);
    }
}
