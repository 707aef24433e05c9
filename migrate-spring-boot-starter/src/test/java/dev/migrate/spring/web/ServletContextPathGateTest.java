package dev.migrate.spring.web;

class ServletContextPathGateTest extends ServletGateContract {

    @Override
    GatedApplication start() {
        return start(false, "server.servlet.context-path=/shop");
    }

    @Override
    String prefix() {
        return "/shop";
    }

    @Override
    String prefixInsideContext() {
        return "";
    }
}
