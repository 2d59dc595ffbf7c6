package dev.shardline.gateway.api;

import dev.shardline.gateway.api.access.Caller;
import dev.shardline.gateway.api.access.Problem;
import dev.shardline.gateway.api.access.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers every failure of a request to the API with a problem, and leaves those of other paths alone. */
public final class ApiErrors implements HandlerExceptionResolver, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

    private final ProblemWriter problems;

    /** With the way problems are written. */
    public ApiErrors(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (request.getAttribute(Caller.ATTRIBUTE) == null) {
            return null;
        }
        try {
            if (failure instanceof ErrorResponse standard) {
                standard.getHeaders()
                        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            }
            if (failure instanceof ApiException ours) {
                ours.headers().forEach(response::addHeader);
            }
            problems.write(response, problem(failure, request.getRequestURI()));
        } catch (IOException e) {
            LOG.debug("The caller went away before it was told", e);
        }
        return new ModelAndView();
    }

    private static Problem problem(Exception failure, String path) {
        if (failure instanceof ApiException ours) {
            return ours.problem(path);
        }
        if (failure.getCause() instanceof ApiException ours) {
            return ours.problem(path);
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return Problem.of(
                            "invalid-parameter",
                            HttpStatus.BAD_REQUEST,
                            mismatch.getName() + " must be a " + kind(mismatch.getRequiredType()) + ", was \""
                                    + Words.clean(String.valueOf(mismatch.getValue())) + "\"",
                            path)
                    .with("field", mismatch.getName());
        }
        if (failure instanceof HttpMessageNotReadableException) {
            return Problem.of("invalid-body", HttpStatus.BAD_REQUEST, "A JSON object is needed as the body.", path)
                    .with("field", "body");
        }
        if (failure instanceof ErrorResponse standard) {
            HttpStatus status = HttpStatus.valueOf(standard.getStatusCode().value());
            String word = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
            return Problem.of(word, status, detail(status, standard), path);
        }
        LOG.error("A request to {} failed", Words.clean(path), failure);
        return Problem.of(
                "failed", HttpStatus.INTERNAL_SERVER_ERROR, "The gateway failed at this; its log says more.", path);
    }

    private static String detail(HttpStatus status, ErrorResponse standard) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing here; /api/v1/openapi.json lists every path.";
            case UNSUPPORTED_MEDIA_TYPE -> "The body must be JSON: send Content-Type: application/json.";
            case NOT_ACCEPTABLE -> "The answer is JSON: send Accept: application/json, or none.";
            default -> String.valueOf(standard.getBody().getDetail());
        };
    }

    private static String kind(@Nullable Class<?> type) {
        return type == int.class || type == Integer.class || type == long.class || type == Long.class
                ? "whole number"
                : "value of another kind";
    }
}
