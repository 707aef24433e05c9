package dev.migrate.spring.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A servlet application that needs nothing but the container. */
@Configuration(proxyBeanMethods = false)
class PlainServlet {

    @Bean
    ServletRegistrationBean<HttpServlet> servlet() {
        HttpServlet servlet = new HttpServlet() {

            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().write("servlet");
            }
        };
        return new ServletRegistrationBean<>(servlet, "/");
    }
}
