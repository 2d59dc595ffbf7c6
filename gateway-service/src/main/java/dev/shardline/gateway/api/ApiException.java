package dev.shardline.gateway.api;

import dev.shardline.gateway.api.access.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A request that cannot be done, and what its caller is told. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final HttpStatus status;
    private final String word;
    private final transient Map<String, Object> more = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    ApiException(HttpStatus status, String word, String detail) {
        // A caller's mistake needs no stack trace.
        super(detail, null, false, false);
        this.status = status;
        this.word = word;
    }

    ApiException with(String name, Object value) {
        more.put(name, value);
        return this;
    }

    ApiException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Map<String, String> headers() {
        return headers;
    }

    HttpStatus status() {
        return status;
    }

    Problem problem(String path) {
        Problem problem = Problem.of(word, status, String.valueOf(getMessage()), path);
        for (Map.Entry<String, Object> entry : more.entrySet()) {
            problem = problem.with(entry.getKey(), entry.getValue());
        }
        return problem;
    }
}
