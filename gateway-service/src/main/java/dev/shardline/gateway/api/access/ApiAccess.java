package dev.shardline.gateway.api.access;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestMatcherDelegatingAuthorizationManager;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The filter in front of every path of the API: refuses odd URLs, finds out who is calling, and checks the role.
 *
 * <p>Reading needs {@link Role#READ}, everything else {@link Role#OPERATE}. The method decides, not a list of paths, so
 * that no path can be forgotten.
 */
public final class ApiAccess {
    private ApiAccess() {}

    /** Hears of requests that are turned away. Called on the request's thread; must not block. */
    public interface Listener {
        /**
         * A request was turned away.
         *
         * @param who name of the caller, {@code unknown} when it has none
         */
        void refused(HttpServletRequest request, String who, Problem problem);
    }

    /** Makes the filter, to be mapped to every path of the API. */
    public static Filter filter(Credentials credentials, ProblemWriter problems, Listener listener) {
        AccessFilter access = new AccessFilter(
                credentials, (request, response, problem) -> refuse(problems, listener, request, response, problem));
        ExceptionTranslationFilter translation = new ExceptionTranslationFilter(
                (request, response, failure) -> refuse(problems, listener, request, response, unknown(request)),
                new NullRequestCache());
        translation.setAccessDeniedHandler((request, response, denied) -> refuse(
                problems,
                listener,
                request,
                response,
                Problem.of(
                        "forbidden",
                        HttpStatus.FORBIDDEN,
                        "The role read may only look; " + request.getMethod() + " needs the role operate.",
                        request.getRequestURI())));
        FilterChainProxy proxy = new FilterChainProxy(List.of(new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE,
                new SecurityContextHolderFilter(new RequestAttributeSecurityContextRepository()),
                new HeaderWriterFilter(List.of(
                        new CacheControlHeadersWriter(),
                        new XContentTypeOptionsHeaderWriter(),
                        new ContentSecurityPolicyHeaderWriter("default-src 'none'; frame-ancestors 'none'"))),
                access,
                translation,
                new AuthorizationFilter(RequestMatcherDelegatingAuthorizationManager.builder()
                        .add(reading(), AuthorityAuthorizationManager.hasAuthority(Role.READ.word()))
                        .add(
                                AnyRequestMatcher.INSTANCE,
                                AuthorityAuthorizationManager.hasAuthority(Role.OPERATE.word()))
                        .build()))));
        // What the firewall rejects may hold anything, so none of it is repeated.
        proxy.setRequestRejectedHandler((request, response, rejected) -> refuse(
                problems,
                listener,
                request,
                response,
                Problem.of(
                        "bad-request",
                        HttpStatus.BAD_REQUEST,
                        "The URL or a header has characters that are not taken here, such as // ; %2F %2e or control"
                                + " characters.",
                        "")));
        return proxy;
    }

    private static RequestMatcher reading() {
        return request -> HttpMethod.GET.matches(request.getMethod())
                || HttpMethod.HEAD.matches(request.getMethod())
                || HttpMethod.OPTIONS.matches(request.getMethod());
    }

    private static Problem unknown(HttpServletRequest request) {
        return Problem.of(
                "unauthorized", HttpStatus.UNAUTHORIZED, "Nobody is known to send this.", request.getRequestURI());
    }

    private static void refuse(
            ProblemWriter problems,
            Listener listener,
            HttpServletRequest request,
            HttpServletResponse response,
            Problem problem)
            throws IOException {
        Object caller = request.getAttribute(Caller.ATTRIBUTE);
        listener.refused(request, caller instanceof Caller known ? known.name() : "unknown", problem);
        problems.write(response, problem);
    }
}
