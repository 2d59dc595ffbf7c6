package dev.shardline.gateway.api;

import dev.shardline.gateway.api.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets no request reach a controller of this package that has not come through the access rules, whatever way an
 * application that embeds the gateway may have opened around them.
 */
public final class OnlyKnownCallers implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().equals(OnlyKnownCallers.class.getPackageName())
                && !(request.getAttribute(Caller.ATTRIBUTE) instanceof Caller)) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            return false;
        }
        return true;
    }
}
