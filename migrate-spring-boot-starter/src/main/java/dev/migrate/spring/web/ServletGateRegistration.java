package dev.migrate.spring.web;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Registers the gate as the first filter. The highest precedence alone is not sufficient, because a filter of the
 * application can have the same order; a {@link PriorityOrdered} filter precedes it.
 */
final class ServletGateRegistration extends FilterRegistrationBean<ServletGate> implements PriorityOrdered {

    ServletGateRegistration(ServletGate gate, boolean enabled) {
        super(gate);
        setName("dev.migrate.gate");
        setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        setOrder(Ordered.HIGHEST_PRECEDENCE);
        setEnabled(enabled);
    }
}
