package dev.shardline.gateway.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The tokens and certificates that open the API. Of a token only its SHA-256 is kept. Immutable.
 *
 * <p>A plain hash is enough for what nobody can guess: a token has at least {@value #LEAST_CHARACTERS} characters.
 */
public final class Credentials {
    /** Shorter tokens are refused. */
    public static final int LEAST_CHARACTERS = 24;

    private static final int MOST_CHARACTERS = 512;
    private static final String HASHED = "sha256:";
    /** See RFC 6750, section 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private final List<Token> tokens;
    private final Map<String, Grant> subjects;

    private Credentials(List<Token> tokens, Map<String, Grant> subjects) {
        this.tokens = List.copyOf(tokens);
        this.subjects = Map.copyOf(subjects);
    }

    /** Begins with none. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether nothing is configured, so that only this machine is let in. */
    public boolean isEmpty() {
        return tokens.isEmpty() && subjects.isEmpty();
    }

    /** Whose token it is. Takes the same time whichever it is, or none. */
    Optional<Grant> byToken(String presented) {
        byte[] digest = sha256(presented.length() > MOST_CHARACTERS ? "" : presented);
        Grant found = null;
        for (Token token : tokens) {
            if (MessageDigest.isEqual(token.digest, digest)) {
                found = token.grant;
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whose certificate it is, by its subject. That the certificate is valid was checked by the TLS handshake. */
    Optional<Grant> bySubject(X500Principal subject) {
        return Optional.ofNullable(subjects.get(canonical(subject)));
    }

    private static String canonical(X500Principal subject) {
        return subject.getName(X500Principal.CANONICAL);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A name and its role. */
    record Grant(String name, Role role, String via) {}

    private static final class Token {
        private final byte[] digest;
        private final Grant grant;

        Token(byte[] digest, Grant grant) {
            this.digest = digest;
            this.grant = grant;
        }
    }

    /** Collects them. Messages of its exceptions never hold a token. */
    public static final class Builder {
        private final List<Token> tokens = new ArrayList<>();
        private final Map<String, Grant> subjects = new TreeMap<>();

        private Builder() {}

        /**
         * Adds a token.
         *
         * @param name for the audit log
         * @param secret the token itself, or {@code sha256:} and its hash in 64 hexadecimal digits
         * @throws IllegalArgumentException when it is too short, or has characters that do not fit into a header
         */
        public Builder token(String name, String secret, Role role) {
            byte[] digest;
            if (secret.startsWith(HASHED)) {
                String hash = secret.substring(HASHED.length());
                if (!HEX.matcher(hash).matches()) {
                    throw new IllegalArgumentException("sha256: must be followed by 64 hexadecimal digits");
                }
                digest = HexFormat.of().parseHex(hash);
            } else {
                if (secret.length() < LEAST_CHARACTERS || secret.length() > MOST_CHARACTERS) {
                    throw new IllegalArgumentException("must have " + LEAST_CHARACTERS + " to " + MOST_CHARACTERS
                            + " characters, has " + secret.length());
                }
                if (!TOKEN.matcher(secret).matches()) {
                    throw new IllegalArgumentException(
                            "may have letters, digits and . _ ~ + / - only, and = at the end");
                }
                digest = sha256(secret);
            }
            for (Token other : tokens) {
                if (MessageDigest.isEqual(other.digest, digest)) {
                    throw new IllegalArgumentException("is the same as that of " + other.grant.name());
                }
            }
            tokens.add(new Token(digest, new Grant(name, role, "token")));
            return this;
        }

        /**
         * Adds a client certificate.
         *
         * @param name for the audit log
         * @param subject its distinguished name, for example {@code CN=ops,O=Example}
         * @throws IllegalArgumentException when it is not a distinguished name, or there twice
         */
        public Builder certificate(String name, String subject, Role role) {
            String key = canonical(new X500Principal(subject));
            @Nullable Grant other = subjects.put(key, new Grant(name, role, "certificate"));
            if (other != null) {
                throw new IllegalArgumentException("\"" + subject + "\" is the same as that of " + other.name());
            }
            return this;
        }

        /** What was collected. */
        public Credentials build() {
            return new Credentials(tokens, subjects);
        }
    }
}
