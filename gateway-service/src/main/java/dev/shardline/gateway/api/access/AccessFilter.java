package dev.shardline.gateway.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling, and lets nobody on who is not known.
 *
 * <p>A browser on an operator's machine is not the operator: what a browser sends by itself (a client certificate, or
 * nothing at all from this machine) does not count when another page made it send it.
 */
final class AccessFilter extends OncePerRequestFilter {
    private static final String BEARER = "bearer ";
    private static final Pattern LOOPBACK_NAME =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private final Credentials credentials;
    private final Refusals refusals;

    AccessFilter(Credentials credentials, Refusals refusals) {
        this.credentials = credentials;
        this.refusals = refusals;
    }

    /** Told of every request that is turned away. */
    interface Refusals {
        void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Credentials.Grant grant;
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            grant = byToken(authorization);
            if (grant == null) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"shardline\", error=\"invalid_token\"");
                refuse(
                        request,
                        response,
                        HttpStatus.UNAUTHORIZED,
                        "unauthorized",
                        "The Authorization header must be \"Bearer <token>\" with a token from shardline.api.tokens; this"
                                + " one is not among them.");
                return;
            }
        } else if (credentials.isEmpty()) {
            if (!DirectLoopback.is(request)
                    || !LOOPBACK_NAME.matcher(request.getServerName()).matches()) {
                refuse(
                        request,
                        response,
                        HttpStatus.FORBIDDEN,
                        "no-credentials-configured",
                        "No credentials are configured, so the API answers only on this machine, under the name localhost"
                                + " and without a proxy, and changes nothing. To open it, set shardline.api.tokens.<name>.token and .role (read"
                                + " or operate), or use client certificates.");
                return;
            }
            // A proxy that adds no header looks like this machine, so nothing is changed without a credential.
            grant = new Credentials.Grant("loopback", Role.READ, "loopback");
        } else {
            grant = byCertificate(request);
            if (grant == null) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"shardline\"");
                refuse(
                        request,
                        response,
                        HttpStatus.UNAUTHORIZED,
                        "unauthorized",
                        "Send \"Authorization: Bearer <token>\" with a token from shardline.api.tokens, or a client"
                                + " certificate whose subject is in shardline.api.certificates.");
                return;
            }
        }
        if (!grant.via().equals("token") && fromAnotherPage(request)) {
            refuse(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "cross-site",
                    "A page of another site made a browser send this. Use a token, or a client that is not a browser.");
            return;
        }
        admit(request, response, chain, grant);
    }

    private void admit(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, Credentials.Grant grant)
            throws ServletException, IOException {
        Caller caller = new Caller(grant.name(), grant.role(), grant.via(), DirectLoopback.peer(request));
        request.setAttribute(Caller.ATTRIBUTE, caller);
        SecurityContextHolder.setContext(new SecurityContextImpl(new Known(caller)));
        chain.doFilter(request, response);
    }

    private Credentials.@Nullable Grant byToken(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return null;
        }
        return credentials
                .byToken(authorization.substring(BEARER.length()).strip())
                .orElse(null);
    }

    private Credentials.@Nullable Grant byCertificate(HttpServletRequest request) {
        Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
        if (chain instanceof X509Certificate[] certificates && certificates.length > 0) {
            X500Principal subject = certificates[0].getSubjectX500Principal();
            return credentials.bySubject(subject).orElse(null);
        }
        return null;
    }

    private static boolean fromAnotherPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return request.getHeader(HttpHeaders.ORIGIN) != null
                || Optional.ofNullable(site)
                        .filter(value -> !List.of("none", "same-origin").contains(value))
                        .isPresent();
    }

    private void refuse(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String word, String detail)
            throws IOException {
        refusals.refuse(request, response, Problem.of(word, status, detail, request.getRequestURI()));
    }

    /** What the authorization filter asks. */
    private static final class Known extends AbstractAuthenticationToken {
        private static final long serialVersionUID = 1L;
        private final transient Caller caller;

        Known(Caller caller) {
            super(AuthorityUtils.createAuthorityList(
                    caller.role() == Role.OPERATE
                            ? new String[] {Role.READ.word(), Role.OPERATE.word()}
                            : new String[] {Role.READ.word()}));
            this.caller = caller;
            setAuthenticated(true);
        }

        @Override
        public String getCredentials() {
            return "";
        }

        @Override
        public Caller getPrincipal() {
            return caller;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
