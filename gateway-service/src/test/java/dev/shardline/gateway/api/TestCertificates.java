package dev.shardline.gateway.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates made for one test run: the server's, and those of two people whom the trust store knows. */
final class TestCertificates {
    private static final String PASSWORD = "password";
    private final Path directory;

    TestCertificates(Path directory) {
        this.directory = directory;
        make("server", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
        make("ops", "CN=ops, O=Example");
        make("stranger", "CN=stranger, O=Example");
    }

    /** The gateway's bundle {@code api}. */
    String[] bundle() {
        return new String[] {
            "--spring.ssl.bundle.jks.api.keystore.location=" + store("server").toUri(),
            "--spring.ssl.bundle.jks.api.keystore.password=" + PASSWORD,
            "--spring.ssl.bundle.jks.api.truststore.location=" + store("trust").toUri(),
            "--spring.ssl.bundle.jks.api.truststore.password=" + PASSWORD
        };
    }

    /** What a client needs who trusts the server; with a certificate of its own unless the name is null. */
    SSLContext client(@Nullable String name) throws GeneralSecurityException, IOException {
        KeyManager @Nullable [] own = null;
        if (name != null) {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(store(name)), PASSWORD.toCharArray());
            own = keys.getKeyManagers();
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(store("trust")));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path path) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void make(String name, String subject, String... more) {
        List<String> pair = new ArrayList<>(
                List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", subject, "-validity", "2"));
        pair.addAll(Arrays.asList(more));
        keytool(store(name), pair);
        Path certificate = directory.resolve(name + ".crt");
        keytool(store(name), List.of("-exportcert", "-alias", name, "-file", certificate.toString()));
        keytool(store("trust"), List.of("-importcert", "-noprompt", "-alias", name, "-file", certificate.toString()));
    }

    private Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    private static void keytool(Path store, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
