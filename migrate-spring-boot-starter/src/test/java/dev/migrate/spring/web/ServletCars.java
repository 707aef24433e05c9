package dev.migrate.spring.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** A servlet application with everything that can be reached in one. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@Import({ServletCars.Cars.class, BrokenEndpoint.class})
class ServletCars {

    @Bean
    WebSocketConfigurer socket() {
        return registry ->
                registry.addHandler(new TextWebSocketHandler(), "/socket").setAllowedOrigins("*");
    }

    @Bean
    ServletRegistrationBean<HttpServlet> plainServlet(Reached reached) {
        return marking("servlet", reached, "/plain/*");
    }

    /** A servlet, since it is in the way of an error dispatch whatever Boot makes of its own error page. */
    @Bean
    ServletRegistrationBean<HttpServlet> errorPage(Reached reached) {
        return marking("error page", reached, "/error", "/api/error");
    }

    /** Of the same order as the gate, and known to the context before it. */
    @Bean
    FilterRegistrationBean<Filter> aFilter(Reached reached) {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            reached.add("filter");
            chain.doFilter(request, response);
        });
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return filter;
    }

    /** Takes what the gate let through to places where it must not go. */
    @Bean
    FilterRegistrationBean<Filter> detour() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            switch (String.valueOf(request.getParameter("detour"))) {
                case "forward" -> request.getRequestDispatcher(target(request)).forward(request, response);
                case "include" -> request.getRequestDispatcher(target(request)).include(request, response);
                case "async" -> request.startAsync().dispatch(target(request));
                case "error" -> ((HttpServletResponse) response).sendError(Integer.parseInt(target(request)));
                default -> chain.doFilter(request, response);
            }
        });
        filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        filter.setAsyncSupported(true);
        return filter;
    }

    private static String target(ServletRequest request) {
        return request.getParameter("to");
    }

    static ServletRegistrationBean<HttpServlet> marking(String place, Reached reached, String... paths) {
        ServletRegistrationBean<HttpServlet> registration =
                new ServletRegistrationBean<>(new Marking(place, reached), paths);
        registration.setName(place);
        return registration;
    }

    @RestController
    static class Cars {

        private final Reached reached;

        Cars(Reached reached) {
            this.reached = reached;
        }

        @GetMapping("/cars")
        String cars() {
            reached.add("controller");
            return "cars";
        }

        @GetMapping("/cars/later")
        Callable<String> later() {
            reached.add("callable");
            return () -> "later";
        }

        @PostMapping("/cars/upload")
        String upload(@RequestParam("file") MultipartFile file) {
            reached.add("upload");
            return file.getName();
        }

        /** Below its own path, and below that of an endpoint when the base path is the root. */
        @RequestMapping({"/cars/{*rest}", "/info/{*rest}", "/actuator/info/{*rest}"})
        String anything() {
            reached.add("catch-all");
            return "anything";
        }
    }

    private static final class Marking extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final String place;
        private final transient Reached reached;

        Marking(String place, Reached reached) {
            this.place = place;
            this.reached = reached;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            reached.add(place);
            response.getWriter().write(place);
        }
    }
}
