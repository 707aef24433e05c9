package dev.migrate.spring.web;

class ServletGateTest extends ServletGateContract {

    @Override
    GatedApplication start() {
        return start(false);
    }
}
