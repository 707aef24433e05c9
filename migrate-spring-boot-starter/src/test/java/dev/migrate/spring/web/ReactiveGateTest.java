package dev.migrate.spring.web;

class ReactiveGateTest extends ReactiveGateContract {

    @Override
    GatedApplication start() {
        return start(false);
    }
}
