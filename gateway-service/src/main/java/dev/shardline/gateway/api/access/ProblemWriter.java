package dev.shardline.gateway.api.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller does. Safe for use by many threads. */
public final class ProblemWriter {
    private final JsonMapper json;

    /** With the API's way of writing JSON. */
    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Sends a problem; does nothing when the response has begun already. */
    public void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
