package dev.migrate.spring.web;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Puts the gate first in the chain. The highest precedence alone is not enough: an application's filter of the same
 * order may come first, but it loses against one that is {@link PriorityOrdered}.
 */
final class ServletGateRegistration extends FilterRegistrationBean<ServletGate> implements PriorityOrdered {

    ServletGateRegistration(ServletGate gate, boolean enabled) {
        super(gate);
        setName("migrationGate");
        setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        setOrder(Ordered.HIGHEST_PRECEDENCE);
        setEnabled(enabled);
    }
}
